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
  /** The phone that rings in the window. */
  phone(): PracticePhone;
  /** Each is false where there is nothing to answer, to decline or to hang up. */
  answer(): boolean;
  decline(): boolean;
  hangUp(): boolean;
  /** From the next answer of Connect on. */
  setStrictness(strictness: Strictness): void;
  close(): Promise<void>;
}

/**
 * What becomes of a call whose Connect gets an answer that Exotel would not take: *We didn't dial anyone*, or the call is
 * dropped. Both were seen (exotel-flows.md 3).
 */
export type Strictness = 'nodial' | 'drop';

/** A flow as the dashboard would hold it. */
export interface PracticeFlow {
  readonly kind: 'rings-me' | 'rings-team' | 'automated';
  /** Which of its applets ask a URL of ours. */
  readonly asks: {
    readonly greeting: boolean;
    readonly connect: boolean;
    readonly legEvents: boolean;
    readonly passthru: boolean;
  };
}

/** The URLs that are pasted into a flow, whole; the branches of Passthru add their name to its path. */
export interface PastedUrls {
  readonly connect: string;
  readonly leg: string;
  readonly passthru: string;
  readonly greeting: string;
}

/** The practice phone, and the call that occupies it. */
export type PracticePhone = { readonly state: 'idle' } | OccupiedPhone;

export interface OccupiedPhone {
  readonly state: 'ringing' | 'talking';
  readonly sid: string;
  /** As it came with the call; null: none. */
  readonly customField: string | null;
  /** The number that rings, E.164. */
  readonly number: string;
  /** The caller id that it shows. */
  readonly from: string;
  /** Since when it rings or talks, ms UTC. */
  readonly since: number;
  /** What is spoken to the rep before they are connected; null: nothing. */
  readonly whisper: string | null;
}

/** An answer of ours that Exotel would not take. It tells nobody; the practice line does. */
export interface AppletFault {
  readonly sid: string;
  readonly applet: 'greeting' | 'connect';
  /** In words for a log: which rule the answer broke. Nothing of the request's secrets is in it. */
  readonly problem: string;
}

export interface PracticeLineOptions {
  readonly clock: Clock;
  /** How long a practice customer's phone rings, and how long the flow then talks. ms. */
  readonly ringMs?: number;
  readonly talkMs?: number;
  /** The flow of an app id; null: Exotel knows none, and refuses the call. Left out: every app is an automated flow that asks nothing. */
  flowOf?(appId: string): PracticeFlow | null;
  /** What is pasted into the flows now. Left out: nothing. */
  doors?(): PastedUrls;
  /** After every change of the practice phone. */
  phoneChanged?(phone: PracticePhone): void;
  answerRefused?(fault: AppletFault): void;
}
