import { app, BrowserWindow } from 'electron';
import type { LinkScheme } from '../../desktop/links.ts';
import type { LinkOwner, Log } from '../../ports.ts';
import { openDefaultApps } from './opener.ts';

/** Windows starts this program with a link behind `--`, as build/installer.nsh writes it: it can be no switch. */
const packaged = [process.execPath, ['--']] as const;

/**
 * Whose links the system says they are. Asking takes a Linux desktop 0.1 s, too long for a press of the hotkey over
 * another program: it is asked anew only once the person has come (back) to a window of ours, and is in one.
 */
export function createLinkOwner(log: Log): LinkOwner {
  const known = new Map<LinkScheme, boolean>();
  const stale = new Set<LinkScheme>();
  app.on('browser-window-focus', () => {
    for (const scheme of known.keys()) stale.add(scheme);
  });
  // Started from its folder, Electron needs to be told which program it is.
  const [program, args] = app.isPackaged ? packaged : [process.execPath, [app.getAppPath(), '--']];

  function look(scheme: LinkScheme): boolean {
    const ours = app.isDefaultProtocolClient(scheme, program, [...args]);
    known.set(scheme, ours);
    stale.delete(scheme);
    return ours;
  }

  return {
    owns(scheme) {
      const last = known.get(scheme);
      const asks = last === undefined || (stale.has(scheme) && BrowserWindow.getFocusedWindow() !== null);
      return asks ? look(scheme) : last;
    },
    claim(scheme) {
      const claimed = app.setAsDefaultProtocolClient(scheme, program, [...args]);
      look(scheme);
      // Since 2018 no program can do it for these: only the person can.
      const onlyByHand = process.platform === 'win32' && scheme !== 'flowdial';
      if (onlyByHand) {
        openDefaultApps().catch((error: unknown) => {
          log.warn('the page of default apps was not opened', { error: String(error) });
        });
      }
      return onlyByHand || claimed;
    },
  };
}
