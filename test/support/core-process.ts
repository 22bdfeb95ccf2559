import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { callViewSchema, storedEventSchema } from '../../src-shared/contract/calls.ts';
import type { ChildOptions, Command } from './core-child.ts';
import type { PublicFront } from './public-front.ts';

const message = z.union([
  z.object({ callbacks: z.string() }),
  z.object({ n: z.int(), error: z.string() }),
  z.object({ n: z.int(), value: z.unknown() }),
]);
const page = z.object({ calls: z.array(callViewSchema), next: z.string().nullable() });
const whole = z.object({ call: callViewSchema, events: z.array(storedEventSchema) });

type CallPage = z.infer<typeof page>;

/** The core in a process of its own. What was asked of it and not answered when it dies rejects. */
export interface CoreProcess {
  /** Of its callback server. */
  readonly callbacks: string;
  /** Resolves when the call is durable. */
  place(id: string, number: string): Promise<void>;
  get(id: string): Promise<z.infer<typeof whole>>;
  /** Every call, newest first. */
  all(): Promise<CallPage['calls']>;
  /** Bytes of its heap once garbage is collected. */
  weigh(): Promise<number>;
  /** Ends it as a person does. */
  stop(): Promise<void>;
  /** SIGKILL: no line of its code runs any more. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts core-child.ts, which is gone at the latest when the test ends. It is ready when Exotel can reach it by `front`. */
export async function startCoreProcess(given: ChildOptions, front?: PublicFront): Promise<CoreProcess> {
  const options =
    front === undefined
      ? given
      : { ...given, settings: { ...given.settings, tunnel: 'url' as const, tunnelUrl: front.url } };
  front?.hold();
  const file = fileURLToPath(new URL('core-child.ts', import.meta.url));
  const child = fork(file, [JSON.stringify(options)], {
    execArgv: ['--expose-gc'],
    // Most of a start is reading TypeScript: once is enough.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'flowdial-compile-cache') },
  });
  const ended = once(child, 'exit');
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ready = Promise.withResolvers<string>();
  let count = 0;

  child.on('message', (raw) => {
    const told = message.parse(raw);
    if ('callbacks' in told) return ready.resolve(told.callbacks);
    const waiting = asked.get(told.n);
    asked.delete(told.n);
    if ('error' in told) waiting?.reject(new Error(told.error));
    else waiting?.resolve(told.value);
  });
  void ended.then(() => {
    const gone = new Error('The core is gone.');
    ready.reject(gone);
    for (const waiting of asked.values()) waiting.reject(gone);
  });

  function ask(command: Command): Promise<unknown> {
    if (!child.connected) return Promise.reject(new Error('The core is gone.'));
    return new Promise((resolve, reject) => {
      const n = count++;
      asked.set(n, { resolve, reject });
      // A child that was just killed: `ended` rejects what was asked.
      child.send({ n, command }, () => undefined);
    });
  }

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }
  onTestFinished(kill);

  const callbacks = await ready.promise;
  if (front !== undefined) {
    front.leadTo(callbacks);
    await ask({ do: 'open' });
  }
  return {
    callbacks,
    async place(id, number) {
      await ask({ do: 'place', id, number });
    },
    get: async (id) => whole.parse(await ask({ do: 'get', id })),
    async all() {
      const calls: CallPage['calls'] = [];
      for (let after: string | null = null; ; ) {
        const next: CallPage = page.parse(await ask({ do: 'list', after }));
        calls.push(...next.calls);
        if (next.next === null) return calls;
        after = next.next;
      }
    },
    weigh: async () => z.number().parse(await ask({ do: 'weigh' })),
    async stop() {
      await ask({ do: 'stop' });
      child.disconnect();
      await ended;
    },
    kill,
  };
}
