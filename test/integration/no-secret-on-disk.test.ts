import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src-main/log.ts';
import { openConfFile } from '../../src-main/settings-file.ts';
import { createForkedHelpers } from '../../src-main/shells/browser/forked-helpers.ts';
import { accountSettings, makeDataDir, reachesTunnel, startCoreHarness } from '../support/core-harness.ts';
import { callXml, sendXml, startFakeExotel } from '../support/fake-exotel.ts';
import { startFakeNgrok } from '../support/fake-ngrok/fake-ngrok.ts';
import { helpersTo } from '../support/helpers-to.ts';
import { multipart, multipartType } from '../support/raw-http.ts';

const secrets = {
  exotelApiKey: 'KEYzq7vW2mXc9LtR4bN8pYk1',
  exotelApiToken: 'TOKENr4Tb8NpYk1zq7vW2mXc',
  ngrokAuthtoken: '2abcDEFghiJKLmnoPQRstuVWXyz_4f5Gh6Jk7Lm8Np9Qr',
} as const;
/** What somebody tries who does not know a call's token. */
const wrongToken = 'WrOnGtOkEnWrOnGtOkEn42';

/** A secret as it is, in hex, and in base64 wherever in a longer text it may have stood. */
function tracesOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + secret).toString('base64');
    // The outermost characters depend on the neighbours too.
    return whole.slice(before === 0 ? 0 : 4, -4);
  });
  return [secret, Buffer.from(secret).toString('hex'), ...inBase64];
}

function filesOf(dir: string) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, content: readFileSync(path.join(parentPath, name), 'latin1') }));
}

async function post(url: string, type: string, body: string | Buffer): Promise<number> {
  const answer = await request(url, { method: 'POST', headers: { 'content-type': type }, body });
  await answer.body.dump();
  return answer.statusCode;
}

it('security 26: after a run with keys, ngrok and callbacks, right and wrong, no secret is in the data folder or its log', async () => {
  const exotel = await startFakeExotel();
  const ngrok = await startFakeNgrok();
  const data = makeDataDir();
  onTestFinished(async () => {
    await exotel.close();
    await ngrok.close();
    await data.remove();
  });
  exotel.answer(({ method, headers }, response) => {
    // Some services repeat what they were asked with.
    if (method === 'GET') sendXml(response, 401, `<TwilioResponse>${headers.authorization}</TwilioResponse>`);
    else sendXml(response, 200, callXml({ Sid: 'sid1' }));
  });
  const log = openLog({ dataDir: data.dir });
  const settingsFile = openConfFile(data.dir);
  const harness = await startCoreHarness({
    dataDir: data.dir,
    secrets: { exotelApiKey: secrets.exotelApiKey, exotelApiToken: secrets.exotelApiToken },
    ports: { log, settingsFile, helpers: helpersTo(ngrok.server, createForkedHelpers(process.env, log)) },
  });
  const { client } = harness;

  ngrok.behave('refuse-token');
  await client.settings.update({
    ...accountSettings(exotel.origin),
    tunnel: 'ngrok',
    statusCallbackEvents: true,
    askAgainSeconds: 0,
  });
  await client.settings.setSecret({ name: 'ngrokAuthtoken', value: secrets.ngrokAuthtoken });
  expect(await reachesTunnel(client, 'failed')).toMatchObject({ problem: 'bad-token' });
  ngrok.behave('accept');
  await client.app.retryTunnel();
  await reachesTunnel(client, 'open');
  await expect(client.account.test()).rejects.toMatchObject({ code: 'FAILED' });

  const { id } = await harness.place('9845012345');
  const { form, headers } = await exotel.connect(1);
  const url = form.get('StatusCallback') ?? '';
  const customField = form.get('CustomField') ?? '';
  await harness.reaches(id, 'in-progress');
  const token = url.split('/').at(-1) ?? '';
  const [, , mark = ''] = customField.split('.');
  expect([token, mark]).toEqual([expect.stringMatching(/^[\w-]{22}$/), expect.stringMatching(/^[\w-]{22}$/)]);

  const wrong = url.replace(token, wrongToken);
  const elsewhere = url.replace(id, crypto.randomUUID());
  const fields = { CallSid: 'sid1', CustomField: customField, StatusCallback: url };
  const json = (more: object) => JSON.stringify({ ...fields, ...more });
  for (const [address, status] of [
    [wrong, 404],
    [elsewhere, 404],
    [`${url}/more`, 404],
    [`${url}?again=${token}`, 200],
  ] as const) {
    expect(await post(address, 'application/json', json({ EventType: 'answered' }))).toBe(status);
  }
  expect(await post(url, 'text/plain', url)).toBe(415);
  const ended = multipart([...Object.entries(fields), ['EventType', 'terminal'], ['Status', 'completed']]);
  expect(await post(url, multipartType, ended)).toBe(200);
  await harness.reaches(id, 'completed');
  await client.storage.copyNow();
  for await (const told of await client.storage.export()) void told;
  await harness.stop();

  const files = filesOf(data.dir);
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['flowdial.db', 'flowdial.log', 'settings.json']),
  );
  const whole = files.map(({ content }) => content).join('\n');
  // What may be there is found in the same way, so that this search is known to find things.
  for (const known of [id, 'acme1', `1.${id}.`, 'the public address is reached', 'ERR_NGROK_107']) {
    expect(whole).toContain(known);
  }
  expect(headers.authorization).toBe(
    `Basic ${Buffer.from(`${secrets.exotelApiKey}:${secrets.exotelApiToken}`).toString('base64')}`,
  );
  const mustNotBe = [...Object.values(secrets), token, mark, wrongToken].flatMap(tracesOf);
  for (const { name, content } of files) {
    expect({ name, found: mustNotBe.filter((trace) => content.includes(trace)) }).toEqual({
      name,
      found: [],
    });
  }
});
