/** A call as the practice line keeps it. Times are ms UTC. */
export interface PracticeCall {
  readonly sid: string;
  /** Who is rung first, as it was sent: the customer; the rep where two numbers are connected. */
  readonly from: string;
  /** The ExoPhone; the customer where two numbers are connected. */
  readonly to: string;
  readonly exoPhone: string;
  /** Exotel's word. */
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  readonly recordingUrl: string | null;
}

/** So many calls are kept; then the oldest is forgotten. */
const keptCalls = 10_000;

/** The calls that the practice line can be asked for. */
export interface CallBook {
  write(call: PracticeCall): void;
  get(sid: string): PracticeCall | undefined;
  /** Oldest first. */
  all(): PracticeCall[];
}

export function createCallBook(): CallBook {
  const calls = new Map<string, PracticeCall>();
  return {
    write(call) {
      calls.set(call.sid, call);
      dropOldest(calls, keptCalls);
    },
    get: (sid) => calls.get(sid),
    all: () => [...calls.values()],
  };
}

/** Keeps a map or set from growing without end. */
export function dropOldest(kept: Map<string, unknown> | Set<string>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
