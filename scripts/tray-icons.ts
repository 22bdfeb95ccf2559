import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../test/support/window.ts';
import { drawSvg } from './lib/draw-svg.ts';
import { trayDrawing, type TrayLook, trayScales, traySigns } from './lib/tray-drawings.ts';

/**
 * `npm run tray-icons`: draws every sign of the tray in every look and scale. The files are committed; the build lays
 * them beside the main bundle.
 */
const folder = path.resolve('src-main/shells/electron/tray');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  for (const sign of traySigns) {
    for (const look of Object.keys(trayScales) as TrayLook[]) {
      for (const [ending, size] of trayScales[look]) {
        const { png } = await drawSvg(page, trayDrawing(sign, look), size);
        writeFileSync(path.join(folder, `${sign}${look}${ending}.png`), png);
      }
    }
  }
} finally {
  await browser.close();
}
