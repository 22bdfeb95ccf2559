import type { Coming } from './first-of.ts';
import type { OccupiedPhone, PracticePhone } from './practice-line.ts';

/** What a phone shows of the call that rings it. */
export type Shown = Omit<OccupiedPhone, 'state' | 'since'>;

/** A phone on the second leg of a call. */
export interface Telephone {
  /** Rings until it is called off. `busy`: declined, or already in another call. */
  ring(shown: Shown): Coming<'answered' | 'busy'>;
  /** Whoever answered this call puts the phone down. */
  hungUp(sid: string): Coming<'hung-up'>;
  /** The call ended from the other side. */
  free(sid: string): void;
}

/** The phone in the window, with its keys. One call at a time: a second one finds it busy. */
export interface PracticePhoneSet extends Telephone {
  state(): PracticePhone;
  answer(): boolean;
  decline(): boolean;
  hangUp(): boolean;
}

export function createPracticePhone(parts: {
  readonly now: () => number;
  readonly changed: (phone: PracticePhone) => void;
}): PracticePhoneSet {
  let state: PracticePhone = { state: 'idle' };
  let picked: ((how: 'answered' | 'busy') => void) | null = null;
  let putDown: ((how: 'hung-up') => void) | null = null;

  function become(next: PracticePhone): void {
    state = next;
    parts.changed(next);
  }

  function free(sid: string): void {
    if (state.state !== 'idle' && state.sid === sid) become({ state: 'idle' });
  }

  return {
    state: () => state,
    ring: (shown) => (happen) => {
      if (state.state !== 'idle') {
        happen('busy');
        return () => {};
      }
      picked = happen;
      become({ ...shown, state: 'ringing', since: parts.now() });
      return () => {
        picked = null;
        if (state.state === 'ringing') free(shown.sid);
      };
    },
    hungUp: (sid) => (happen) => {
      if (state.state !== 'talking' || state.sid !== sid) {
        happen('hung-up');
        return () => {};
      }
      putDown = happen;
      return () => {
        putDown = null;
      };
    },
    free,
    answer() {
      if (state.state !== 'ringing') return false;
      become({ ...state, state: 'talking', since: parts.now() });
      picked?.('answered');
      return true;
    },
    decline() {
      if (state.state !== 'ringing') return false;
      become({ state: 'idle' });
      picked?.('busy');
      return true;
    },
    hangUp() {
      if (state.state !== 'talking') return false;
      become({ state: 'idle' });
      putDown?.('hung-up');
      return true;
    },
  };
}
