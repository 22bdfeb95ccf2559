import { useInfiniteQuery } from '@tanstack/react-query';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import { callListQuery } from '../app/queries.ts';
import { lastWords } from '../dial/last-words.ts';
import { Avatar } from '../ui/parts.tsx';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';
import { EscButton } from './esc-button.tsx';
import { warnedOf } from './verdict-line.ts';

export type CardNumber = Extract<DialCardView['found'], { kind: 'numbers' }>['numbers'][number];

/** Whom the card would call: the contact's name, the number, and when it was called last. */
export function CardWho({
  id,
  number,
  verdict,
  onClose,
}: {
  /** Of the heading. */
  readonly id: string;
  readonly number: CardNumber;
  /** Undefined while the core is asked. */
  readonly verdict: Verdict | undefined;
  readonly onClose: () => void;
}) {
  const contact = verdict?.contact ?? null;
  const name = contact?.name || contact?.company || '';
  const last = useLast(number.e164, contact?.note ?? '', verdict?.warnings ?? []);
  const company = contact !== null && contact.company !== name ? contact.company : '';
  const parts = [name === '' ? '' : number.text, company, last].filter((part) => part !== '');
  return (
    <header className="dc-head">
      <Avatar name={name} large />
      <div className="dc-who">
        <h2 id={id}>{name === '' ? number.text : name}</h2>
        {/* The place is kept: nothing moves once the core has told. */}
        <p>{verdict === undefined ? '\u00a0' : parts.join(' · ') || t('card.unknown')}</p>
      </div>
      <EscButton onClose={onClose} />
    </header>
  );
}

function useLast(e164: string, contactNote: string, warnings: Verdict['warnings']): string {
  const now = useNow();
  const { data } = useInfiniteQuery(callListQuery({ query: e164.slice(1), statuses: [], conversations: [] }));
  const earlier = data?.pages[0]?.calls ?? [];
  const hasNote = contactNote !== '' || earlier.some(({ note }) => note !== '');
  // The warning tells when it was.
  if (!hasNote && warnedOf(warnings) !== null) return '';
  return lastWords(earlier, contactNote, now);
}
