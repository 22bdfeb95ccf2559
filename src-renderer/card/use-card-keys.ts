import { type RefObject, useEffect, useRef } from 'react';
import { assertNever } from '../../src-shared/errors.ts';
import { type CardKey, type CardState, cardDeed } from './card-keys.ts';

export interface CardDeeds {
  readonly call: () => void;
  readonly close: () => void;
  readonly number: (index: number) => void;
  readonly flow: (digit: number) => void;
}

/**
 * Lets the card's keys act while it is shown. It counts from when it appeared, or from when its window got the focus,
 * how long it could be seen.
 */
export function useCardKeys(
  card: RefObject<HTMLElement | null>,
  state: Omit<CardState, 'seenMs'>,
  deeds: CardDeeds,
): void {
  const latest = useRef({ state, deeds });
  useEffect(() => {
    latest.current = { state, deeds };
  });
  useEffect(() => {
    let seenAt = performance.now();
    const onFocus = () => {
      seenAt = performance.now();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { state: now, deeds: todo } = latest.current;
      const deed = cardDeed(pressOf(event, card.current), { ...now, seenMs: performance.now() - seenAt });
      if (deed === null) return;
      event.preventDefault();
      event.stopPropagation();
      switch (deed.type) {
        case 'call':
          return todo.call();
        case 'close':
          return todo.close();
        case 'number':
          return todo.number(deed.index);
        case 'flow':
          return todo.flow(deed.digit);
        case 'swallow':
          return undefined;
        default:
          return assertNever(deed);
      }
    };
    window.addEventListener('focus', onFocus);
    // Before any control of the card, so that a held Enter presses none.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('focus', onFocus);
      document.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [card]);
}

function pressOf(event: KeyboardEvent, card: HTMLElement | null): CardKey {
  return {
    key: event.key,
    code: event.code,
    repeat: event.repeat,
    composing: event.isComposing,
    alt: event.altKey,
    other: event.ctrlKey || event.metaKey,
    focus: focusOf(event.target, card),
  };
}

/** The button that calls and the choice of a number are the card itself: Enter calls there. */
function focusOf(target: EventTarget | null, card: HTMLElement | null): CardKey['focus'] {
  if (!(target instanceof HTMLElement) || card === null || !card.contains(target)) return 'card';
  if (target.closest('[data-calls]') !== null) return 'card';
  if (target instanceof HTMLInputElement && target.type !== 'radio') return 'text';
  return target.closest('button, a') === null ? 'card' : 'control';
}
