import {
  type Icon,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
} from '@tabler/icons-react';
import type { Flow } from '../../src-shared/flow.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { timeWithSeconds } from '../ui/format.ts';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import type { CheckResult, Tick } from './flow-check.ts';

const signs: Record<Tick['state'], Icon> = {
  done: IconCircleCheckFilled,
  waiting: IconCircleDashed,
  missed: IconCircleXFilled,
  'not-reached': IconCircle,
};

/** What reached this computer so far, and, once it is over, what to mend. */
export function CheckTicks({ flow, result }: { readonly flow: Flow; readonly result: CheckResult }) {
  return (
    <>
      <div role="status">
        <Outcome result={result} />
      </div>
      <ol className="check-ticks">
        {result.ticks.map((tick) => {
          const Sign = signs[tick.state];
          return (
            <li key={tick.step} data-state={tick.state}>
              <Sign size={20} stroke={1.75} aria-hidden />
              <div>
                <p className="check-step">{t(`settings.check.step.${tick.step}`)}</p>
                {detailsOf(tick, flow).map((line) => (
                  <p key={line} className="second">
                    {line}
                  </p>
                ))}
              </div>
              <span className="second">
                {tick.at === null ? t(`settings.check.state.${tick.state}`) : timeWithSeconds(tick.at)}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Outcome({ result: { outcome } }: { readonly result: CheckResult }) {
  switch (outcome) {
    case 'running':
      return <p>{t('settings.check.running')}</p>;
    case 'passed':
      return <Callout tone="ok" title={t('settings.check.passed')} />;
    case 'mend':
      return <Callout tone="bad" title={t('settings.check.mend')} />;
    case 'no-pick-up':
      return (
        <Callout tone="quiet" title={t('settings.check.noPickUp')}>
          <p>{t('settings.check.noPickUpText')}</p>
        </Callout>
      );
    case 'not-called':
      return <Callout tone="bad" title={t('settings.check.notCalled')} />;
    default:
      return assertNever(outcome);
  }
}

function detailsOf({ step, state, box, branch, refused }: Tick, flow: Flow): readonly string[] {
  const plainPath = branch === 'plain' && flow.kind !== 'automated';
  return [
    branch === null ? '' : plainPath ? t('settings.check.plainPath') : t(`settings.check.branch.${branch}`),
    refused === null
      ? ''
      : t('settings.check.nobody', { why: t(`settings.health.refusal.${refused}.what`).toLowerCase() }),
    box === null ? '' : t('settings.check.mendBox', { box: t(`settings.setup.box.${box}`) }),
    step === 'status-callback' && state === 'missed' ? t('settings.check.mendAddress') : '',
  ].filter((line) => line !== '');
}
