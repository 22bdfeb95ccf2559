import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../words/words.ts';
import { connection } from './api.ts';
import { deepLink } from './deep-link.ts';
import { handOver } from './hand-over.ts';
import { Logo } from './logo.tsx';

/** Of this load of the page. */
let handed: Promise<boolean> | null = null;

/** A window that a link opened, which has no session: another one takes the link, or the person opens Flowdial first. */
export function HandOver() {
  const [taken, setTaken] = useState<boolean | null>(null);
  useEffect(() => {
    handed ??= handOver(deepLink() ?? '');
    let gone = false;
    void handed.then((was) => gone || setTaken(was));
    return () => {
      gone = true;
    };
  }, []);
  return (
    <main className="reopen">
      <Logo />
      <div role="status">
        {taken === true && (
          <>
            <h1>{t('link.takenTitle')}</h1>
            <p>{t('link.takenTodo')}</p>
          </>
        )}
        {taken === false && (
          <>
            <h1>{t('link.openFirstTitle')}</h1>
            <p>{t('link.openFirstTodo')}</p>
          </>
        )}
      </div>
      {taken === false && <Button onClick={() => connection.retry()}>{t('connection.again')}</Button>}
    </main>
  );
}
