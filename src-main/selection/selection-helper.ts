import { createRequire } from 'node:module';
import type { SelectionHookConstructor, SelectionHookInstance } from 'selection-hook';
import { mostText, type ReadAnswer, readRequestSchema } from './selection-messages.ts';

/**
 * A process of its own for selection-hook, whose native part can abort the process it lives in (toolchain.md B3). Runs
 * under `child_process.fork` and under Electron's `utilityProcess`.
 */

/** Electron's `process.parentPort`, as far as it is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: ReadAnswer): void;
}

// Cast: Electron adds parentPort to a utility process; its types are not to be had outside shells/electron.
const { parentPort } = process as { parentPort?: ParentPort };

function send(answer: ReadAnswer): void {
  if (parentPort === undefined) process.send?.(answer);
  else parentPort.postMessage(answer);
}

/** Once it is loaded; null before. What cannot be loaded is tried again when it is asked for again. */
let loaded: SelectionHookInstance | null = null;
/** What the hook said went wrong last. */
let complaint = '';

function load(): SelectionHookInstance {
  if (loaded !== null) return loaded;
  // Cast: the module is CommonJS and exports the class itself, as its types say.
  const Hook = createRequire(import.meta.url)('selection-hook') as SelectionHookConstructor;
  const hook = new Hook();
  // An emitter without a listener for `error` throws it. Nothing else is listened to: no key, no click.
  hook.on('error', (error) => (complaint = error.message));
  return (loaded = hook);
}

function readSelection(): ReadAnswer {
  let hook: SelectionHookInstance;
  complaint = '';
  try {
    hook = load();
  } catch (error) {
    return nothing('no-native', error instanceof Error ? error.message : String(error));
  }
  // Without the permission it runs and stays silent.
  if (process.platform === 'darwin' && !hook.macIsProcessTrusted()) return nothing('no-permission');
  // Passive, and without its own fallback, which types Ctrl+C and takes the clipboard.
  if (!hook.start({ enableClipboard: false, selectionPassiveMode: true })) {
    return nothing('no-native', complaint);
  }
  const text = hook.getCurrentSelection()?.text.slice(0, mostText) ?? '';
  return text.trim() === '' ? nothing('empty', complaint) : { type: 'text', text };
}

function nothing(why: Extract<ReadAnswer, { type: 'nothing' }>['why'], detail = ''): ReadAnswer {
  return { type: 'nothing', why, detail };
}

function receive(message: unknown): void {
  readRequestSchema.parse(message);
  send(readSelection());
  // After the answer, for it takes a moment: between two reads no key and no click of the person passes by here.
  loaded?.stop();
}

if (parentPort === undefined) {
  process.on('message', receive);
  // The program is gone without a word: nobody will end this process.
  process.on('disconnect', () => process.exit());
} else {
  parentPort.on('message', (event) => receive(event.data));
}
