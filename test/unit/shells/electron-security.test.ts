import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What Electron's list forbids to write (docs/security.md), in all that becomes the program. */
const sources = ['src-main', 'src-renderer', 'src-shared'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|html)$/.test(file))
    .map((file) => {
      const name = path.posix.join(folder, file.replaceAll('\\', '/'));
      return { name, text: readFileSync(name, 'utf8') };
    }),
);

function filesWith(words: RegExp): string[] {
  return sources
    .filter(({ text }) => words.test(text))
    .map(({ name }) => name)
    .toSorted();
}

it('security: the sources are really read', () => {
  expect(filesWith(/new BrowserWindow\(/)).toContain('src-main/shells/electron/page-window.ts');
});

it('security 2: nodeIntegration is never set, nor for workers or subframes', () => {
  expect(filesWith(/nodeIntegration/)).toEqual([]);
});

it('security 3: contextIsolation is never turned off', () => {
  expect(filesWith(/contextIsolation/)).toEqual([]);
});

it('security 4: the sandbox is turned off by no window and no switch', () => {
  expect(filesWith(/\bsandbox\s*:|no-sandbox/)).toEqual([]);
});

it('security 6: webSecurity is never turned off, by no switch either', () => {
  expect(filesWith(/webSecurity|disable-web-security|ignore-certificate-errors/)).toEqual([]);
});

it('security 7: nothing is made HTML or code out of text', () => {
  expect(
    filesWith(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/),
  ).toEqual([]);
});

it('security 8: allowRunningInsecureContent is never set', () => {
  expect(filesWith(/allowRunningInsecureContent|allow-running-insecure-content/)).toEqual([]);
});

it('security 9: experimentalFeatures is never set', () => {
  expect(filesWith(/experimentalFeatures|experimental-web-platform-features/)).toEqual([]);
});

it('security 10: enableBlinkFeatures is never set', () => {
  expect(filesWith(/enableBlinkFeatures|enable-blink-features/)).toEqual([]);
});

it('security 11: there is no webview, so no allowpopups', () => {
  expect(filesWith(/webviewTag|<webview|allowpopups/i)).toEqual([]);
});

it('security 18: nothing is loaded from file:, the page by its own scheme only', () => {
  expect(filesWith(/loadFile\(|['"`]file:\/\//)).toEqual([]);
});

it('security 23: every server listens on 127.0.0.1 only', () => {
  const calls = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/\.listen\(([^,)]*,?[^,)]*)/g)].map(([, args = '']) => ({ name, args })),
  );
  expect(calls.map(({ name }) => name).toSorted()).toEqual([
    'src-main/callbacks/start.ts',
    'src-main/practice-line/start.ts',
    'src-main/shells/browser/server.ts',
  ]);
  for (const { name, args } of calls)
    expect([name, args]).toEqual([name, expect.stringContaining("'127.0.0.1'")]);
});

it('security 22: what is a secret is compared in constant time, and nowhere else', () => {
  expect(filesWith(/(?:timingSafeEqual|isSameSecret|isKnownSecret)\(/)).toEqual([
    'src-main/callbacks/doors.ts',
    'src-main/calls/flow-calls.ts',
    'src-main/practice-line/exchange.ts',
    'src-main/same-secret.ts',
    'src-main/shells/browser/sessions.ts',
    'src-main/storage/call-writes.ts',
  ]);
  // A variable that is named as a secret, beside === or !== and anything but nothing.
  const nothing = String.raw`(?!\s*(?:null|undefined|''))`;
  const compared = new RegExp(
    String.raw`\b(?:token|secret|session|nonce|hash)\b\s*[!=]==${nothing}|[!=]==\s*(?:token|secret|session|nonce|hash)\b(?![.(])`,
    'i',
  );
  const where = filesWith(compared).filter((file) => file.startsWith('src-main/'));
  expect(where).toEqual([]);
});
