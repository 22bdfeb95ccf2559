import type { DoorsView } from '../../src-shared/contract/flows.ts';
import type { Door, Flow } from '../../src-shared/flow.ts';

/** A box of Exotel's flow builder that takes a URL of ours (exotel-flows.md 6). */
export type FlowBox = keyof NonNullable<DoorsView['urls']>;

/** The boxes of this flow that ask or tell this computer, in the order of the call. */
export function boxesOf(flow: Pick<Flow, 'kind' | 'asks'>): readonly FlowBox[] {
  const { kind, asks } = flow;
  const joins = kind !== 'automated';
  return [
    ...(asks.greeting ? (['greeting'] as const) : []),
    ...(asksWhom(flow) ? (['connect'] as const) : []),
    ...(joins && asks.legEvents ? (['leg'] as const) : []),
    ...(asks.passthru ? (joins ? (['talked', 'missed', 'nodial'] as const) : (['plain'] as const)) : []),
  ];
}

/** Whether its Connect applet asks us whom to ring: Exotel itself knows the team. */
export function asksWhom({ kind, asks }: Pick<Flow, 'kind' | 'asks'>): boolean {
  return kind === 'rings-me' && asks.connect;
}

/** The secret that a box's path holds. */
export function doorOf(box: FlowBox): Door {
  return box === 'connect' || box === 'leg' || box === 'greeting' ? box : 'passthru';
}
