import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where @electron/fuses finds the switches inside Electron's binary: this text, a version, a count, then one byte each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
];
/** As Electron ships them: '1' is on, '0' is off. */
const shipped = '101110011';

/**
 * Writes what electron-builder asks of an unpacked Electron for Linux, with a file of fuses for a binary: enough to
 * package, where the real one cannot be had.
 */
export function writeFakeElectron(folder: string): void {
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
  const binary = `binary ${sentinel}${String.fromCharCode(1, shipped.length)}${shipped} code`;
  writeFileSync(path.join(folder, 'electron'), binary, { mode: 0o755 });
}

/** The fuses of a packaged fake, by name. */
export function readFuses(binary: string): Record<string, boolean> {
  const start = binary.indexOf(sentinel) + sentinel.length + 2;
  return Object.fromEntries(fuseNames.map((name, index) => [name, binary[start + index] === '1']));
}
