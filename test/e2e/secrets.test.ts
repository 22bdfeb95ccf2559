import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir } from '../support/core-harness.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../support/fake-exotel.ts';
import { type Program, startProgram } from '../support/program.ts';
import { launchBrowser, openWindow, type Window } from '../support/window.ts';

/** Unmistakable wherever they turn up. */
const secrets = {
  key: 'KEY-Zq7vW2mXc9',
  token: 'TOKEN-r4Tb8NpYk1',
  ngrok: 'NGROK-w9Gf2RxVo7',
} as const;
const forms = Object.values(secrets).flatMap((secret) => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]);
const basic = Buffer.from(`${secrets.key}:${secrets.token}`).toString('base64');
const traces = [...forms, basic];

function foundIn(text: string): string[] {
  return traces.filter((trace) => text.includes(trace));
}

let exotel: FakeExotel;
let browser: Browser;
let program: Program;
let window: Window;
const data = makeDataDir();
const outside = makeDataDir();

beforeAll(async () => {
  exotel = await startFakeExotel();
  exotel.answer((request, response) => {
    if (request.path.endsWith('/Calls/connect')) sendXml(response, 200, callXml({ Sid: 'sid1' }));
    else
      sendXml(
        response,
        401,
        `<TwilioResponse><RestException><Status>401</Status><Message>Bad credentials</Message></RestException></TwilioResponse>`,
      );
  });
  const file = (name: string, value: string) => {
    const at = path.join(outside.dir, name);
    writeFileSync(at, `${value}\n`, { mode: 0o600 });
    return at;
  };
  browser = await launchBrowser();
  program = await startProgram({
    dataDir: data.dir,
    env: {
      FLOWDIAL_EXOTEL_HOST: exotel.origin,
      FLOWDIAL_ACCOUNT_SID: 'acme1',
      FLOWDIAL_CALLER_ID: '08047191234',
      FLOWDIAL_APP_ID: '29281',
      FLOWDIAL_API_KEY_FILE: file('key', secrets.key),
      FLOWDIAL_API_TOKEN_FILE: file('token', secrets.token),
      FLOWDIAL_NGROK_AUTHTOKEN_FILE: file('ngrok', secrets.ngrok),
      // The helper runs, with the token, and fails: nothing of ngrok's is reached from here.
      FLOWDIAL_TUNNEL: 'ngrok',
    },
  });
  window = await openWindow(browser, program.ready.url);
  const { page } = window;
  await page.getByRole('combobox', { name: 'Number or name' }).fill('9845012345');
  await page.keyboard.press('Enter');
  const callAnyway = page.getByRole('button', { name: 'Call anyway' });
  const card = page.getByRole('article', { name: /98450 12345/ });
  await callAnyway.or(card).first().waitFor();
  if (await callAnyway.isVisible()) await callAnyway.click();
  await exotel.connect(1);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /^Test/ }).click();
  await page
    .getByText(/key or token/)
    .first()
    .waitFor();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await exotel.close();
  await data.remove();
  await outside.remove();
});

describe('security 26: a secret that was used to call and to test the account', () => {
  it('really was used', () => {
    expect(exotel.connects()[0]?.headers.authorization).toBe(`Basic ${basic}`);
  });

  it('is in no file of the data folder, its log included', () => {
    const files = readdirSync(data.dir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map((entry) => entry.name)).toEqual(expect.arrayContaining(['flowdial.db', 'flowdial.log']));
    for (const entry of files) {
      const content = readFileSync(path.join(entry.parentPath, entry.name), 'latin1');
      expect({ file: entry.name, found: foundIn(content) }).toEqual({ file: entry.name, found: [] });
    }
  });

  it('is in nothing the program wrote', () => {
    expect(foundIn(program.output())).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'is in no argv of it and in neither argv nor environment of its children',
    () => {
      const own = String(program.process.pid);
      const all = processes();
      const children = all.filter((each) => each.parent === own);
      const me = all.filter((each) => each.id === own);
      expect(me).toHaveLength(1);
      for (const each of [...me, ...children]) expect(foundIn(each.argv)).toEqual([]);
      for (const each of children) {
        expect(foundIn(each.environment)).toEqual([]);
        expect(each.environment).not.toContain('FLOWDIAL_');
      }
    },
  );

  it('never reaches the page, in its text or in its heap', async () => {
    expect(foundIn(await window.page.content())).toEqual([]);
    const heap = await heapOf(await window.page.context().newCDPSession(window.page));
    // What the page does hold is found in the same way, so that this search is known to find things.
    expect(heap).toContain('acme1');
    expect(foundIn(heap)).toEqual([]);
  });
});

interface ProcessEntry {
  readonly id: string;
  readonly parent: string;
  readonly argv: string;
  readonly environment: string;
}

function processes(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const status = readFileSync(`/proc/${id}/status`, 'utf8');
        return [
          {
            id,
            parent: /^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? '',
            argv: readFileSync(`/proc/${id}/cmdline`, 'utf8'),
            environment: readFileSync(`/proc/${id}/environ`, 'utf8'),
          },
        ];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}

async function heapOf(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return chunks.join('');
}
