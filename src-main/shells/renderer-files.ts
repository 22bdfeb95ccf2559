import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The page's files as both shells serve them: out of one folder, each with the same security headers. Whatever does
 * not look like a file that our build makes is not there.
 */
export interface RendererResponse {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const html = 'text/html; charset=utf-8';
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': html,
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Answers a GET for `pathname` (as it stands in the URL, still percent-encoded, without query) from the folder `root`.
 * A path without an extension is a place in the app and gets index.html, which names the shell that serves it and
 * carries a nonce good for this one load. Rejects only where the disk fails.
 */
export async function serveRendererFile(
  root: string,
  pathname: string,
  shell: 'electron' | 'browser',
): Promise<RendererResponse> {
  // An allow-list: no `%`, no backslash, no segment that begins with a dot, so neither `..` nor a disguise of it.
  if (!/^(\/[\w-][\w.-]*)*\/?$/.test(pathname)) return notFound();
  const extension = path.extname(pathname);
  const type = types[extension || '.html'];
  if (type === undefined) return notFound();
  const file = await readIfThere(path.join(root, extension ? pathname : 'index.html'));
  if (file === null) return notFound();
  if (type === html) return page(file, shell);
  // Vite puts a hash of the content into the names of assets/, so that a name's content never changes.
  const cache = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store';
  return respond(200, file, type, cache);
}

function page(template: Buffer, shell: string): RendererResponse {
  const nonce = randomBytes(16).toString('base64');
  const text = template
    .toString('utf8')
    .replaceAll('__CSP_NONCE__', nonce)
    .replaceAll('__FLOWDIAL_SHELL__', shell);
  return respond(200, Buffer.from(text), html, 'no-store', ` 'nonce-${nonce}'`);
}

function notFound(): RendererResponse {
  return respond(404, Buffer.from('Not found\n'), 'text/plain; charset=utf-8', 'no-store');
}

function respond(
  status: 200 | 404,
  body: Uint8Array<ArrayBuffer>,
  type: string,
  cache: string,
  styleNonce = '',
): RendererResponse {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // The nonce is for the style tags that Mantine makes; an image opened by itself gets none.
    `style-src 'self'${styleNonce}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    status,
    headers: {
      'Content-Type': type,
      'Cache-Control': cache,
      'Content-Security-Policy': policy.join('; '),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    body,
  };
}

async function readIfThere(file: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw error;
  }
}
