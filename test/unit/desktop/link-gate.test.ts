import { expect, it } from 'vitest';
import { linkGate, type LinkGateState, noLinkYet } from '../../../src-main/desktop/link-gate.ts';

/** Links with the times of their arrival, ms, and what becomes of each. */
function arrive(links: readonly (readonly [link: string, at: number])[]) {
  let state: LinkGateState = noLinkYet;
  const answers = links.map(([link, at]) => {
    const passed = linkGate(state, link, at);
    state = passed.state;
    return passed.answer;
  });
  return { answers, state };
}

it('of 50 links that a web page opens, the first fills the card and 49 are counted', () => {
  const { answers, state } = arrive(
    Array.from({ length: 50 }, (_, index) => [`tel:${index}`, 5000 + index * 10]),
  );
  expect(answers[0]).toBe('fill');
  expect(new Set(answers.slice(1))).toEqual(new Set(['held-back']));
  expect(state).toMatchObject({ link: 'tel:0', heldBack: 49 });
});

it('a page that opens them slowly, for minutes, fills the card once', () => {
  const { answers } = arrive(Array.from({ length: 100 }, (_, index) => [`tel:${index}`, index * 1900]));
  expect(answers.filter((answer) => answer === 'fill')).toHaveLength(1);
});

it('once it was quiet for 2 s the next link fills, and counts anew', () => {
  const { answers, state } = arrive([
    ['tel:1', 0],
    ['tel:2', 100],
    ['tel:3', 2099],
    ['tel:4', 4099],
  ]);
  expect(answers).toEqual(['fill', 'held-back', 'held-back', 'fill']);
  expect(state).toMatchObject({ link: 'tel:4', heldBack: 0 });
});

it('the same link twice arrives once, and later again', () => {
  const { answers, state } = arrive([
    ['tel:1', 0],
    ['tel:1', 30],
    ['tel:1', 2030],
  ]);
  expect(answers).toEqual(['fill', 'repeat', 'fill']);
  expect(state.heldBack).toBe(0);
});

it('the very first fills, even when the clock has just begun', () => {
  expect(linkGate(noLinkYet, 'tel:1', 0).answer).toBe('fill');
});
