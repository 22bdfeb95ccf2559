import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { practiceEndingsQuery } from '../app/queries.ts';
import { en } from '../words/en.ts';
import { t } from '../words/words.ts';
import { dialText } from './dial-text.ts';

const fewEndings = 6;

/** Numbers that play each outcome of the practice line: a press fills the box. */
export function PracticeEndings({ onFill }: { readonly onFill: () => void }) {
  const { data: endings } = useQuery(practiceEndingsQuery);
  const [all, setAll] = useState(false);
  if (endings === undefined) return null;
  return (
    <>
      <p className="second">{t('dial.endingsHint')}</p>
      <ul className="endings">
        {(all ? endings : endings.slice(0, fewEndings)).map(({ ending, example, outcome }) => (
          <li key={ending}>
            <button
              type="button"
              onClick={() => {
                dialText.set(example);
                onFill();
              }}
            >
              <span className="ending-digits">{ending === '' ? t('dial.endingAny') : `…${ending}`}</span>
              <span>{isOutcome(outcome) ? t(`dial.outcome.${outcome}`) : outcome}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button size="xs" className="endings-more" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? t('dial.endingsFew') : t('dial.endingsAll', { count: endings.length })}
      </Button>
    </>
  );
}

function isOutcome(outcome: string): outcome is keyof typeof en.dial.outcome {
  return outcome in en.dial.outcome;
}
