import { IconAlertTriangle, IconBan, IconFlag, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Trans } from 'react-i18next';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { Flow } from '../../src-shared/flow.ts';
import type { RepView } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { missingText } from '../app/account-missing.ts';
import { t } from '../words/words.ts';
import { blockWords } from './block-words.ts';
import { Blocked } from './blocked.tsx';
import type { DialWith } from './dial-choice.ts';
import { mayBeNumber } from './dial-text.ts';
import { Say } from './say.tsx';
import { sentenceKeys } from './sentence-keys.ts';
import { shortPhone } from '../ui/format.ts';
import { recordedBy, warningWords } from './warning-words.ts';

/** What the box means right now. */
export interface Aim {
  /** The typed text, trimmed. */
  readonly text: string;
  /** The number that a press of Call would ring; null: none yet. */
  readonly number: string | null;
  /** Contacts that the text may mean. */
  readonly suggestions: number;
  /** Undefined while the core is asked. */
  readonly verdict: Verdict | undefined;
}

/** What it would be dialled with, and from where. */
export interface Means {
  readonly line: Settings['line'];
  readonly with: DialWith;
  readonly flows: readonly Flow[];
  readonly rep: RepView | undefined;
  /** Takes another way to dial, and leads back to where Enter calls. */
  readonly choose: (how: DialWith) => void;
  readonly toBox: () => void;
}

/** Whether a press of Call can lead to a call, as far as is known. */
export function canCall({ number, verdict }: Aim): boolean {
  if (number === null) return false;
  if (verdict === undefined) return true;
  return (
    verdict.number.e164 !== null &&
    verdict.doNotCall === null &&
    verdict.missing.length === 0 &&
    verdict.blocks.length === 0
  );
}

/** One sentence that says exactly what a press of Call will do, and below it what speaks against it. */
export function Sentence({ aim, means }: { readonly aim: Aim; readonly means: Means }) {
  const { text, number, verdict } = aim;
  if (text === '' && number === null) return <Idle means={means} />;
  if (number === null) {
    if (aim.suggestions > 0) return <Say>{t('dial.sentence.choose')}</Say>;
    return <Say>{t(mayBeNumber(text) ? 'dial.sentence.short' : 'dial.sentence.nobody')}</Say>;
  }
  // Blank for the moment it takes to ask; the place is kept.
  if (verdict === undefined) return <Say>{'\u00a0'}</Say>;
  if (verdict.number.e164 === null) return <Say>{t('dial.sentence.notDialable')}</Say>;
  if (verdict.doNotCall !== null) {
    return (
      <Say Sign={IconBan} tone="bad">
        <strong>{t('dial.doNotCall', { why: verdict.doNotCall.why })}</strong> {recordedBy(verdict.doNotCall)}
      </Say>
    );
  }
  if (verdict.missing.length > 0) {
    return (
      <Say Sign={IconInfoCircle}>
        {t('dial.missing', { names: missingText(verdict.missing) })}{' '}
        <Link to="/settings/$page" params={{ page: settingsPageFor(verdict.missing) }}>
          {t('dial.fillIn')}
        </Link>
      </Say>
    );
  }
  if (verdict.blocks.length > 0) {
    return (
      <Blocked
        verdict={verdict}
        who={nameOf(verdict)}
        flows={means.flows}
        ringMeFirst={means.with.ringMeFirst}
        choose={means.choose}
        toBox={means.toBox}
      />
    );
  }
  return (
    <>
      <Say Sign={IconFlag}>
        <Rings verdict={verdict} means={means} />
      </Say>
      {verdict.warnings.map((warning) => (
        <Say key={warning.code} Sign={IconAlertTriangle} tone="wait">
          {warningWords(warning)}
        </Say>
      ))}
    </>
  );
}

/** Nothing typed: whether the flow chosen could be dialled at all. */
function Idle({ means: { flows, rep, with: chosen } }: { readonly means: Means }) {
  const flow = flows.find(({ id }) => id === chosen.flowId) ?? flows[0];
  const blocks = rep?.blocks ?? [];
  if (chosen.ringMeFirst || flow?.kind !== 'rings-me' || blocks.length === 0) {
    return <Say>{t('dial.sentence.empty')}</Say>;
  }
  const busy = blocks.length === 1 && blocks[0] === 'on-a-call';
  const busyKey = flows.some(({ kind }) => kind === 'automated') ? 'readyMineOther' : 'readyMine';
  return (
    <Say Sign={IconHandStop}>
      <Trans
        i18nKey={`dial.sentence.${busy ? busyKey : 'blockedIdle'}`}
        values={{ flow: flow.name, why: blockWords(blocks) }}
        components={{ b: <strong /> }}
      />
    </Say>
  );
}

/** What a press of Call will do, where nothing speaks against it. */
export function Rings({ verdict, means }: { readonly verdict: Verdict; readonly means: Means }) {
  const values = {
    who: nameOf(verdict),
    // A number is read in one piece.
    from: verdict.callerIdText.replaceAll(' ', '\u00a0'),
    flow: verdict.flow?.name ?? '',
    phone: shortPhone(verdict.repPhoneText).replaceAll(' ', '\u00a0'),
  };
  const keys = sentenceKeys({
    practice: means.line === 'practice',
    from: verdict.callerIdText !== '',
    ringMeFirst: means.with.ringMeFirst,
    kind: verdict.flow?.kind ?? null,
  });
  return (
    <>
      {keys.map((key, index) => (
        <span key={key}>
          {index > 0 && ' '}
          <Trans i18nKey={`dial.sentence.${key}`} values={values} components={{ b: <strong /> }} />
        </span>
      ))}
      {verdict.flowBy === 'last' && !means.with.ringMeFirst && (
        <span className="quiet"> {t('dial.sentence.last')}</span>
      )}
    </>
  );
}

/** Who it is: the contact's name or company, else the number. */
export function nameOf({ contact, numberText }: Verdict): string {
  return contact?.name || contact?.company || numberText;
}

function settingsPageFor(missing: Verdict['missing']): string {
  return missing.every((name) => name === 'flow' || name === 'callerId') ? 'flows' : 'account';
}
