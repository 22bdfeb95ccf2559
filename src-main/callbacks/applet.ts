/** The secret of each door's path, 32 hex digits. It is pasted once into a flow's applets. */
export interface DoorSecrets {
  readonly connect: string;
  readonly leg: string;
  readonly passthru: string;
  readonly greeting: string;
}

/** How a flow's branch ended, named in Passthru's path; `plain`: the path names none. */
export type PassthruBranch = 'talked' | 'missed' | 'nodial' | 'plain';

/** One leg that an applet tells of. Legs are told apart by number, never by position. */
export interface AppletLeg {
  /** E.164. */
  readonly number: string | null;
  readonly status: string | null;
  /** Talk alone, without ringing. */
  readonly onCallSeconds: number | null;
  readonly cause: string | null;
}

/**
 * What an applet of a flow tells with its GET, read and cleaned. null: not told. From and To are not read: their names
 * cross between applets (exotel-flows.md 8), so a call is known by CustomField, then by its Sid.
 */
export interface AppletAsk {
  /** From CustomField `1.<callId>.<token>[ own text]`; null where it has none of that form. The token is not proven yet. */
  readonly call: { readonly callId: string; readonly token: string } | null;
  readonly sid: string | null;
  readonly callStatus: string | null;
  readonly callType: string | null;
  /** E.164. */
  readonly dialWhomNumber: string | null;
  readonly dialCallStatus: string | null;
  /** Of the second leg from its first ring to its end: no talk time. */
  readonly dialCallSeconds: number | null;
  /** What the customer pressed. */
  readonly digits: string | null;
  /** The popup's `Status`: `busy` or `free`; raw. */
  readonly legStatus: string | null;
  /** The popup's event: `Dial`, `Ringing`, `Answered`, `Terminal`; raw. */
  readonly legEvent: string | null;
  /** Talk of the leg that rang DialWhomNumber; of the first leg where none has a number. */
  readonly onCallSeconds: number | null;
  readonly recordingUrl: string | null;
  readonly legs: readonly AppletLeg[];
  /** The query as JSON, at most 64 KiB, no token of ours in it. */
  readonly raw: string;
}

/** Whom Connect is to dial, and how. */
export interface ConnectReply {
  /** E.164, tried in order; none: nobody is dialled. */
  readonly numbers: readonly string[];
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  /** null: as the applet says. */
  readonly record: boolean | null;
  readonly recordingChannels: 'single' | 'dual' | null;
  /** Said to the rep before the two are put together. */
  readonly whisper: string | null;
  /** The ExoPhone that the rep sees, E.164; null: the first leg's. */
  readonly callerId: string | null;
}

/** `peek`: the request is a HEAD, gets what a GET would get, and must have no effect. */
export interface DoorRequest {
  readonly peek: boolean;
}

/** Who stands behind the doors: decides what the applets of a flow are answered. */
export interface DoorOwner {
  doorSecrets(): DoorSecrets;
  /** From memory: the customer waits on the line. Where it throws, nobody is dialled. */
  onConnect(ask: AppletAsk, request: DoorRequest): ConnectReply;
  /** The text to speak. Where it throws, nothing is spoken. */
  onGreeting(ask: AppletAsk, request: DoorRequest): string;
  /** A GET of the popup's URL or of `dial_passthru_event_url`. It is answered at once, whatever becomes of it here. */
  onLeg(ask: AppletAsk): Promise<void> | void;
  /** A GET; it is answered at once, whatever becomes of it here. */
  onPassthru(branch: PassthruBranch, ask: AppletAsk): Promise<void> | void;
}
