import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { icns, icnsSizes, ico, icoSizes, type Picture } from '../../../scripts/lib/icon-files.ts';

/** Red on the top left, blue on the bottom right, else clear. */
function picture(size: number): Picture {
  const pixels = Buffer.alloc(size * size * 4);
  pixels.set([255, 0, 0, 255], 0);
  pixels.set([0, 0, 255, 255], pixels.length - 4);
  return { size, png: Buffer.from(`png of ${size}`), pixels };
}

/** The size that a PNG says it has; null where it is none. */
function pngSize(bytes: Buffer): number | null {
  const isPng = bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return isPng && bytes.readUInt32BE(16) === bytes.readUInt32BE(20) ? bytes.readUInt32BE(16) : null;
}

function icnsEntries(file: Buffer) {
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const entries: { kind: string; data: Buffer }[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const data = file.subarray(at + 8, at + file.readUInt32BE(at + 4));
    entries.push({ kind: file.toString('latin1', at, at + 4), data });
  }
  return entries;
}

function icoEntries(file: Buffer) {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + index * 16;
    const offset = file.readUInt32LE(at + 12);
    const data = file.subarray(offset, offset + file.readUInt32LE(at + 8));
    return { size: file.readUInt8(at) || 256, data };
  });
}

describe('the icon for Windows', () => {
  it('has each size once, as a bitmap from the bottom up, blue first; the largest as a PNG', () => {
    const entries = icoEntries(ico(icoSizes.map(picture)));
    expect(entries.map(({ size }) => size)).toEqual([...icoSizes]);
    const [small] = entries;
    // A header of 40 bytes, 16 rows of 16 pixels, and a mask whose rows are filled up to 4 bytes.
    expect(small?.data.length).toBe(40 + 16 * 16 * 4 + 16 * 4);
    expect(small?.data.readInt32LE(8)).toBe(32);
    const pixels = small?.data.subarray(40, 40 + 16 * 16 * 4);
    expect(pixels?.subarray(15 * 4, 16 * 4)).toEqual(Buffer.from([255, 0, 0, 255]));
    expect(pixels?.subarray(15 * 16 * 4, 15 * 16 * 4 + 4)).toEqual(Buffer.from([0, 0, 255, 255]));
    expect(entries.at(-1)?.data.toString()).toBe('png of 256');
  });

  it('is not made without one of its sizes', () => {
    expect(() => ico([picture(16)])).toThrow('There is no picture of 24 by 24.');
  });
});

describe('the icon for macOS', () => {
  it('has each kind, with the picture of its size', () => {
    const entries = icnsEntries(icns(icnsSizes.map(picture)));
    expect(entries.map(({ kind, data }) => `${kind} ${data.toString()}`)).toEqual([
      'ic11 png of 32',
      'ic12 png of 64',
      'ic07 png of 128',
      'ic13 png of 256',
      'ic08 png of 256',
      'ic14 png of 512',
      'ic09 png of 512',
      'ic10 png of 1024',
    ]);
  });
});

describe('the icons in build/ (`npm run icons`)', () => {
  it('have every size that each desktop asks for', () => {
    expect(icoEntries(readFileSync('build/icon.ico')).map(({ size }) => size)).toEqual([...icoSizes]);
    expect(icnsEntries(readFileSync('build/icon.icns')).map(({ data }) => pngSize(data))).toEqual([
      32, 64, 128, 256, 256, 512, 512, 1024,
    ]);
    expect(pngSize(readFileSync('build/icon.png'))).toBe(1024);
    const linux = readdirSync('build/icons');
    expect(linux).toHaveLength(8);
    for (const file of linux) {
      const size = pngSize(readFileSync(`build/icons/${file}`));
      expect(file).toBe(`${size}x${size}.png`);
    }
  });
});
