import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { ensureBuilt } from '../../scripts/lib/build.ts';
import { openConfFile } from '../../src-main/settings-file.ts';
import { flowSchema } from '../../src-shared/flow.ts';
import type { OpenBench } from '../support/bench.ts';
import { accountSecrets, accountSettings, makeDataDir, startCoreHarness } from '../support/core-harness.ts';
import { doorSecrets, rep } from '../support/door-owner.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import { freePort } from '../support/free-port.ts';

/** The least that answers by HTTP. */
const bareServer = (port: number) =>
  `require('node:http').createServer((_, response) => response.end('${rep}')).listen(${port}, '127.0.0.1')`;

/**
 * From starting the process that was killed while a customer waits to the first answer of Connect that names the rep.
 * Exotel waits 5 s for it.
 */
const openRestart: OpenBench = async () => {
  if (!(await ensureBuilt())) throw new Error('The build failed: there is nothing to start.');
  const folder = makeDataDir();
  const port = await freePort();
  const barePort = await freePort();
  const customField = await leaveACustomerWaiting(folder.dir, port);
  const query = new URLSearchParams({ CallSid: 'sid1', CustomField: customField });

  /** How long until it answers, ms; the process is killed then. */
  async function firstAnswer(start: () => ChildProcess, url: string): Promise<number> {
    const startedAt = performance.now();
    const process = start();
    const ended = once(process, 'exit');
    for (;;) {
      const answer = await request(url, { headers: { 'exotel-version': '1.0' }, reset: true }).catch(
        () => null,
      );
      const text = (await answer?.body.text()) ?? null;
      if (text?.includes(rep)) break;
      if (text !== null) throw new Error(`A wrong answer: ${text}`);
      await setTimeout(2);
    }
    const took = performance.now() - startedAt;
    process.kill('SIGKILL');
    await ended;
    return took;
  }

  return {
    name: 'restart',
    runsPerRound: 1,
    baseline: {
      label: 'bare node:http, first answer',
      run: () =>
        firstAnswer(
          () => spawn(process.execPath, ['-e', bareServer(barePort)]),
          `http://127.0.0.1:${barePort}/`,
        ),
    },
    subject: {
      label: 'browser shell, Connect’s first answer',
      run: () =>
        firstAnswer(
          () =>
            spawn(process.execPath, ['dist/main/browser.js', '--no-open', '--data-dir', folder.dir], {
              stdio: 'ignore',
            }),
          `http://127.0.0.1:${port}/exotel/connect/${doorSecrets.connect}?${query.toString()}`,
        ),
    },
    close: () => folder.remove(),
  };
};

/** A data folder with a call that Exotel took; its CustomField. */
async function leaveACustomerWaiting(dataDir: string, callbackPort: number): Promise<string> {
  const exotel = await startFakeExotel();
  const settingsFile = openConfFile(dataDir);
  settingsFile.write({
    ...accountSettings(exotel.origin),
    flows: [flowSchema.parse({ id: 'lead', name: 'New lead', appId: '100001' })],
    phones: [{ label: 'Mobile', number: rep }],
    doorSecrets,
    callbackPort,
    tunnel: 'url',
    tunnelUrl: `http://127.0.0.1:${callbackPort}`,
  });
  const harness = await startCoreHarness({ dataDir, secrets: accountSecrets, ports: { settingsFile } });
  const { id } = await harness.place('98450 12345');
  await harness.reaches(id, 'in-progress');
  const [sent] = exotel.connects();
  await harness.stop();
  await exotel.close();
  return sent?.form.get('CustomField') ?? '';
}

export default openRestart;
