import type { Page } from 'playwright-core';
import type { Picture } from './icon-files.ts';

/** A vector drawing in this size: drawn anew, not made smaller, so that a line stays sharp. */
export async function drawSvg(page: Page, svg: string, size: number): Promise<Picture> {
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
