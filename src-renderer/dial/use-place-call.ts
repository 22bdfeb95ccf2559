import { safe } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import { newCallId } from '../../src-shared/call-id.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import { api, queryClient } from '../app/api.ts';
import { whenCurrent } from '../app/current-calls.ts';
import { takeCall } from '../app/live-updates.ts';
import { t } from '../words/words.ts';
import type { DialWith } from './dial-choice.ts';
import { declinedProblem, lostProblem, type PlaceProblem } from './place-problem.ts';

/** What a person meant by one press: the id makes sure that it is carried out at most once. */
interface Intent {
  readonly id: string;
  readonly number: string;
  /** Name or number, as it is shown. */
  readonly who: string;
  readonly with: DialWith;
  /** What is not asked about, and why. */
  readonly accept: readonly Warning['code'][];
  readonly acceptWhy: string;
}

export interface Confirm {
  /** One for each time that it is asked. */
  readonly id: string;
  /** False once it was answered: its words stay while it goes. */
  readonly open: boolean;
  readonly who: string;
  readonly warnings: readonly Warning[];
}

export interface PlaceCall {
  /**
   * A press of Call. A second press while the first is carried out is the same intent and does nothing. `id` names the
   * intent where it can be pressed in several windows.
   */
  readonly place: (number: string, who: string, how: DialWith, id?: string) => void;
  /** Call a customer back who was missed: that they were called a moment ago is why, and nothing to ask about. */
  readonly callBack: (number: string, who: string, how: DialWith) => void;
  /** The core asks whether to call in spite of these. */
  readonly confirm: Confirm | null;
  /** Why is kept with the call; may be empty. */
  readonly callAnyway: (why: string) => void;
  readonly notNow: () => void;
  readonly problem: PlaceProblem | null;
  readonly forgetProblem: () => void;
}

/**
 * Places calls; `onPlaced` runs, with what was called, once a call is written and about to be sent. `late`: that was learnt
 * only now, and the person may be at something else.
 */
export function usePlaceCall(onPlaced: (number: string, late: boolean) => void): PlaceCall {
  const busy = useRef(false);
  const [asked, setAsked] = useState<(Confirm & { readonly intent: Intent }) | null>(null);
  /** `lost`: its answer did not come, and it may have been carried out. */
  const [failed, setFailed] = useState<{
    readonly problem: PlaceProblem;
    readonly lost: Intent | null;
  } | null>(null);
  const lost = failed?.lost ?? null;

  useEffect(() => {
    if (lost === null) return;
    // Once the program is back, it shows whether it was.
    return whenCurrent(lost.id, () => {
      setFailed(null);
      onPlaced(lost.number, true);
    });
  }, [lost, onPlaced]);

  const answered = () => setAsked((before) => before && { ...before, open: false });

  const carryOut = async (intent: Intent) => {
    if (busy.current) return;
    busy.current = true;
    setFailed(null);
    answered();
    const { id, number, who, with: how, accept, acceptWhy } = intent;
    const { error, data, isDefined } = await safe(
      api.calls.place({ id, number, actedAt: Date.now(), accept: [...accept], acceptWhy, ...how }),
    );
    busy.current = false;
    if (data !== undefined) {
      takeCall(queryClient, data);
      onPlaced(number, false);
    } else if (!isDefined) setFailed({ problem: lostProblem(), lost: intent });
    else if (error.code === 'NEEDS_CONFIRMATION') {
      setAsked({ id: crypto.randomUUID(), intent, open: true, who, warnings: error.data.warnings });
    } else setFailed({ problem: declinedProblem(error), lost: null });
  };

  return {
    place: (number, who, how, id = newCallId()) =>
      void carryOut({ id, number, who, with: how, accept: [], acceptWhy: '' }),
    callBack: (number, who, how) =>
      void carryOut({
        id: newCallId(),
        number,
        who,
        with: how,
        accept: ['called-just-now', 'called-recently'],
        acceptWhy: t('dial.whyCalledBack'),
      }),
    confirm: asked,
    callAnyway: (why) => {
      if (asked === null) return;
      const { intent, warnings } = asked;
      const accept = [...intent.accept, ...warnings.map(({ code }) => code)];
      void carryOut({ ...intent, accept, acceptWhy: why === '' ? intent.acceptWhy : why });
    },
    notNow: answered,
    problem: failed?.problem ?? null,
    forgetProblem: () => setFailed(null),
  };
}
