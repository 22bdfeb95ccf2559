import type { FlowEvent } from '../../src-shared/flow-events.ts';

type What = Extract<FlowEvent, { type: 'leg' }>['what'];

/**
 * What the popup's words mean for the rep's leg: the event (`Dial`, `Ringing`, `Answered`, `Terminal`) first; where
 * Exotel has not enabled it, `Status` is `busy` from the first ring to the end, and `free` after it (exotel-flows.md 5).
 */
export function legWhat(event: string | null, status: string | null): What {
  switch (event?.trim().toLowerCase()) {
    case 'dial':
    case 'dialing':
      return 'dialing';
    case 'ringing':
      return 'ringing';
    case 'answered':
      return 'answered';
    case 'terminal':
      return 'ended';
    default:
  }
  switch (status?.trim().toLowerCase()) {
    case 'busy':
      return 'dialing';
    case 'free':
      return 'ended';
    default:
      return 'other';
  }
}
