import { Button, TextInput } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconBell, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { api, queryClient } from '../app/api.ts';
import { takeCall } from '../app/live-updates.ts';
import { failureWords } from '../ui/failure-words.ts';
import { dueTime } from '../ui/format.ts';
import { Section } from '../ui/parts.tsx';
import { showToast } from '../ui/toast.tsx';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';
import { followUpOffers, istText, readIstText } from './follow-up-times.ts';

async function setFollowUp(id: string, due: number | null): Promise<void> {
  const { error, data } = await safe(api.calls.followUp({ id, due }));
  if (data !== undefined) takeCall(queryClient, data);
  else showToast({ message: failureWords(error) });
}

/** When to come back to them: two presses away at most. */
export function FollowUp({ call }: { readonly call: CallView }) {
  const now = useNow();
  const [picking, setPicking] = useState(false);
  const { id, followUpAt } = call;
  const offers = followUpOffers(now);
  return (
    <Section label={t('live.next')}>
      <div className="follow-up-offers">
        {offers.map(({ name, due }) => (
          <button
            key={name}
            type="button"
            className="flow-chip"
            aria-pressed={followUpAt === due}
            title={dueTime(due)}
            onClick={() => void setFollowUp(id, followUpAt === due ? null : due)}
          >
            {t(`live.${name}`)}
          </button>
        ))}
        <button
          type="button"
          className="flow-chip"
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
        >
          {t('live.pick')}
        </button>
      </div>
      {picking && (
        <Pick
          first={followUpAt ?? offers[0]?.due ?? now}
          onPick={(due) => {
            setPicking(false);
            void setFollowUp(id, due);
          }}
        />
      )}
      {followUpAt !== null && (
        <p className="follow-up">
          <IconBell size={15} stroke={1.75} aria-hidden />
          <span>{t('live.followUp', { when: dueTime(followUpAt) })}</span>
          <button
            type="button"
            className="follow-up-clear"
            aria-label={t('live.followUpClear')}
            title={t('live.followUpClear')}
            onClick={() => void setFollowUp(id, null)}
          >
            <IconX size={14} stroke={2} aria-hidden />
          </button>
        </p>
      )}
    </Section>
  );
}

function Pick({ first, onPick }: { readonly first: number; readonly onPick: (due: number) => void }) {
  const [text, setText] = useState(() => istText(first));
  const [past, setPast] = useState(false);
  return (
    <form
      className="follow-up-pick"
      onSubmit={(event) => {
        event.preventDefault();
        const due = readIstText(text);
        if (due === null || due <= Date.now()) setPast(true);
        else onPick(due);
      }}
    >
      <TextInput
        type="datetime-local"
        label={t('live.pickLabel')}
        value={text}
        autoFocus
        error={past && t('live.pickPast')}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setPast(false);
        }}
      />
      <Button type="submit">{t('live.set')}</Button>
    </form>
  );
}
