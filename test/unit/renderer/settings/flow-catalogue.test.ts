import { describe, expect, it } from 'vitest';
import {
  addFlow,
  changeFlow,
  duplicateFlow,
  freeKeys,
  moveFlow,
  removeFlow,
  restoreFlow,
} from '../../../../src-renderer/settings/flow-catalogue.ts';
import { type Flow, flowSchema, flowsSchema } from '../../../../src-shared/flow.ts';

const flow = (id: string, part: Partial<Flow> = {}) => flowSchema.parse({ id, name: id, ...part });
const three = [flow('a', { key: 1 }), flow('b', { key: 2, colour: 'blue' }), flow('c')];
const ids = (flows: readonly Flow[]) => flows.map(({ id }) => id);
const fits = (flows: readonly Flow[]) => flowsSchema.safeParse(flows).success;

describe('the catalogue of flows', () => {
  it('takes a new flow at the end, with a colour and a key that no other has', () => {
    const added = addFlow(three, 'd', 'Payment');
    expect(added.at(-1)).toMatchObject({ id: 'd', name: 'Payment', key: 3, colour: 'violet' });
    expect(fits(added)).toBe(true);
  });

  it('gives a tenth flow no key, for there are nine digits', () => {
    const nine = Array.from({ length: 9 }, (_, index) => flow(String(index), { key: index + 1 }));
    expect(addFlow(nine, 'x', 'Tenth').at(-1)?.key).toBeNull();
  });

  it('copies a flow right after it, with all it is but its id, name and key', () => {
    const copied = duplicateFlow(three, 'b', 'b2', 'b copy');
    expect(ids(copied)).toEqual(['a', 'b', 'b2', 'c']);
    expect(copied[2]).toEqual({ ...three[1], id: 'b2', name: 'b copy', key: 3 });
    expect(fits(copied)).toBe(true);
  });

  it('keeps a copy’s name as short as a name may be', () => {
    expect(fits(duplicateFlow(three, 'a', 'x', 'long '.repeat(30)))).toBe(true);
  });

  it('brings a removed flow back to its place with its key', () => {
    const [a] = three;
    expect(a && restoreFlow(removeFlow(three, 'a'), a, 0)).toEqual(three);
  });

  it('brings it back without its key where another took it, and never twice', () => {
    const [a] = three;
    if (a === undefined) throw new Error('There is one.');
    const taken = changeFlow(removeFlow(three, 'a'), 'c', { key: 1 });
    const back = restoreFlow(taken, a, 0);
    expect(back[0]?.key).toBeNull();
    expect(fits(back)).toBe(true);
    expect(ids(restoreFlow(three, a, 0))).toEqual(['a', 'b', 'c']);
  });

  it('moves a flow by one, and not beyond the ends', () => {
    expect(ids(moveFlow(three, 'c', -1))).toEqual(['a', 'c', 'b']);
    expect(ids(moveFlow(three, 'a', 1))).toEqual(['b', 'a', 'c']);
    expect(ids(moveFlow(three, 'a', -1))).toEqual(['a', 'b', 'c']);
    expect(ids(moveFlow(three, 'c', 1))).toEqual(['a', 'b', 'c']);
    expect(ids(moveFlow(three, 'gone', 1))).toEqual(['a', 'b', 'c']);
  });

  it('moves a key over from the flow that had it', () => {
    const changed = changeFlow(three, 'c', { key: 1 });
    expect(changed.map(({ key }) => key)).toEqual([null, 2, 1]);
    expect(fits(changed)).toBe(true);
    expect(changeFlow(three, 'c', { key: null }).map(({ key }) => key)).toEqual([1, 2, null]);
  });

  it('knows the digits that are left', () => {
    expect(freeKeys(three)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });
});
