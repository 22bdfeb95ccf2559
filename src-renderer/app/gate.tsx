import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { announceCall } from './announcer.tsx';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { api, connection, queryClient, shell } from './api.ts';
import { deepLink, takeDeepLink } from './deep-link.ts';
import { startDesktopUpdates } from './desktop-updates.ts';
import { takeHandedOver } from './hand-over.ts';
import { HandOver } from './hand-over-screen.tsx';
import { goThere } from './go-there.ts';
import { startLiveUpdates } from './live-updates.ts';
import { Logo } from './logo.tsx';
import { closePageNote, showPageNote } from './page-notes.ts';

/** Shows the app once the core was reached, and keeps it fed; else says how to get there. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  useEffect(() => (state === 'open' ? startAll() : undefined), [state]);
  switch (state) {
    case 'open':
    case 'lost':
      return children;
    case 'connecting':
      return <Starting />;
    case 'refused':
      return deepLink() !== null ? <HandOver /> : <OpenAgain />;
    default:
      return state satisfies never;
  }
}

/** All that the core tells from now on, and the links that wait for it. */
function startAll(): () => void {
  const stops = [
    startLiveUpdates(api, queryClient, onCall),
    startDesktopUpdates(api, queryClient, { note: showPageNote, destination: goThere }),
    shell === 'browser' ? takeHandedOver(openLink) : () => undefined,
  ];
  const link = takeDeepLink();
  if (link !== null) void openLink(link).catch(() => undefined);
  return () => {
    for (const stop of stops) stop();
  };
}

const openLink = (link: string) => api.desktop.openLink({ link });

function onCall(call: CallView): void {
  announceCall(call);
  closePageNote(call);
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
