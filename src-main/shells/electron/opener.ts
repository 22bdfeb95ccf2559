import { shell } from 'electron';
import type { Opener } from '../../ports.ts';

/** Hands web addresses to the user's browser; no other scheme, for those may start programs. */
export const opener: Opener = {
  async openUrl(url) {
    const { protocol, href } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not a web address: ${protocol}`);
    await shell.openExternal(href);
  },
};

/** The one page of the system that is opened: where Windows lets a person choose who opens `tel:`. */
export function openDefaultApps(): Promise<void> {
  return shell.openExternal('ms-settings:defaultapps?registeredAppUser=Flowdial');
}
