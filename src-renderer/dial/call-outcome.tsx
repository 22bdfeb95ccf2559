import { safe } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { api, queryClient } from '../app/api.ts';
import { takeCall } from '../app/live-updates.ts';
import { isWrappedUp } from '../app/my-calls.ts';
import { repQuery, settingsQuery } from '../app/queries.ts';
import { dialBoxId } from '../app/use-actions.ts';
import { failureWords } from '../ui/failure-words.ts';
import { Kbd, Section } from '../ui/parts.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { outcomeOfKey } from './outcome-keys.ts';

async function setOutcome(id: string, outcome: string | null): Promise<void> {
  const { error, data } = await safe(api.calls.setOutcome({ id, outcome }));
  if (data !== undefined) takeCall(queryClient, data);
  else showToast({ message: failureWords(error) });
}

/** What the call came to: by a press, or by its digit once the call is over. */
export function CallOutcome({ call }: { readonly call: CallView }) {
  const { data: settings } = useQuery(settingsQuery);
  const { data: rep } = useQuery(repQuery);
  const outcomes = settings?.values.outcomes ?? [];
  useOutcomeKeys(
    isWrappedUp(call, rep) && call.outcome === null,
    outcomes.map(({ name }) => name),
    call.id,
  );
  if (outcomes.length === 0 && call.outcome === null) return null;
  // One that the settings no longer name stays to be seen.
  const gone = call.outcome !== null && !outcomes.some(({ name }) => name === call.outcome);
  return (
    <Section label={t('live.outcome')}>
      <div className="outcomes" role="group" aria-label={t('live.outcome')}>
        {outcomes.map(({ name, doNotCall }, index) => (
          <button
            key={name}
            type="button"
            className="outcome"
            aria-pressed={call.outcome === name}
            aria-keyshortcuts={String(index + 1)}
            title={doNotCall && call.line.kind === 'account' ? t('live.outcomeDnc') : undefined}
            onClick={() => void setOutcome(call.id, call.outcome === name ? null : name)}
          >
            <Kbd>{String(index + 1)}</Kbd>
            <span>{name}</span>
          </button>
        ))}
        {gone && (
          <button
            type="button"
            className="outcome"
            aria-pressed
            onClick={() => void setOutcome(call.id, null)}
          >
            <span>{call.outcome}</span>
          </button>
        )}
      </div>
    </Section>
  );
}

function useOutcomeKeys(act: boolean, names: readonly string[], callId: string): void {
  useEffect(() => {
    if (!act) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      const index = outcomeOfKey(event, names.length, focusOf(document.activeElement));
      const name = index === null ? undefined : names[index];
      if (name === undefined) return;
      event.preventDefault();
      void setOutcome(callId, name);
    };
    // Before the field that has the focus takes the digit as text.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [act, names, callId]);
}

function focusOf(element: Element | null): Parameters<typeof outcomeOfKey>[2] {
  if (element instanceof HTMLInputElement && element.id === dialBoxId) {
    return element.value === '' ? 'empty-dial-box' : 'text';
  }
  const isText =
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement;
  return isText ? 'text' : 'elsewhere';
}
