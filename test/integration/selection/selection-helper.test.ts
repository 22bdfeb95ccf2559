import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { bundleUrl } from '../../../src-main/bundles.ts';

/** What Electron adds to a utility process, over Node's own channel. */
const parentPort = `data:text/javascript,${encodeURIComponent(`
  process.parentPort = {
    on: (event, listener) => process.on(event, (data) => listener({ data })),
    postMessage: (message) => process.send({ byParentPort: message }),
  };
`)}`;

/** Without a display: it answers wherever this runs. */
function startHelper(execArgv: string[] = []) {
  const helper = fork(bundleUrl('selection-helper'), [], { execArgv, stdio: 'ignore', env: {} });
  onTestFinished(() => void helper.kill('SIGKILL'));
  return helper;
}

const answer = { type: expect.stringMatching(/^(text|nothing)$/) };

it('the helper speaks by process.send where it was forked', async () => {
  const helper = startHelper();
  helper.send({ type: 'read' });
  expect(await once(helper, 'message')).toEqual([expect.objectContaining(answer), undefined]);
});

it("the helper speaks by process.parentPort where it is Electron's utility process", async () => {
  const helper = startHelper(['--import', parentPort]);
  helper.send({ type: 'read' });
  const [said] = await once(helper, 'message');
  expect(said).toEqual({ byParentPort: expect.objectContaining(answer) });
});

it('the helper ends where its parent is gone', async () => {
  const helper = startHelper();
  helper.send({ type: 'read' });
  await once(helper, 'message');
  helper.disconnect();
  expect(await once(helper, 'exit')).toEqual([0, null]);
});

it('the helper ends where it is not understood', async () => {
  const helper = startHelper();
  helper.send({ type: 'type Ctrl+C' });
  expect(await once(helper, 'exit')).toEqual([1, null]);
});
