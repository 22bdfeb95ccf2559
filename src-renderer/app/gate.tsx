import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { announceCall } from './announcer.tsx';
import { api, connection, queryClient } from './api.ts';
import { startLiveUpdates } from './live-updates.ts';
import { Logo } from './logo.tsx';

/** Shows the app once the core was reached, and keeps it fed; else says how to get there. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  useEffect(() => (state === 'open' ? startLiveUpdates(api, queryClient, announceCall) : undefined), [state]);
  switch (state) {
    case 'open':
    case 'lost':
      return children;
    case 'connecting':
      return <Starting />;
    case 'refused':
      return <OpenAgain />;
    default:
      return state satisfies never;
  }
}

function Starting() {
  const late = useLate(true);
  return <p className="late-notice">{late && t('app.starting')}</p>;
}

function OpenAgain() {
  return (
    <main className="reopen">
      <Logo />
      <h1>{t('connection.refusedTitle')}</h1>
      <p>{t('connection.refusedWhat')}</p>
      <p>{t('connection.refusedTodo')}</p>
      <Button onClick={() => connection.retry()}>{t('connection.again')}</Button>
    </main>
  );
}
