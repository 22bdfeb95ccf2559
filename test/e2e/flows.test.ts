import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeDataDir } from '../support/core-harness.ts';
import { startProgram } from '../support/program.ts';
import { callByKeys, openInHistory, phoneRings, tabTo } from '../support/rep-keys.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const ringsMe = 'rings the practice phone';
/** Rings my phone for a moment only. */
const brief = [{ id: 'brief', name: 'Brief', kind: 'rings-me', ringSeconds: 3 }] as const;

async function start(settings: Parameters<typeof makeDataDir>[0] = {}): Promise<Page> {
  const data = makeDataDir(settings);
  onTestFinished(() => data.remove());
  const program = await startProgram({ dataDir: data.dir });
  onTestFinished(async () => void (await program.stop()));
  const window = await openWindow(browser, program.ready.url);
  onTestFinished(async () => {
    await window.close();
    expect(window.complaints).toEqual([]);
  });
  await myState(window.page, 'Ready').waitFor();
  return window.page;
}

const card = (page: Page, headline: RegExp) => page.getByRole('article', { name: headline });
const timer = (page: Page, what: string) => page.getByRole('article').getByRole('timer', { name: what });
const myState = (page: Page, state: string) =>
  page.getByRole('button', { name: `${state}: change my state` });

describe('a flow that rings me, by keyboard alone', () => {
  it('is answered, talked, hung up, written down, and told as Talked with the seconds of my own phone', async () => {
    const page = await start();
    await callByKeys(page, '9845012345', ringsMe);
    await page.getByRole('alert').getByText('is on the line: pick up your phone').waitFor();
    await card(page, /98450 12345 is on the line: pick up your phone/).waitFor();
    await phoneRings(page);
    await timer(page, 'How long the customer has waited').getByText('0:02').waitFor();
    await page.keyboard.press('Alt+Enter');
    await card(page, /^Talking to .*98450 12345/).waitFor();
    await myState(page, 'On a call').waitFor();
    await timer(page, 'How long you have talked').getByText('0:02').waitFor();
    await page.keyboard.press('Alt+x');
    await card(page, /^Talked to .*98450 12345/).waitFor();
    await myState(page, 'Wrap-up').waitFor();

    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Interested', pressed: true }).waitFor();
    await tabTo(page, page.getByRole('textbox', { name: 'Note' }));
    await page.keyboard.type('Wants 40 seats, call on 2 Dec');
    await page.keyboard.press('Control+Enter');
    await card(page, /98450 12345/).waitFor({ state: 'detached' });
    await myState(page, 'Ready').waitFor();

    const panel = await openInHistory(page, /98450 12345.*Talked/);
    await panel.getByRole('button', { name: 'Interested', pressed: true }).waitFor();
    expect(await panel.getByRole('textbox', { name: 'Note' }).inputValue()).toBe(
      'Wants 40 seats, call on 2 Dec',
    );
    await panel.getByText('s · by Exotel').waitFor();
    const story = await panel.innerText();
    const mine = Number(/you were on the line (\d+) s/.exec(story)?.[1]);
    expect(story).toContain(`Talked ${mine} s`);
    expect(story).toMatch(new RegExp(`Your phone\\s+${mine} s · by Exotel`));
    // The customer waited for longer than that, and Exotel's whole duration is told only minutes later.
    expect(mine).toBeLessThan(10);
  });

  it('is missed: how long the customer waited is told, and one key calls back without asking', async () => {
    const page = await start({ flows: [...brief] });
    await callByKeys(page, '9845012345', ringsMe);
    await phoneRings(page);
    await card(page, /^You missed .*98450 12345/).waitFor();
    await myState(page, 'Wrap-up').waitFor();

    await page.keyboard.press('Alt+b');
    await phoneRings(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Alt+Enter');
    await card(page, /^Talking to .*98450 12345/).waitFor();
    await page.keyboard.press('Alt+x');
    await page.keyboard.press('Control+Enter');

    const back = await openInHistory(page, /98450 12345.*Talked/);
    await back.getByText('in spite of a warning: Called back').waitFor();
    await back.getByText('just called, called a short while ago').waitFor();
    const panel = await openInHistory(page, /98450 12345.*You missed it: waited [34] s/);
    await panel.getByText(/^You missed it: .*98450 12345 waited [34] s$/).waitFor();
    await panel.getByText('The flow says: you did not answer').waitFor();
  });

  it('is declined', async () => {
    const page = await start();
    await callByKeys(page, '9845012345', ringsMe);
    await phoneRings(page);
    await page.keyboard.press('Alt+x');
    await card(page, /^You declined .*98450 12345/).waitFor();
    await myState(page, 'Wrap-up').waitFor();
    await page.keyboard.press('Control+Enter');
    const panel = await openInHistory(page, /98450 12345.*You declined it/);
    await panel.getByText(/^You declined it: .*98450 12345 waited \d+ s$/).waitFor();
  });

  it('is left by a customer who hangs up while waiting', async () => {
    const page = await start();
    await callByKeys(page, '9845010021', ringsMe);
    await phoneRings(page);
    await card(page, /98450 10021 hung up while waiting/).waitFor();
    await page.getByRole('region', { name: 'Practice phone' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    const panel = await openInHistory(page, /98450 10021.*Left after \d+ s/);
    await panel.getByText(/98450 10021 hung up while waiting \d+ s$/).waitFor();
  });

  it('is called off while the customer’s phone rings: they are connected to nobody', async () => {
    const page = await start();
    await callByKeys(page, '9845012345', ringsMe);
    await card(page, /98450 12345/).waitFor();
    await page.keyboard.press('Alt+o');
    await page.getByText('The customer’s phone may ring on; you will not be connected.').waitFor();
    await card(page, /^Called off: .*98450 12345/).waitFor();
    const panel = await openInHistory(page, /98450 12345.*Called off/);
    await panel.getByText(/^Called off: .*98450 12345 picked up and was connected to nobody$/).waitFor();
    await panel.getByText('because you had called it off').waitFor();
    expect(await page.getByRole('region', { name: 'Practice phone' }).count()).toBe(0);
  });

  it('is connected to nobody where I am Away by the time the customer picks up', async () => {
    const page = await start();
    await callByKeys(page, '9845012345', ringsMe);
    await card(page, /98450 12345/).waitFor();
    await page.keyboard.press('Alt+a');
    await card(page, /^You were away: .*98450 12345 was connected to nobody/).waitFor();
    await myState(page, 'Away').waitFor();
    const panel = await openInHistory(page, /98450 12345.*You were away/);
    await panel.getByText('You were away: nobody was connected', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Practice phone' }).count()).toBe(0);
  });
});

describe('other ways to call, by keyboard alone', () => {
  it('an automated flow, chosen by its digit, speaks by itself and says that no person was on the line', async () => {
    const page = await start();
    await page.keyboard.press('Alt+2');
    await callByKeys(page, '9845012345', 'speaks to them; nobody of you joins');
    await card(page, /The call to .*98450 12345 has ended/).waitFor();
    await myState(page, 'Ready').waitFor();
    const panel = await openInHistory(page, /98450 12345.*Automated/);
    await panel.getByText('Automated: no person was on the line', { exact: true }).waitFor();
    await panel.getByText('Demo reminder').first().waitFor();
  });

  it('ring me first: my phone, then theirs, and the talk has the seconds of both on the line', async () => {
    const page = await start();
    await page.keyboard.press('Alt+p');
    await callByKeys(page, '9845012345', 'rings the practice phone first');
    await card(page, /^Ringing your phone, then .*98450 12345/).waitFor();
    await phoneRings(page);
    await page.keyboard.press('Alt+Enter');
    await card(page, /^Talking to .*98450 12345/).waitFor();
    await timer(page, 'How long you have talked').getByText('0:01').waitFor();
    await page.keyboard.press('Alt+x');
    await card(page, /^Talked to .*98450 12345/).waitFor();
    await page.keyboard.press('Control+Enter');
    const panel = await openInHistory(page, /98450 12345.*Talked/);
    await panel.getByText(/^Talked \d+ s$/).waitFor();
    await panel.getByText('None: your phone was rung first').waitFor();
  });
});

describe('a note in the history', () => {
  it('is never shown as it was before it was typed, not even while the call is read anew', async () => {
    const page = await start();
    await page.keyboard.press('Alt+2');
    await callByKeys(page, '9845012345', 'speaks to them; nobody of you joins');
    await card(page, /The call to .*98450 12345 has ended/).waitFor();
    const panel = await openInHistory(page, /98450 12345.*Automated/);
    const note = panel.getByRole('textbox', { name: 'Note' });
    await tabTo(page, note);
    // What the page sets that is not there already; what a person types does not pass here.
    const set = await note.evaluateHandle((field) => {
      const texts: unknown[] = [];
      const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
      const get = () => value?.get?.call(field) as unknown;
      Object.defineProperty(field, 'value', {
        get,
        set: (text: unknown) => {
          if (text !== get()) texts.push(text);
          value?.set?.call(field, text);
        },
      });
      return texts;
    });
    await page.keyboard.type('Asked for a quote');
    await panel.getByRole('status').getByText('Saved').waitFor();
    await panel.getByText('Note saved').waitFor();
    expect(await set.jsonValue()).toEqual([]);
    expect(await note.inputValue()).toBe('Asked for a quote');
  });
});

describe('a reload', () => {
  it('in the middle of a talk keeps it, and so does one in the middle of the wrap-up', async () => {
    const page = await start();
    await callByKeys(page, '9845012345', ringsMe);
    await phoneRings(page);
    await page.keyboard.press('Alt+Enter');
    await card(page, /^Talking to .*98450 12345/).waitFor();
    await timer(page, 'How long you have talked').getByText('0:02').waitFor();

    await page.reload();
    await card(page, /^Talking to .*98450 12345/).waitFor();
    await timer(page, 'How long you have talked')
      .getByText(/0:(0[2-9]|[1-5]\d)/)
      .waitFor();
    await page.getByRole('region', { name: 'Practice phone' }).getByText('On the line:').waitFor();
    await page.keyboard.press('Alt+x');
    await card(page, /^Talked to .*98450 12345/).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Call back', pressed: true }).waitFor();
    await tabTo(page, page.getByRole('textbox', { name: 'Note' }));
    await page.keyboard.type('After lunch');
    await page.getByRole('status').getByText('Saved').waitFor();

    await page.reload();
    await card(page, /^Talked to .*98450 12345/).waitFor();
    await myState(page, 'Wrap-up').waitFor();
    await page.getByRole('button', { name: 'Call back', pressed: true }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('After lunch');
    await page.keyboard.press('Control+Enter');
    await myState(page, 'Ready').waitFor();
  });
});
