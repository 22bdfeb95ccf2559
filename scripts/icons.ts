import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/window.ts';
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
  for (const size of sizes) pictures.push(await draw(page, svg, size));

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

/** Drawn anew in each size, not made smaller: a line stays sharp. */
async function draw(page: Page, svg: string, size: number): Promise<Picture> {
  const drawn = await page.evaluate(
    async ({ source, side }) => {
      const image = new Image(side, side);
      image.src = `data:image/svg+xml;base64,${btoa(source)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = side;
      canvas.height = side;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('This Chromium draws nothing.');
      context.drawImage(image, 0, 0, side, side);
      const png = canvas.toDataURL('image/png').replace(/^.*,/, '');
      const { data } = context.getImageData(0, 0, side, side);
      return { png, pixels: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')) };
    },
    { source: svg, side: size },
  );
  return { size, png: Buffer.from(drawn.png, 'base64'), pixels: Buffer.from(drawn.pixels, 'base64') };
}
