import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where @electron/fuses finds the switches inside Electron's binary; it does not export it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 ships its fuses, by their place: '1' is on, '0' is off. */
const shipped = '101110011';

/**
 * Writes what electron-builder asks of an unpacked Electron for Linux, with a file of fuses for a binary: enough to
 * put a package together where the real one cannot be had. `states` gives the fuses another number or state.
 */
export function writeFakeElectron(folder: string, states = shipped): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  for (const file of [
    'version',
    'LICENSE',
    'LICENSES.chromium.html',
    'chrome-sandbox',
    'locales/en-US.pak',
  ]) {
    writeFileSync(path.join(folder, file), '45.4.1');
  }
  writeFakeBinary(path.join(folder, 'electron'), states);
}

/** A file in which @electron/fuses finds the switches: their mark, a version, their number, then one byte each. */
export function writeFakeBinary(file: string, states = shipped): void {
  const wire = `${sentinel}${String.fromCharCode(1, states.length)}${states}`;
  writeFileSync(file, `binary ${wire} code`, { mode: 0o755 });
}
