import { createStore } from './store.ts';

/** The call whose match a person is about to refuse: it is asked first, for it cannot be undone. */
export const notMineAsked = createStore<string | null>(null);
