import { expect, it, onTestFinished, vi } from 'vitest';
import type { Log } from '../../../src-main/ports.ts';
import { createHelpers } from '../../../src-main/shells/electron/helpers.ts';
import type { HelperMessage } from '../../../src-main/tunnel/ngrok-messages.ts';
import { becomeReady } from '../../support/electron-stand-in/readiness.ts';
import { forked } from '../../support/electron-stand-in/utility-process.ts';
import { startFakeNgrok } from '../../support/fake-ngrok/fake-ngrok.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron.ts'));
becomeReady();

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const authtoken = '2abcDEFghiJKLmnoPQRstuVWXyz_4f5Gh6Jk7Lm8Np9Qr';

/** Starts the real ngrok helper as a utility process, with what it says and how it ends. */
function start() {
  const messages: unknown[] = [];
  const exit = Promise.withResolvers<string>();
  const helper = createHelpers(log).start('ngrok', {
    message: (message) => void messages.push(message),
    exit: exit.resolve,
  });
  onTestFinished(() => helper.kill());
  return { helper, messages, exit: exit.promise };
}

it('runs the ngrok helper over its parentPort', async () => {
  const ngrok = await startFakeNgrok();
  onTestFinished(() => ngrok.close());
  const { helper, messages } = start();
  helper.send({ authtoken, domain: '', targetPort: 1, server: ngrok.server });
  await expect
    .poll(() => messages, { timeout: 15_000 })
    .toEqual([
      { type: 'connecting' },
      { type: 'open', publicUrl: ngrok.publicUrl },
    ] satisfies HelperMessage[]);
  expect(ngrok.logins).toEqual([{ authtoken }]);
});

it('security 26: gives a helper no argument, no secret of the environment, and no stdout of ours', () => {
  vi.stubEnv('FLOWDIAL_NGROK_AUTHTOKEN', authtoken);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  start();
  const { args, options } = forked.at(-1) ?? {};
  expect(args).toEqual([]);
  expect(options?.stdio).toEqual(['ignore', 'ignore', 'pipe']);
  expect(options?.env).toHaveProperty('PATH');
  expect(options?.env).not.toHaveProperty('FLOWDIAL_NGROK_AUTHTOKEN');
  expect(options?.env).not.toHaveProperty('AWS_SECRET_ACCESS_KEY');
});

it('shows the display to the helper that reads the selection, and to no other', () => {
  vi.stubEnv('DISPLAY', ':99');
  start();
  expect(forked.at(-1)?.options.env).not.toHaveProperty('DISPLAY');
  const helper = createHelpers(log).start('selection', { message: () => {}, exit: () => {} });
  onTestFinished(() => helper.kill());
  expect(forked.at(-1)?.options.env).toMatchObject({ DISPLAY: ':99' });
});

it('tells how a helper ended', async () => {
  const { helper, exit } = start();
  helper.kill();
  expect(await exit).toMatch(/^exit code \d+$/);
  // Nobody is there any more: no error either.
  helper.send({ hello: 'again' });
});
