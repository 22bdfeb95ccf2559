import { type BrowserWindow, screen } from 'electron';
import type { Clock } from '../../ports.ts';
import { type Place, rescued } from './window-place.ts';

/** A window tells of each pixel that it is dragged by, ms. */
const restMs = 500;

/** Where this remembered place lies on the screens there are; null: nothing was remembered. */
export function rescuedPlace(place: Place | null): Place | null {
  if (place === null) return null;
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return rescued(place, [main.workArea, ...others.map(({ workArea }) => workArea)]);
}

/** Tells where the window stands once it has come to rest there. */
export function rememberPlace(window: BrowserWindow, clock: Clock, keep: (place: Place) => void): void {
  let cancel = () => {};
  const moved = () => {
    cancel();
    cancel = clock.after(restMs, () => {
      // What it has when it is not maximised.
      const { x, y, width, height } = window.getNormalBounds();
      keep({ x, y, width, height });
    });
  };
  window.on('move', moved);
  window.on('resize', moved);
  window.on('closed', () => cancel());
}
