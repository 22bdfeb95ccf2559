import path from 'node:path';
import { Menu, nativeImage, nativeTheme, Tray as ElectronTray } from 'electron';
import type { TrayAction, TrayModel } from '../../desktop/tray-model.ts';
import type { Tray } from '../../ports.ts';
import { trayIconFile, trayMenu } from './tray-menu.ts';

/** The tray's icon, there from the first drawing on. `open`: a click on it, where a click does not open its menu. */
export function createTray(open: () => void): Tray {
  let tray: ElectronTray | null = null;
  let sign: TrayModel['sign'] | null = null;

  function icon(of: TrayModel['sign']) {
    const file = trayIconFile(of, process.platform, nativeTheme.shouldUseDarkColorsForSystemIntegratedUI);
    return nativeImage.createFromPath(path.join(import.meta.dirname, 'tray', file));
  }

  function createAt(first: TrayModel['sign']): ElectronTray {
    const created = new ElectronTray(icon(first));
    created.on('click', () => {
      if (process.platform !== 'darwin') open();
    });
    nativeTheme.on('updated', () => {
      if (sign !== null) created.setImage(icon(sign));
    });
    return created;
  }

  return {
    show(model: TrayModel, run: (action: TrayAction) => void) {
      tray ??= createAt(model.sign);
      // While somebody talks it is drawn each second: a picture that stays is not read anew.
      if (model.sign !== sign) tray.setImage(icon(model.sign));
      sign = model.sign;
      tray.setToolTip(model.tooltip);
      if (process.platform === 'darwin') tray.setTitle(model.title);
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(model.items, run)));
    },
  };
}
