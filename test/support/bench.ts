/** One way of doing a thing. */
export interface Subject {
  readonly label: string;
  /** Does it once; how long it took, ms. */
  run(): Promise<number>;
}

/** A figure: what Flowdial does, against the least that anybody would have to do for it. */
export interface Bench {
  readonly name: string;
  readonly baseline: Subject;
  readonly subject: Subject;
  /** How often each is done in a round, of which the median counts. */
  readonly runsPerRound: number;
  close(): Promise<void>;
}

/** A figure that is no race of two subjects: it measures itself, once. */
export interface Report {
  readonly name: string;
  /** The row of the table. */
  measure(): Promise<Record<'baseline' | 'Flowdial' | 'ratio', string>>;
  close(): Promise<void>;
}

/** What a file `test/bench/NAME.bench.ts` exports as its default: makes all that is needed ready. */
export type OpenBench = () => Promise<Bench>;
export type OpenReport = () => Promise<Report>;
