import path from 'node:path';
import { protocol } from 'electron';
import { serveRendererFile } from '../renderer-files.ts';
import { isOurPage, pageScheme } from './page-origin.ts';

/** Makes `app:` a scheme with origins, like https. Must be called before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers `app://flowdial/…` from the built page's folder and nothing else. */
export function servePage(): void {
  const root = path.join(import.meta.dirname, '../renderer');
  protocol.handle(pageScheme, async (request) => {
    if (request.method !== 'GET') return new Response(null, { status: 405, headers: { Allow: 'GET' } });
    if (!isOurPage(request.url)) return new Response(null, { status: 404 });
    const { status, headers, body } = await serveRendererFile(
      root,
      new URL(request.url).pathname,
      'electron',
    );
    return new Response(body, { status, headers });
  });
}
