import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { accountEnvironment, accountSettings, makeDataDir } from '../support/core-harness.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import { makeCertificates } from '../support/fake-ngrok/certificates.ts';
import { startProgram } from '../support/program.ts';
import { callByKeys } from '../support/rep-keys.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

it('in an office, a call goes out through its proxy, to a host whose authority only the system knows', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux lets a test choose the system’s certificates');
  const { ca, cert, key } = makeCertificates();
  const exotel = await startFakeExotel({ cert, key });
  onTestFinished(() => exotel.close());
  const proxy = await startConnectProxy();
  onTestFinished(() => proxy.close());
  // A name that is not this computer's own, which is never behind a proxy.
  const host = `exotel.localhost:${new URL(exotel.origin).port}`;
  const data = makeDataDir({ ...accountSettings(`https://${host}`), welcomeDone: true });
  onTestFinished(() => data.remove());
  const authority = path.join(data.dir, 'office-authority.pem');
  writeFileSync(authority, ca);
  const program = await startProgram({
    dataDir: data.dir,
    env: {
      ...accountEnvironment,
      https_proxy: proxy.url,
      no_proxy: '',
      SSL_CERT_FILE: authority,
    },
  });
  onTestFinished(async () => void (await program.stop()));
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const { page } = await openWindow(browser, program.ready.url);

  await callByKeys(page, '9845012345', 'speaks to them; nobody of you joins');
  const { form } = await exotel.connect(1);
  expect(form.get('From')).toBe('09845012345');
  await page
    .getByRole('article', { name: /Calling .*98450 12345/ })
    .getByText('Accepted')
    .waitFor();
  expect(new Set(proxy.asked.map((asked) => asked.authority))).toEqual(new Set([host]));
  expect(proxy.others).toBe(0);
});
