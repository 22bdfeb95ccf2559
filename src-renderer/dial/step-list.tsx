import { useQuery } from '@tanstack/react-query';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { isWrappedUp } from '../app/my-calls.ts';
import { callQuery, repQuery } from '../app/queries.ts';
import { exactTime, lengthWords, timeWithSeconds } from '../ui/format.ts';
import { t } from '../words/words.ts';
import { type MyStep, mySteps } from './my-steps.ts';
import { type Step, stepsOf } from './steps.ts';

/** Where a call is on its way. */
export function StepList({ call }: { readonly call: CallView }) {
  const { data } = useQuery(callQuery(call.id));
  const { data: rep } = useQuery(repQuery);
  const events = data?.events.map(({ event }) => event) ?? [];
  const mine = call.flow?.kind === 'rings-me' && !call.ringMeFirst;
  return (
    <ol className="steps" data-steps={mine ? 5 : 4} aria-label={t('dial.steps')}>
      {mine
        ? mySteps(call, events, isWrappedUp(call, rep)).map((step) => (
            <Item key={step.id} step={step} name={t(`live.step.${step.id}`)} detail={myDetail(step)} />
          ))
        : stepsOf(call.status, call.endedAt, events).map((step) => (
            <Item
              key={step.id}
              step={step}
              name={t(`dial.step.${step.id}`)}
              detail={step.at === null ? '' : timeWithSeconds(step.at)}
            />
          ))}
    </ol>
  );
}

/** How long it took; while the rep's phone rings, that it does. */
function myDetail({ at, id, seconds, state }: MyStep): string {
  if (id === 'line' && state === 'now') return t('live.phoneRings');
  if (seconds !== null) return lengthWords(seconds);
  return at === null ? '' : timeWithSeconds(at);
}

function Item({
  step: { at, state },
  name,
  detail,
}: {
  readonly step: Pick<Step, 'at' | 'state'>;
  readonly name: string;
  readonly detail: string;
}) {
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="step-name">{name}</span>
      <span className="second" title={at === null ? undefined : exactTime(at)}>
        {detail}
      </span>
    </li>
  );
}
