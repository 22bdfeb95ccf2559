import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../src-shared/settings.ts';
import { connectFields } from '../../support/applet-asker.ts';
import { accountSettings, makeDataDir, plainFlow } from '../../support/core-harness.ts';
import { type CoreProcess, startCoreProcess } from '../../support/core-process.ts';
import { doorSecrets } from '../../support/door-owner.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';
import { freePort } from '../../support/free-port.ts';
import { rep, ringsMe } from './doors-world.ts';

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let settings: Partial<Settings>;
let connectUrl: string;

beforeEach(async () => {
  exotel = await startFakeExotel();
  // Of a call, Exotel says that it is on, whoever asks.
  const on = callXml({ Sid: 'sid1', Status: 'in-progress' });
  exotel.answer(({ method }, response) =>
    sendXml(
      response,
      200,
      method === 'POST' ? on : on.replace('<Call>', '<Calls><Call>').replace('</Call>', '</Call></Calls>'),
    ),
  );
  data = makeDataDir();
  const callbackPort = await freePort();
  const tunnelUrl = `http://127.0.0.1:${callbackPort}`;
  connectUrl = `${tunnelUrl}/exotel/connect/${doorSecrets.connect}`;
  settings = {
    ...accountSettings(exotel.origin),
    flows: [ringsMe, plainFlow],
    phones: [{ label: 'Mobile', number: rep }],
    doorSecrets,
    callbackPort,
    tunnel: 'url',
    tunnelUrl,
  };
});
afterEach(async () => {
  await exotel.close();
  await data.remove();
});

const start = (more: Partial<Settings> = {}): Promise<CoreProcess> =>
  startCoreProcess({
    dataDir: data.dir,
    settings: { ...settings, ...more },
    time: { zero: Date.now(), speed: 1 },
    rateLimit: 200,
  });

/** Whom Connect is told to dial; null: nobody is there to answer. */
async function ask(customField: string): Promise<readonly string[] | null> {
  const query = new URLSearchParams({ ...connectFields, CustomField: customField });
  const answer = await request(`${connectUrl}?${query.toString()}`, {
    headers: { 'exotel-version': '1.0' },
  }).catch(() => null);
  if (answer === null) return null;
  const { destination } = (await answer.body.json()) as { destination: { numbers: string[] } };
  return destination.numbers;
}

/** As Exotel's customer waits: asks until somebody answers. */
async function firstAnswer(customField: string): Promise<readonly string[]> {
  for (;;) {
    const numbers = await ask(customField);
    if (numbers !== null) return numbers;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function dial(core: CoreProcess): Promise<{ readonly id: string; readonly customField: string }> {
  const id = crypto.randomUUID();
  await core.place(id, '98450 12345');
  const { form } = await exotel.connect(1);
  return { id, customField: form.get('CustomField') ?? '' };
}

const becomes = (core: CoreProcess, id: string, status: string) =>
  expect.poll(async () => (await core.get(id)).call.status, { timeout: 10_000 }).toBe(status);

describe('a program that is killed while a customer is rung', () => {
  it('gives Connect the rep from its first answer on, once it is started again', async () => {
    const core = await start();
    const { id, customField } = await dial(core);
    await becomes(core, id, 'in-progress');
    await core.kill();
    expect(await ask(customField)).toBeNull();

    const answering = firstAnswer(customField);
    const again = await start();
    expect(await answering).toEqual([rep]);
    await expect
      .poll(async () => (await again.get(id)).call)
      .toMatchObject({ status: 'answered', conversation: { state: 'waiting' } });
  });

  it('that had answered Connect already gives the same again: the rep rings for who waits', async () => {
    const core = await start();
    const { id, customField } = await dial(core);
    await becomes(core, id, 'in-progress');
    expect(await ask(customField)).toEqual([rep]);
    await becomes(core, id, 'answered');
    await core.kill();

    const answering = firstAnswer(customField);
    // The rep had said Away meanwhile; the phone of theirs is rung already.
    const again = await start({ away: true });
    expect(await answering).toEqual([rep]);
    await expect.poll(async () => (await again.get(id)).events.at(-1)).toMatchObject({ times: 2 });
  });

  it('knows the call though the answer with its Sid was lost in the crash', async () => {
    const held = Promise.withResolvers<void>();
    exotel.answer(({ method }, response) => {
      if (method === 'POST') void held.promise.then(() => response.destroy());
      else sendXml(response, 500, '');
    });
    const core = await start();
    const { id, customField } = await dial(core);
    await core.kill();
    held.resolve();

    const again = await start();
    expect((await again.get(id)).call.status).toBe('unconfirmed');
    expect(await ask(customField)).toEqual([rep]);
    await becomes(again, id, 'answered');
  });

  it('does not ring a rep who was Away at the restart, for a customer who had not picked up', async () => {
    const core = await start();
    const { id, customField } = await dial(core);
    await becomes(core, id, 'in-progress');
    await core.kill();
    const again = await start({ away: true });
    expect(await ask(customField)).toEqual([]);
    await expect
      .poll(async () => (await again.get(id)).call.conversation)
      .toMatchObject({ state: 'missed', why: 'away' });
  });
});
