import type { ParentPort } from 'electron';
import { emitter, strict } from './strict.ts';

/** Loaded first into a helper: gives it Electron's `process.parentPort`, and takes Node's own channel away. */
const { outside, emit } = emitter('parentPort', ['message']);
const send = process.send?.bind(process);
process.on('message', ({ message }: { message: unknown }) => emit('message', { data: message, ports: [] }));
delete process.send;
Object.defineProperty(process, 'parentPort', {
  value: strict('parentPort', {
    ...outside,
    postMessage: (message: unknown) => void send?.(message),
  } satisfies Pick<ParentPort, 'postMessage'> & typeof outside),
});
