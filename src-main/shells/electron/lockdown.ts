import { app, session } from 'electron';
import { isOurPage } from './page-origin.ts';

/**
 * Whatever happens in a page, it stays our page: no other address, window, frame or webview, and no permission but to
 * copy text. Must be called once Electron is ready and before the first window is made.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', keepOurPage);
    contents.on('will-frame-navigate', keepOurPage);
    contents.on('will-redirect', keepOurPage);
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isAllowed(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => {
    return isAllowed(permission) && isOurPage(origin);
  });
  defaultSession.setDevicePermissionHandler(() => false);
}

function keepOurPage(event: { readonly url: string; preventDefault(): void }): void {
  if (!isOurPage(event.url)) event.preventDefault();
}

/** Copying a Sid or a number is all that the page asks of the desktop by itself. */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}
