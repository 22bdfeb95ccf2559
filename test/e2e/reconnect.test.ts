import { expect, it, onTestFinished } from 'vitest';
import { accountEnvironment, accountSettings, makeDataDir } from '../support/core-harness.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import { startProgram } from '../support/program.ts';
import { callByKeys } from '../support/rep-keys.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

it('a window that loses the program between the press and its answer shows the one call once it is back', async () => {
  const exotel = await startFakeExotel();
  onTestFinished(() => exotel.close());
  const data = makeDataDir({ ...accountSettings(exotel.origin), welcomeDone: true });
  onTestFinished(() => data.remove());
  const program = await startProgram({ dataDir: data.dir, env: accountEnvironment });
  onTestFinished(async () => void (await program.stop()));
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const { page } = await openWindow(browser, program.ready.url);
  let cuts = 0;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const program = socket.connectToServer();
    socket.onMessage((message) => {
      program.send(message);
      if (cuts > 0 || !String(message).includes('/calls/place')) return;
      cuts++;
      void socket.close({ code: 1012 });
    });
  });
  await page.reload();

  await callByKeys(page, '9845012345', 'speaks to them; nobody of you joins');
  await exotel.connect(1);
  await page
    .getByRole('article', { name: /Calling .*98450 12345/ })
    .getByText('Accepted')
    .waitFor();
  expect(cuts).toBe(1);
  // What was feared is told no more, and the number is not left to be called again.
  await page.getByText('Flowdial’s core went away before it answered.').waitFor({ state: 'detached' });
  expect(await page.getByRole('combobox').inputValue()).toBe('');
  await page.keyboard.press('Control+3');
  await page.getByRole('grid', { name: 'Call history' }).getByRole('row').first().waitFor();
  expect(await page.getByRole('row', { name: /98450 12345/ }).count()).toBe(1);
  expect(exotel.connects()).toHaveLength(1);
});
