import { createStore, useStore } from './store.ts';

const open = createStore(false);

export const openHelp = () => open.set(true);
export const closeHelp = () => open.set(false);
export const useHelpOpen = () => useStore(open);
