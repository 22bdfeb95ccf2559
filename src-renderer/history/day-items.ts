import type { CallView } from '../../src-shared/contract/calls.ts';
import { dayHeading } from '../ui/format.ts';
import type { GridItem } from '../ui/virtual-grid.tsx';

/** Calls, newest first, with a heading before each day. */
export function dayItems(calls: readonly CallView[], now: number): GridItem<CallView>[] {
  let day = '';
  return calls.flatMap((call): GridItem<CallView>[] => {
    const heading = dayHeading(call.placedAt, now);
    const row = { kind: 'row', key: call.id, value: call } as const;
    if (heading === day) return [row];
    day = heading;
    return [{ kind: 'heading', key: heading, text: heading }, row];
  });
}
