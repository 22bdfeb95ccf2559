import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { bundleUrl } from '../../../src-main/bundles.ts';
import type { StartMessage } from '../../../src-main/tunnel/ngrok-messages.ts';

/** Nothing listens on port 1: the SDK fails at once. */
const start: StartMessage = {
  authtoken: 'token',
  domain: '',
  targetPort: 1,
  server: { address: '127.0.0.1:1', caCert: 'none' },
};

/** What Electron adds to a utility process, over Node's own channel. */
const parentPort = `data:text/javascript,${encodeURIComponent(`
  process.parentPort = {
    on: (event, listener) => process.on(event, (data) => listener({ data })),
    postMessage: (message) => process.send({ byParentPort: message }),
  };
`)}`;

/** The second message: the first says that it is about to connect. */
async function second(helper: ChildProcess): Promise<unknown> {
  await once(helper, 'message');
  return once(helper, 'message');
}

function startHelper(execArgv: string[]) {
  const helper = fork(bundleUrl('ngrok-helper'), [], { execArgv, stdio: 'ignore' });
  onTestFinished(() => void helper.kill('SIGKILL'));
  return helper;
}

const failed = { type: 'failed', fault: { problem: expect.any(String), message: expect.any(String) } };

it('the helper speaks by process.send where it was forked', async () => {
  const helper = startHelper([]);
  helper.send(start);
  expect(await second(helper)).toEqual([failed, undefined]);
});

it("the helper speaks by process.parentPort where it is Electron's utility process", async () => {
  const helper = startHelper(['--import', parentPort]);
  helper.send(start);
  expect(await second(helper)).toEqual([{ byParentPort: failed }, undefined]);
});

it('the helper ends where its parent is gone', async () => {
  const helper = startHelper([]);
  helper.send(start);
  await once(helper, 'message');
  helper.disconnect();
  expect(await once(helper, 'exit')).toEqual([0, null]);
});

it('the helper ends where it is not understood', async () => {
  const helper = startHelper([]);
  helper.send({ ...start, targetPort: 0 });
  expect(await once(helper, 'exit')).toEqual([1, null]);
});
