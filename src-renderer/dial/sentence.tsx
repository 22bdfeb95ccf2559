import { type Icon, IconAlertTriangle, IconBan, IconFlag, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Trans } from 'react-i18next';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { missingText } from '../app/account-missing.ts';
import { t } from '../words/words.ts';
import { mayBeNumber } from './dial-text.ts';
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

/** Whether a press of Call can lead to a call, as far as is known. */
export function canCall({ number, verdict }: Aim): boolean {
  if (number === null) return false;
  if (verdict === undefined) return true;
  return verdict.number.e164 !== null && verdict.doNotCall === null && verdict.missing.length === 0;
}

/** One sentence that says exactly what a press of Call will do, and below it what speaks against it. */
export function Sentence({ aim, line }: { readonly aim: Aim; readonly line: Settings['line'] }) {
  const { text, number, verdict } = aim;
  if (text === '' && number === null) return <Say>{t('dial.sentence.empty')}</Say>;
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
  return (
    <>
      <Say Sign={IconFlag}>
        <Rings verdict={verdict} line={line} />
      </Say>
      {verdict.warnings.map((warning) => (
        <Say key={warning.code} Sign={IconAlertTriangle} tone="wait">
          {warningWords(warning)}
        </Say>
      ))}
    </>
  );
}

function Rings({ verdict, line }: { readonly verdict: Verdict; readonly line: Settings['line'] }) {
  const { contact } = verdict;
  const name = contact === null ? '' : contact.name || contact.company;
  const who = name === '' ? verdict.numberText : name;
  const from = verdict.callerIdText;
  const key =
    line === 'practice'
      ? 'dial.sentence.practice'
      : from === ''
        ? 'dial.sentence.accountNoFrom'
        : 'dial.sentence.account';
  return <Trans i18nKey={key} values={{ who, from }} components={{ b: <strong /> }} />;
}

function settingsPageFor(missing: Verdict['missing']): string {
  return missing.every((name) => name === 'flow' || name === 'callerId') ? 'flow' : 'account';
}

function Say({
  Sign = IconInfoCircle,
  tone,
  children,
}: {
  readonly Sign?: Icon;
  readonly tone?: 'bad' | 'wait';
  readonly children: ReactNode;
}) {
  return (
    <p className="sentence" data-tone={tone}>
      <Sign size={17} stroke={1.75} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
