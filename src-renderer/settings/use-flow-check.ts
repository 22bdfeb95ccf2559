import { safe } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { newCallId } from '../../src-shared/call-id.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import type { Flow } from '../../src-shared/flow.ts';
import { api, queryClient } from '../app/api.ts';
import { takeCall } from '../app/live-updates.ts';
import { callQuery } from '../app/queries.ts';
import { declinedProblem, lostProblem, type PlaceProblem } from '../dial/place-problem.ts';
import { checkFlow, type CheckResult } from './flow-check.ts';

/** What trails after the end: an asynchronous Passthru, the StatusCallback. */
const trailMs = 6000;

export interface FlowCheck {
  /** Null: not begun. */
  readonly result: CheckResult | null;
  readonly problem: PlaceProblem | null;
  /** The core asks whether to call in spite of these. */
  readonly warnings: readonly Warning[];
  readonly start: (number: string, accept?: readonly Warning['code'][]) => void;
}

/** Places one call with the flow and follows what reaches this computer of it. */
export function useFlowCheck(flow: Flow): FlowCheck {
  const [callId, setCallId] = useState<string | null>(null);
  const [problem, setProblem] = useState<PlaceProblem | null>(null);
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const { data } = useQuery({ ...callQuery(callId ?? ''), enabled: callId !== null });
  const over = useTrailed(data?.call.endedAt ?? null);

  const start = async (number: string, accept: readonly Warning['code'][]) => {
    setProblem(null);
    setWarnings([]);
    setCallId(null);
    const {
      error,
      data: call,
      isDefined,
    } = await safe(
      api.calls.place({
        id: newCallId(),
        number,
        actedAt: Date.now(),
        accept: [...accept],
        flowId: flow.id,
      }),
    );
    if (call !== undefined) {
      takeCall(queryClient, call);
      setCallId(call.id);
    } else if (!isDefined) setProblem(lostProblem());
    else if (error.code === 'NEEDS_CONFIRMATION') setWarnings(error.data.warnings);
    else setProblem(declinedProblem(error));
  };

  return {
    result:
      callId === null || data === undefined
        ? null
        : checkFlow(
            flow,
            data.events.map(({ event }) => event),
            over,
          ),
    problem,
    warnings,
    start: (number, accept = []) => void start(number, accept),
  };
}

/** Whether the call has ended so long ago that nothing more is to be waited for. */
function useTrailed(endedAt: number | null): boolean {
  const [trailedOf, setTrailedOf] = useState<number | null>(null);
  useEffect(() => {
    if (endedAt === null) return;
    const timer = setTimeout(() => setTrailedOf(endedAt), endedAt + trailMs - Date.now());
    return () => clearTimeout(timer);
  }, [endedAt]);
  return endedAt !== null && trailedOf === endedAt;
}
