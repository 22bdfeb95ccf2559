import { app, dialog, powerMonitor } from 'electron';
import type { Log } from '../../ports.ts';
import type { Client } from './client.ts';
import { type QuitQuestion, quitQuestion, runningStatuses } from './quit-question.ts';

/** How long quitting waits to hear whether calls run, ms. A core that does not answer has none that quitting harms. */
const answerWithinMs = 2000;

export interface Quitting {
  /** The program ends, and windows may close. */
  readonly isQuitting: () => boolean;
  /** Whatever ends it from now on does so without a question. */
  readonly agree: () => void;
  /** Ends it without a question: nobody may be there to answer. */
  readonly now: () => void;
}

/** Says what quitting means for calls that are out, before any window is closed. The person may quit all the same. */
export function guardQuitting(client: Client, log: Log): Quitting {
  let agreed = false;
  let asking = false;

  app.on('before-quit', (event) => {
    if (agreed) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void mayQuit(client)
      .catch((error: unknown) => {
        log.warn('it is not known whether calls run', { error: String(error) });
        return true;
      })
      .then((may) => {
        asking = false;
        if (may) now();
      });
  });
  // A computer that is switched off must not be held up.
  powerMonitor.on('shutdown', agree);

  function agree(): void {
    agreed = true;
  }

  function now(): void {
    agree();
    app.quit();
  }

  return { isQuitting: () => agreed, agree, now };
}

async function mayQuit(client: Client): Promise<boolean> {
  const { promise: noAnswer, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer')), answerWithinMs);
  const asked = client.then(({ calls }) => calls.list({ statuses: runningStatuses, limit: 200 }));
  const { calls } = await Promise.race([asked, noAnswer]).finally(() => clearTimeout(timer));
  const question = quitQuestion(calls);
  return question === null || (await ask(question));
}

async function ask({ message, detail }: QuitQuestion): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message,
    detail,
    buttons: ['Stay', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
