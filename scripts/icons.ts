import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../test/support/window.ts';
import { drawSvg } from './lib/draw-svg.ts';
import { icns, icnsSizes, ico, icoSizes, type Picture } from './lib/icon-files.ts';

/**
 * `npm run icons`: draws build/icon.svg in every size that a desktop asks for, into build/: icon.icns for macOS,
 * icon.ico for Windows, icons/ for Linux, icon.png to look at. The files are committed: packaging draws nothing.
 */
const build = path.resolve('build');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  const svg = readFileSync(path.join(build, 'icon.svg'), 'utf8');
  const sizes = [...new Set([...linuxSizes, ...icoSizes, ...icnsSizes])];
  const pictures: Picture[] = [];
  for (const size of sizes) pictures.push(await drawSvg(page, svg, size));

  mkdirSync(path.join(build, 'icons'), { recursive: true });
  for (const { size, png } of pictures) {
    if (linuxSizes.includes(size)) writeFileSync(path.join(build, `icons/${size}x${size}.png`), png);
    if (size === 1024) writeFileSync(path.join(build, 'icon.png'), png);
  }
  writeFileSync(path.join(build, 'icon.icns'), icns(pictures));
  writeFileSync(path.join(build, 'icon.ico'), ico(pictures));
} finally {
  await browser.close();
}
