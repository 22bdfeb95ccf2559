import { newCallId } from '../../src-shared/call-id.ts';
import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import type { Clock, Log, ReadClipboard, SelectionReader, Windows } from '../ports.ts';
import { type DialCard, dialCardOfSelection, dialCardOfText } from './dial-card.ts';
import { linkGate, noLinkYet } from './link-gate.ts';
import { parseLink } from './links.ts';
import { guardPress, noPressYet } from './press-guard.ts';

/** The one dial card: what a press, a link or a paste puts on it. It never dials. */
export interface CardDesk {
  current(): DialCardView | null;
  /** The hotkey was pressed. */
  pressed(): Promise<void>;
  openText(text: string): DialCardView;
  /** Null: the same link, or one of many, that fills nothing. */
  openLink(link: string): DialCardView | null;
  /** Null: there is no clipboard. */
  openClipboard(): Promise<DialCardView | null>;
  close(id: string): void;
}

export function createCardDesk(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly selection: SelectionReader;
  readonly readClipboard: ReadClipboard;
  readonly windows: Pick<Windows, 'showCard' | 'hideCard'>;
  /** A number that was highlighted just now is called without another key. */
  readonly mayCallAtOnce: () => boolean;
  readonly changed: (card: DialCardView | null) => void;
}): CardDesk {
  const { clock, windows } = parts;
  let card: DialCardView | null = null;
  let gate = noLinkYet;
  let presses = noPressYet;
  let reading = false;

  function show(next: Pick<DialCardView, 'source' | 'found'> & Partial<DialCardView>): DialCardView {
    card = { id: newCallId(), flow: null, callAtOnce: false, heldBack: 0, ...next };
    parts.changed(card);
    windows.showCard();
    return card;
  }

  return {
    current: () => card,

    async pressed() {
      const guarded = guardPress(presses, clock.monotonic(), card !== null || reading);
      presses = guarded.state;
      if (!guarded.counts) {
        // A second press brings the card back to the front, and reads nothing anew.
        if (card !== null) windows.showCard();
        return;
      }
      reading = true;
      try {
        const read = found(dialCardOfSelection(await parts.selection.read()));
        const only = read.kind === 'numbers' && read.more === 0 ? read.numbers : [];
        const isOne = only.length === 1 && only[0]?.callable === true && only[0].extension === null;
        show({ source: 'hotkey', found: read, callAtOnce: isOne && parts.mayCallAtOnce() });
      } finally {
        reading = false;
      }
    },

    openText: (text) => show({ source: 'page', found: found(dialCardOfText(text)) }),

    openLink(link) {
      const { state, answer } = linkGate(gate, link, clock.monotonic());
      gate = state;
      if (answer === 'held-back') {
        parts.log.warn('links that came at once were held back', { count: gate.heldBack });
        if (card !== null && card.source === 'link') {
          card = { ...card, heldBack: gate.heldBack };
          parts.changed(card);
        }
      }
      if (answer !== 'fill') return null;
      const read = parseLink(link);
      if (read.kind === 'refused') {
        return show({
          source: 'link',
          found: { kind: 'bad-link', problem: read.problem, read: read.shown },
        });
      }
      const numbers = found({ kind: 'numbers', numbers: [read.number], more: 0 });
      return show({ source: 'link', found: numbers, flow: read.flow?.slice(0, 60) ?? null });
    },

    async openClipboard() {
      const text = await parts.readClipboard();
      return text === null ? null : show({ source: 'clipboard', found: found(dialCardOfText(text)) });
    },

    close(id) {
      if (card?.id !== id) return;
      card = null;
      parts.changed(null);
      windows.hideCard();
    },
  };
}

/** As the contract has it. */
function found(card: DialCard): DialCardView['found'] {
  if (card.kind !== 'numbers') return card;
  const numbers = card.numbers.map(({ e164, entered, text, callable, extension }) => ({
    e164,
    entered,
    text,
    callable,
    extension,
  }));
  return { kind: 'numbers', numbers, more: card.more };
}
