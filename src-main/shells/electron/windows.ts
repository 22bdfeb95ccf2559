import { app } from 'electron';
import type { Windows } from '../../ports.ts';
import type { CardWindow } from './card-window.ts';
import type { MainWindow } from './main-window.ts';
import type { StripWindow } from './strip-window.ts';

/** The windows as the core reaches them. */
export function createWindows(windows: {
  readonly main: MainWindow;
  readonly card: CardWindow;
  readonly strip: StripWindow;
}): Windows {
  const { main, card, strip } = windows;
  return {
    showMain: () => main.show(),
    showCard: () => card.show(),
    hideCard: () => card.hide(),
    showStrip: (shown) => strip.show(shown),
    quit: () => app.quit(),
  };
}
