import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { Helper, Log } from '../../../src-main/ports.ts';
import { forkHelper } from '../../../src-main/shells/browser/forked-helpers.ts';

const script = pathToFileURL(path.resolve('test/fixtures/helpers/helper.mjs'));
const started: Helper[] = [];

afterEach(() => {
  for (const helper of started.splice(0)) helper.kill();
});

/** A helper, with what it says and how it ends as promises in order. */
function start(options: { readonly module?: URL; readonly env?: NodeJS.ProcessEnv } = {}) {
  const message = Promise.withResolvers<unknown>();
  const exit = Promise.withResolvers<string>();
  const logged = Promise.withResolvers<string>();
  const exits: string[] = [];
  const log: Log = {
    info: () => {},
    warn: (_, data) => logged.resolve(String(data?.['text'])),
    error: () => {},
  };
  const helper = forkHelper('ngrok', options.module ?? script, { ...process.env, ...options.env }, log, {
    message: message.resolve,
    exit: (reason) => {
      exits.push(reason);
      exit.resolve(reason);
    },
  });
  started.push(helper);
  return { helper, message: message.promise, exit: exit.promise, logged: logged.promise, exits };
}

it('carries whatever can be cloned, both ways', async () => {
  const { helper, message } = start();
  const sent = { at: new Date(0), bytes: new Uint8Array([1, 2]), map: new Map([['a', 1]]) };
  helper.send(sent);
  expect(await message).toEqual(sent);
});

it('knows nothing of our environment but what it needs', async () => {
  const env = {
    FLOWDIAL_API_TOKEN: 'secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
    NODE_OPTIONS: '--no-warnings',
  };
  const { helper, message } = start({ env });
  helper.send('environment');
  const names = await message;
  expect(names).toContain('PATH');
  expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/FLOWDIAL|AWS|NODE_OPTIONS/)]));
});

it('is ended while it hangs, and tells so once', async () => {
  const { helper, message, exit, exits } = start();
  helper.send('ready?');
  await message;
  helper.send('hang');
  helper.kill();
  expect(await exit).toBe('signal SIGKILL');
  helper.kill();
  helper.send('too late');
  expect(exits).toHaveLength(1);
});

it('a crash is told with its exit code', async () => {
  const { helper, exit } = start();
  helper.send('crash');
  expect(await exit).toBe('exit code 7');
});

it('a helper that is not there ends like any other', async () => {
  const { exit } = start({ module: new URL('missing.mjs', script) });
  expect(await exit).toMatch(/^exit code \d+$/);
});

it('its stderr goes to the log, its stdout nowhere', async () => {
  const { helper, logged } = start();
  helper.send('speak');
  expect(await logged).toBe('for the log\n');
});
