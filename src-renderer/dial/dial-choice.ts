import { createStore } from '../app/store.ts';

/** What the rep wants to dial with: a flow (null: what the core would take), or their own phone first. */
export interface DialWith {
  readonly flowId: string | null;
  readonly ringMeFirst: boolean;
}

/** Nothing chosen: the core takes the flow of the last call, else the default. */
export const freely: DialWith = { flowId: null, ringMeFirst: false };

/** The choice for the next call: it holds for one. */
export const dialWith = createStore<DialWith>(freely);

/** A number that is to be called back at once, from wherever that is asked. */
export const askedToCallBack = createStore<string | null>(null);
