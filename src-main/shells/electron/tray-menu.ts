import type { MenuItemConstructorOptions } from 'electron';
import type { TrayAction, TrayItem, TraySign } from '../../desktop/tray-model.ts';
import { assertNever } from '../../../src-shared/errors.ts';

/** The tray's menu as Electron takes it. */
export function trayMenu(
  items: readonly TrayItem[],
  run: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return items.map((item): MenuItemConstructorOptions => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'action':
        return {
          label: item.label,
          enabled: item.enabled,
          ...(item.checked === null ? {} : { type: 'checkbox', checked: item.checked }),
          click: () => run(item.action),
        };
      default:
        return assertNever(item);
    }
  });
}

/**
 * The drawing for a sign (scripts/tray-icons.ts). macOS colours a template itself; elsewhere the ink is light where the
 * tray's ground is dark.
 */
export function trayIconFile(sign: TraySign, platform: NodeJS.Platform, darkGround: boolean): string {
  if (platform === 'darwin') return `${sign}Template.png`;
  return `${sign}-${darkGround ? 'light' : 'dark'}.png`;
}
