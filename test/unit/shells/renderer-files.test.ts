import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveRendererFile } from '../../../src-main/shells/renderer-files.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'flowdial-renderer-'));
  root = path.join(folder, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  writeFileSync(
    path.join(root, 'index.html'),
    '<meta name="flowdial-shell" content="__FLOWDIAL_SHELL__"><script nonce="__CSP_NONCE__"></script><style nonce="__CSP_NONCE__"></style>',
  );
  writeFileSync(path.join(root, 'assets/index-B-x_9.js'), 'export {}');
  writeFileSync(path.join(root, 'assets/index-B-x_9.js.map'), '{}');
  writeFileSync(path.join(root, 'logo.svg'), '<svg/>');
  writeFileSync(path.join(root, '.hidden.js'), 'secret');
  writeFileSync(path.join(folder, 'outside.js'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (pathname: string) => serveRendererFile(root, pathname, 'browser');
const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('serveRendererFile', () => {
  it('serves a built file with its type, cached for good under its hashed name', async () => {
    const { status, headers, body } = await get('/assets/index-B-x_9.js');
    expect(status).toBe(200);
    expect(text(body)).toBe('export {}');
    expect(headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });

  it('serves a file outside assets/ without caching it', async () => {
    expect((await get('/logo.svg')).headers).toMatchObject({
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'no-store',
    });
  });

  it.each(['/', '/index.html', '/history', '/history/4f1c', '/settings/', '/assets'])(
    'answers %s with the page',
    async (pathname) => {
      const { status, headers, body } = await get(pathname);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      expect(text(body)).toContain('<meta name="flowdial-shell" content="browser">');
    },
  );

  it('gives each load of the page a nonce of its own, the same in the page and in its policy', async () => {
    const loads = await Promise.all([get('/'), get('/')]);
    const nonces = loads.map(({ headers, body }) => {
      const inPolicy = /style-src 'self' 'nonce-([\w+/=]+)'/.exec(
        headers['Content-Security-Policy'] ?? '',
      )?.[1];
      const inPage = [...text(body).matchAll(/nonce="([^"]+)"/g)].map((match) => match[1]);
      expect(inPage).toEqual([inPolicy, inPolicy]);
      expect(Buffer.from(inPolicy ?? '', 'base64')).toHaveLength(16);
      return inPolicy;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('names the shell it was asked for', async () => {
    expect(text((await serveRendererFile(root, '/', 'electron')).body)).toContain('content="electron"');
  });

  it.each(['/', '/assets/index-B-x_9.js', '/missing.js'])(
    'security 7: puts every security header on %s',
    async (pathname) => {
      const { headers } = await get(pathname);
      expect(headers).toMatchObject({
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      const policy = (headers['Content-Security-Policy'] ?? '').split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ]),
      );
      expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
    },
  );

  it.each([
    '/../outside.js',
    '/assets/../../outside.js',
    '/assets/../logo.svg',
    '/..%2foutside.js',
    '/%2e%2e/outside.js',
    '/%2e%2e%2foutside.js',
    '/..\\outside.js',
    '/assets/..%5c..%5coutside.js',
    '/logo.svg%00.js',
    '/logo.svg\0.js',
    '//logo.svg',
    '/./logo.svg',
    '/.hidden.js',
    'logo.svg',
    '/outside.js',
    '/assets/index-B-x_9.js.map',
    '/logo.svg\n',
  ])('security 18: does not serve %j', async (pathname) => {
    const { status, body } = await get(pathname);
    expect({ status, body: text(body) }).toEqual({ status: 404, body: 'Not found\n' });
  });

  it('answers 404 for a file that is not there, or lies behind a file', async () => {
    expect((await get('/assets/gone.js')).status).toBe(404);
    expect((await get('/logo.svg/x.js')).status).toBe(404);
  });
});
