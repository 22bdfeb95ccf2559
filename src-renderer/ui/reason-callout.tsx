import { readAnew } from '../app/read-anew.ts';
import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { ReasonCode } from '../../src-shared/errors.ts';
import { api, queryClient } from '../app/api.ts';
import { t } from '../words/words.ts';
import { reasonWords } from './call-words.ts';
import { Callout } from './parts.tsx';

const mendedInSettings: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'bad-parameter',
  'credentials',
  'forbidden',
  'not-found',
  'refused',
]);

/** Why a call was refused or is in doubt: what happened, whether the customer was called, what to do. */
export function ReasonCallout({ call }: { readonly call: CallView }) {
  const navigate = useNavigate();
  if (call.reason === null) return null;
  const { what, called, todo, quote } = reasonWords(call.reason);
  const settings = mendedInSettings.has(call.reason.code) && call.line.kind === 'account' && (
    <Button size="xs" onClick={() => void navigate({ to: '/settings/$page', params: { page: 'account' } })}>
      {t('dial.openSettings')}
    </Button>
  );
  return (
    <Callout
      tone={call.status === 'unconfirmed' ? 'doubt' : call.status === 'rejected' ? 'bad' : 'quiet'}
      title={what}
      actions={settings || (call.reason.code === 'dnd' && <MarkDoNotCall number={call.number.entered} />)}
    >
      <p>
        <strong>{called}</strong> {todo}
      </p>
      {quote !== '' && <p className="second">{quote}</p>}
    </Callout>
  );
}

/** Exotel refused a number on the DND register: one press keeps everybody here from trying again. */
function MarkDoNotCall({ number }: { readonly number: string }) {
  const [state, setState] = useState<'offer' | 'done' | 'failed'>('offer');
  const mark = async () => {
    const { error } = await safe(
      api.doNotCall.add({ target: { number }, why: t('dial.dndWhy'), until: null }),
    );
    setState(error === null ? 'done' : 'failed');
    readAnew(queryClient, {});
  };
  if (state === 'done') return <span role="status">{t('dial.markedDoNotCall')}</span>;
  return (
    <>
      <Button size="xs" onClick={() => void mark()}>
        {t('dial.markDoNotCall')}
      </Button>
      {state === 'failed' && <span role="alert">{t('settings.lost')}</span>}
    </>
  );
}
