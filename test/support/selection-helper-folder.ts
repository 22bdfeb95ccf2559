import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Helper, Helpers, Log } from '../../src-main/ports.ts';
import { forkHelper } from '../../src-main/shells/browser/forked-helpers.ts';

/** The built program in a folder of its own, whose selection-hook a test chooses. */
export interface HelperFolder {
  readonly path: string;
  /** The helper's script, to be forked. */
  readonly module: URL;
  remove(): void;
}

/** @param hook where another selection-hook lies, or the code of one */
export function makeHelperFolder(
  hook: { readonly at: string } | { readonly code: string } | null,
): HelperFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-selection-'));
  cpSync(path.resolve('dist/main'), path.join(folder, 'main'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  const place = path.join(folder, 'node_modules/selection-hook');
  mkdirSync(path.dirname(place));
  if (hook !== null && 'at' in hook) symlinkSync(hook.at, place, 'junction');
  if (hook !== null && 'code' in hook) {
    mkdirSync(place);
    writeFileSync(path.join(place, 'package.json'), '{"main":"index.cjs"}');
    writeFileSync(path.join(place, 'index.cjs'), hook.code);
  }
  return {
    path: folder,
    module: pathToFileURL(path.join(folder, 'main/selection-helper.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Real helpers from that folder, and every one that was started. */
export function helpersFrom(
  folder: HelperFolder,
  env: NodeJS.ProcessEnv,
  log: Log,
): Helpers & { readonly started: readonly (Helper & { readonly ended: Promise<string> })[] } {
  const started: (Helper & { readonly ended: Promise<string> })[] = [];
  return {
    started,
    start(name, on) {
      const { promise: ended, resolve } = Promise.withResolvers<string>();
      const helper = forkHelper(name, folder.module, env, log, {
        message: on.message,
        exit(reason) {
          resolve(reason);
          on.exit(reason);
        },
      });
      started.push({ ...helper, ended });
      return helper;
    },
  };
}

/**
 * A selection-hook in place of the native one: what is highlighted stands in the file `highlighted` of its package's
 * folder, and one of these words there makes it do what natives do at their worst.
 */
export const scriptedHook = `
const { EventEmitter } = require('node:events');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
module.exports = class SelectionHook extends EventEmitter {
  #told = { starts: [], stops: 0, other: [] };
  #running = false;
  constructor() {
    super();
    const told = this.#told;
    return new Proxy(this, {
      get(target, name) {
        const value = target[name];
        if (value === undefined) told.other.push(String(name));
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
  start(config) { this.#told.starts.push(config); return (this.#running = true); }
  stop() { this.#told.stops++; this.#running = false; return true; }
  getCurrentSelection() {
    if (!this.#running) return null;
    const file = join(__dirname, 'highlighted');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text === '') return null;
    if (text === 'ABORT') process.abort();
    if (text === 'HANG') for (;;);
    if (text === 'ABORT AT EXIT') process.on('exit', () => process.abort());
    if (text === 'TELL') return { text: JSON.stringify({ ...this.#told, listeners: this.eventNames() }) };
    return { text };
  }
};
`;

/** What the scripted hook takes for highlighted from now on. */
export function highlightIn(folder: HelperFolder, text: string): void {
  writeFileSync(path.join(folder.path, 'node_modules/selection-hook/highlighted'), text);
}
