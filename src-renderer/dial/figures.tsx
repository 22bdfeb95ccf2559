import { useQuery } from '@tanstack/react-query';
import { figuresQuery } from '../app/queries.ts';
import { PracticeMark } from '../ui/call-cells.tsx';
import { roughLength } from '../ui/format.ts';
import { t } from '../words/words.ts';

/** The day so far, on the line in use. */
export function Figures({ practice }: { readonly practice: boolean }) {
  const { data } = useQuery(figuresQuery);
  if (data === undefined) return null;
  const { calls, talked, talkSeconds } = data;
  const counted = { calls: t('dial.callsToday', { count: calls }), talked };
  return (
    <p className="second figures">
      {practice && <PracticeMark />}
      <span>
        {talkSeconds > 0
          ? t('dial.figures', { ...counted, time: roughLength(talkSeconds) })
          : t('dial.figuresNoTalk', counted)}
      </span>
    </p>
  );
}
