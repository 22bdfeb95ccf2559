import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `node run.ts <entry> [arguments]` runs a built main process as Electron would, against the stand-in: the same argv,
 * and `ready` only once the entry module has been evaluated.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

process.argv.splice(1, 1);
const [, entry] = process.argv;
if (entry === undefined) throw new Error('Which program?');

const { listenToTest } = await import('./control.ts');
const { becomeReady } = await import('./readiness.ts');
listenToTest();
await import(pathToFileURL(path.resolve(entry)).href);
becomeReady();
