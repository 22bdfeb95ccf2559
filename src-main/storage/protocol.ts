import type { Failure } from './failures.ts';
import type { Restored } from './storage.ts';

/** Named functions that a worker runs. Arguments and results are structured-cloneable. */
export type Operations = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The first message to a worker. */
export interface OpenMessage {
  readonly dataDir: string;
  /** The wall clock, ms UTC: dates what is set aside or copied. */
  readonly now: number;
  /** True where another worker had this database open before and died: it is opened as it lies. */
  readonly again: boolean;
  /** Its one number grows with each message after this one: the worker sleeps until then. */
  readonly bell: Int32Array;
}

/** A worker's answer to it: its database is open, or it cannot be used and the worker ends. */
export type Greeting =
  | { readonly opened: true; readonly restored: Restored | null }
  | { readonly opened: false; readonly failure: Failure };

/** What the core asks of a worker after that: an array of these is one message. */
export interface Request {
  readonly id: number;
  readonly operation: string;
  readonly args: readonly unknown[];
}

/** What became of a request. A worker sends an array of these: all answers of one commit in one message. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

/** The end of requests: the worker closes its database and ends. */
export const closeMessage = 'close';
