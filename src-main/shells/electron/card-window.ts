import { screen } from 'electron';
import type { Client } from './client.ts';
import { keepOpen, openPageWindow, type PageParts } from './page-window.ts';
import { placeByPointer } from './window-place.ts';

export interface CardWindow {
  show(): void;
  hide(): void;
}

const size = { width: 440, height: 420 };

/**
 * The dial card's window: made hidden with the program, so that a press shows it at once, above full-screen programs
 * too. It stays until the person is done with it, also where another window takes the focus: a card that vanishes by
 * itself is one that was not read.
 */
export function openCardWindow(parts: PageParts & { readonly client: Client }): CardWindow {
  const window = openPageWindow(
    '#/card',
    {
      ...size,
      title: 'Flowdial: dial card',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      alwaysOnTop: true,
      skipTaskbar: true,
      // A panel takes the keyboard without bringing the whole program to the front.
      ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
    },
    parts,
  );
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  keepOpen(window, parts, () => {
    window.hide();
    closeCard(parts.client).catch((error: unknown) => {
      parts.log.warn('the card was not closed', { error: String(error) });
    });
  });

  return {
    show() {
      // One that is open stays where the person saw it.
      if (!window.isVisible()) {
        const pointer = screen.getCursorScreenPoint();
        window.setBounds(placeByPointer(pointer, size, screen.getDisplayNearestPoint(pointer).workArea));
        window.show();
      }
      window.focus();
    },
    hide: () => window.hide(),
  };
}

/** As Esc does: the core must know, or the next press would bring this card back. */
async function closeCard(client: Client): Promise<void> {
  const { desktop } = await client;
  const cards = await desktop.card();
  const { done, value: card } = await cards.next();
  await cards.return();
  if (done !== true && card !== null) await desktop.closeCard({ id: card.id });
}
