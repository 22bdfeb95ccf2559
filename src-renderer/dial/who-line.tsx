import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { callListQuery, contactQuery } from '../app/queries.ts';
import { PracticeMark } from '../ui/call-cells.tsx';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';
import { lastWords } from './last-words.ts';

/** Who it is, at a glance: company or number, the flow, and what was last said. */
export function WhoLine({ call }: { readonly call: CallView }) {
  const { data: contact } = useQuery({
    ...contactQuery(call.contactId ?? ''),
    enabled: call.contactId !== null,
  });
  const company = contact !== undefined && contact.company !== call.contactName ? contact.company : '';
  const last = useLast(call, contact?.note ?? '');
  const parts = [
    company !== '' ? company : call.contactName === null ? '' : call.numberText,
    call.ringMeFirst ? t('dial.ringMeFirst') : (call.flow?.name ?? ''),
    last,
  ].filter((part) => part !== '');
  return (
    <p className="live-sub">
      {parts.length > 0 && (
        <span className="ellipsis" title={parts.join(' · ')}>
          {parts.join(' · ')}
        </span>
      )}
      {call.line.kind === 'practice' && <PracticeMark />}
    </p>
  );
}

/** When this number was called before, and the last note of it. */
function useLast(call: CallView, contactNote: string): string {
  const now = useNow();
  const { data } = useInfiniteQuery({
    ...callListQuery({ query: (call.number.e164 ?? '').slice(1), statuses: [], conversations: [] }),
    enabled: call.number.e164 !== null,
  });
  const earlier = data?.pages[0]?.calls.filter(
    ({ id, placedAt }) => id !== call.id && placedAt < call.placedAt,
  );
  return lastWords(earlier ?? [], contactNote, now);
}
