import { type Flow, flowColours, flowSchema } from '../../src-shared/flow.ts';

/** The catalogue after a change. Pure: what a person does to the list of flows. */

type Flows = readonly Flow[];

/** As many as the schema takes. */
export const mostFlows = 30;

/** A new flow at the end, with a colour and a key of its own while there are some left. */
export function addFlow(flows: Flows, id: string, name: string): Flow[] {
  const used = new Set(flows.map(({ colour }) => colour));
  const colour = flowColours.find((candidate) => !used.has(candidate)) ?? 'grey';
  return [...flows, flowSchema.parse({ id, name, colour, key: freeKeys(flows)[0] ?? null })];
}

/** A copy right after its original. A key belongs to one flow only. */
export function duplicateFlow(flows: Flows, of: string, id: string, name: string): Flow[] {
  return flows.flatMap((flow) =>
    flow.id === of
      ? [flow, { ...flow, id, name: name.slice(0, 60), key: freeKeys(flows)[0] ?? null }]
      : [flow],
  );
}

export function removeFlow(flows: Flows, id: string): Flow[] {
  return flows.filter((flow) => flow.id !== id);
}

/** Brings a removed flow back to its place; its key only where no other took it meanwhile. */
export function restoreFlow(flows: Flows, flow: Flow, index: number): Flow[] {
  if (flows.some(({ id }) => id === flow.id)) return [...flows];
  const key = flow.key !== null && freeKeys(flows).includes(flow.key) ? flow.key : null;
  return flows.toSpliced(index, 0, { ...flow, key });
}

/** One place up (-1) or down (1); at the end of the list nothing changes. */
export function moveFlow(flows: Flows, id: string, by: -1 | 1): Flow[] {
  const from = flows.findIndex((flow) => flow.id === id);
  const flow = flows[from];
  const to = from + by;
  if (flow === undefined || to < 0 || to >= flows.length) return [...flows];
  return flows.toSpliced(from, 1).toSpliced(to, 0, flow);
}

/** A part of one flow. A key that another flow has moves over to this one: each digit chooses one flow. */
export function changeFlow(flows: Flows, id: string, part: Partial<Flow>): Flow[] {
  return flows.map((flow) => {
    if (flow.id === id) return { ...flow, ...part };
    return part.key !== undefined && part.key !== null && flow.key === part.key
      ? { ...flow, key: null }
      : flow;
  });
}

/** The digits that no flow has. */
export function freeKeys(flows: Flows): readonly number[] {
  const used = new Set(flows.map(({ key }) => key));
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((key) => !used.has(key));
}

/** What a flow still lacks before it can be dialled: where it is. */
export function hasAddress(flow: Pick<Flow, 'appId' | 'url'>): boolean {
  return flow.appId !== '' || flow.url !== '';
}
