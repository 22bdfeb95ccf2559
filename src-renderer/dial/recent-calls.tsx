import { IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callListQuery } from '../app/queries.ts';
import { CallCells } from '../ui/call-cells.tsx';
import { callee } from '../ui/call-words.ts';
import { ReadFailed } from '../ui/parts.tsx';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';
import { dialText } from './dial-text.ts';

const shownCalls = 8;

/** The last calls: a press fills the box, the arrow opens the call. */
export function RecentCalls({ onFill }: { readonly onFill: () => void }) {
  const now = useNow();
  const { data, isError, refetch } = useInfiniteQuery(
    callListQuery({ query: '', statuses: [], conversations: [] }),
  );
  if (isError) return <ReadFailed retry={() => void refetch()} />;
  const calls = data?.pages[0]?.calls.slice(0, shownCalls);
  if (calls === undefined) return null;
  if (calls.length === 0) return <p className="quiet recent-empty">{t('dial.recentEmpty')}</p>;
  return (
    <ul className="card recent-list">
      {calls.map((call) => (
        <li key={call.id} className="recent-row">
          <button
            type="button"
            className="recent-fill"
            title={t('dial.recentFill')}
            onClick={() => {
              dialText.set(call.numberText);
              onFill();
            }}
          >
            <CallCells call={call} now={now} />
          </button>
          <Link
            to="/history/$callId"
            params={{ callId: call.id }}
            className="recent-open"
            aria-label={t('dial.recentOpen', { who: callee(call) })}
          >
            <IconChevronRight size={18} stroke={1.75} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
