import type { Clock } from '../ports.ts';

/** A local Exotel: the same endpoints over real HTTP, scripted outcomes, nobody is called. */
export interface PracticeLine {
  /** `http://127.0.0.1:PORT`, credentials and names to use with it: made anew at each start. */
  readonly account: {
    readonly origin: string;
    readonly accountSid: string;
    readonly apiKey: string;
    readonly apiToken: string;
  };
  /** The ExoPhone and flow it knows. */
  readonly callerId: string;
  readonly flowUrl: string;
  close(): Promise<void>;
}

export interface PracticeLineOptions {
  readonly clock: Clock;
  /** How long a practice customer's phone rings, and how long the flow then talks. ms. */
  readonly ringMs?: number;
  readonly talkMs?: number;
}
