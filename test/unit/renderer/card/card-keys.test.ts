import { describe, expect, it } from 'vitest';
import { type CardKey, type CardState, cardDeed } from '../../../../src-renderer/card/card-keys.ts';

const press = (key: string, more: Partial<CardKey> = {}, state: Partial<CardState> = {}) =>
  cardDeed(
    { key, code: '', repeat: false, composing: false, alt: false, other: false, focus: 'card', ...more },
    { numbers: 1, chosen: 0, seenMs: 1000, asking: false, ...state },
  );

describe('Enter on the dial card', () => {
  it('calls', () => {
    expect(press('Enter')).toEqual({ type: 'call' });
  });

  it('does nothing while it is held', () => {
    expect(press('Enter', { repeat: true })).toEqual({ type: 'swallow' });
  });

  it('does nothing in the first 300 ms: it was typed for another window', () => {
    expect(press('Enter', {}, { seenMs: 299 })).toEqual({ type: 'swallow' });
    expect(press('Enter', {}, { seenMs: 300 })).toEqual({ type: 'call' });
  });

  it('presses the control that has the focus, and calls nobody', () => {
    expect(press('Enter', { focus: 'control' })).toBeNull();
    expect(press('Enter', { focus: 'text' })).toBeNull();
  });

  it('never overrides a warning by itself: the form that asks why has keys of its own', () => {
    expect(press('Enter', {}, { asking: true })).toBeNull();
    expect(press('Enter', { repeat: true }, { asking: true })).toEqual({ type: 'swallow' });
  });

  it('belongs to the input method while that composes', () => {
    expect(press('Enter', { composing: true })).toBeNull();
  });

  it('with Ctrl, Cmd or Alt is not the card’s', () => {
    expect(press('Enter', { other: true })).toBeNull();
    expect(press('Enter', { alt: true })).toBeNull();
  });
});

describe('Esc on the dial card', () => {
  it('closes it, also out of a field and while it asks', () => {
    expect(press('Escape')).toEqual({ type: 'close' });
    expect(press('Escape', { focus: 'text' }, { asking: true })).toEqual({ type: 'close' });
    expect(press('Escape', {}, { seenMs: 0 })).toEqual({ type: 'close' });
  });
});

describe('digits on the dial card', () => {
  it('choose the flow where there is one number', () => {
    expect(press('2')).toEqual({ type: 'flow', digit: 2 });
    expect(press('2', { code: 'Digit2', alt: true })).toEqual({ type: 'flow', digit: 2 });
  });

  it('choose among several numbers, and with Alt the flow', () => {
    expect(press('2', {}, { numbers: 3 })).toEqual({ type: 'number', index: 1 });
    expect(press('4', {}, { numbers: 3 })).toEqual({ type: 'swallow' });
    expect(press('™', { code: 'Digit2', alt: true }, { numbers: 3 })).toEqual({ type: 'flow', digit: 2 });
  });

  it('are written where text is written', () => {
    expect(press('2', { focus: 'text' })).toBeNull();
    expect(press('2', {}, { asking: true })).toBeNull();
  });

  it('0 and letters are nobody’s', () => {
    expect(press('0', { code: 'Digit0' })).toBeNull();
    expect(press('a', { code: 'KeyA' })).toBeNull();
  });
});

describe('arrows on the dial card', () => {
  it('go round the numbers', () => {
    expect(press('ArrowDown', {}, { numbers: 3, chosen: 2 })).toEqual({ type: 'number', index: 0 });
    expect(press('ArrowUp', {}, { numbers: 3, chosen: 0 })).toEqual({ type: 'number', index: 2 });
  });

  it('do nothing where there is one', () => {
    expect(press('ArrowDown')).toBeNull();
  });
});
