/** A square picture: as PNG, and as its pixels, RGBA from the top left. */
export interface Picture {
  readonly size: number;
  readonly png: Buffer;
  readonly pixels: Buffer;
}

/** The kinds of picture in an .icns that are a PNG, by what macOS calls them: twice a size is that of a fine screen. */
const icnsKinds = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** The sizes that Windows shows. */
export const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const;

/** Every size that {@link icns} asks for. */
export const icnsSizes = [...new Set(icnsKinds.map(([, size]) => size))];

/** Apple's icon file: each picture behind its kind and its length. Throws where a size is missing. */
export function icns(pictures: readonly Picture[]): Buffer {
  const entries = icnsKinds.map(([kind, size]) => {
    const { png } = ofSize(pictures, size);
    return Buffer.concat([Buffer.from(kind), uint32(png.length + 8), png]);
  });
  const body = Buffer.concat(entries);
  return Buffer.concat([Buffer.from('icns'), uint32(body.length + 8), body]);
}

/**
 * Windows' icon file. The largest is a PNG, the others are bitmaps: that is what every part of Windows and its
 * installers can read. Throws where a size is missing.
 */
export function ico(pictures: readonly Picture[]): Buffer {
  const images = icoSizes.map((size) => {
    const picture = ofSize(pictures, size);
    return { size, data: size === 256 ? picture.png : bitmap(picture) };
  });
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + images.length * 16;
  const directory = images.map(({ size, data }) => {
    const entry = Buffer.alloc(16);
    // One byte each for width and height: 256 is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(data.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += data.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...images.map(({ data }) => data)]);
}

/** A bitmap as icons hold it: from the bottom up, blue first, then a mask that 32-bit pictures leave empty. */
function bitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  // Of picture and mask together.
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const rows = Array.from({ length: size }, (_, row) => {
    const from = (size - 1 - row) * size * 4;
    return blueFirst(pixels.subarray(from, from + size * 4));
  });
  // A bit for each pixel, each row filled up to four bytes.
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size);
  return Buffer.concat([header, ...rows, mask]);
}

function blueFirst(row: Buffer): Buffer {
  const turned = Buffer.from(row);
  for (let at = 0; at < row.length; at += 4) {
    turned[at] = row.readUInt8(at + 2);
    turned[at + 2] = row.readUInt8(at);
  }
  return turned;
}

function ofSize(pictures: readonly Picture[], size: number): Picture {
  const found = pictures.find((picture) => picture.size === size);
  if (found === undefined) throw new Error(`There is no picture of ${size} by ${size}.`);
  return found;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
