/**
 * The bare core in a process of its own, to be killed: no shell, a vault in memory, a fast clock. `core-child.ts JSON`
 * (a {@link ChildOptions}) obeys {@link Command}s over IPC and answers each.
 */
import { createRouterClient, type RouterClient } from '@orpc/server';
import { noDesktop } from '../../src-main/desktop/no-desktop.ts';
import { createCore } from '../../src-main/core.ts';
import { memoryVault } from '../../src-main/credentials/memory-vault.ts';
import type { Router } from '../../src-main/router/router.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { accountSecrets, reachesTunnel } from './core-harness.ts';
import { fastClock, type FastTime } from './fast-clock.ts';

export interface ChildOptions {
  readonly dataDir: string;
  readonly settings: Partial<Settings>;
  readonly time: FastTime;
  /** Requests in a minute. */
  readonly rateLimit: number;
}

export type Command =
  | { readonly do: 'place'; readonly id: string; readonly number: string }
  | { readonly do: 'get'; readonly id: string }
  | { readonly do: 'list'; readonly after: string | null }
  /** Bytes in use once garbage is collected. */
  | { readonly do: 'weigh' }
  /** Resolves when the public address is proven. */
  | { readonly do: 'open' }
  | { readonly do: 'stop' };

const options = JSON.parse(process.argv[2] ?? '') as ChildOptions; // What core-process.ts wrote.
const clock = fastClock(options.time);
const vault = memoryVault('This is a test.');
await vault.set('exotelApiKey', accountSecrets.exotelApiKey);
await vault.set('exotelApiToken', accountSecrets.exotelApiToken);

let settings: Record<string, unknown> = options.settings;
const silent = () => undefined;
const ports = {
  shell: 'browser' as const,
  clock,
  vault,
  settingsFile: {
    read: () => settings,
    write: (values: Record<string, unknown>) => void (settings = values),
    setAside: null,
  },
  opener: { openUrl: () => Promise.resolve() },
  helpers: {
    start: () => {
      throw new Error('No torture starts a helper.');
    },
  },
  proxy: { forUrl: () => Promise.resolve(null) },
  wake: { onWake: () => silent, look: silent },
  desktop: noDesktop,
  log: {
    info: silent,
    warn: silent,
    error: (message: string, data?: unknown) => console.error(message, data),
  },
};
const core = await createCore(ports, {
  dataDir: options.dataDir,
  version: '0.0.0',
  platform: process.platform,
  provisioning: {
    settings: {},
    secrets: {},
    suggested: {},
    problems: [],
    rateLimit: options.rateLimit,
  },
});
const client: RouterClient<Router> = createRouterClient(core.router, { context: {} });

async function obey(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'place':
      return client.calls.place({
        id: command.id,
        number: command.number,
        actedAt: clock.now(),
        // The rep goes on, whatever the wire did to the call before.
        accept: ['line-down'],
      });
    case 'get':
      return client.calls.get({ id: command.id });
    case 'list':
      return client.calls.list({ after: command.after, limit: 200 });
    case 'weigh':
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    case 'open':
      return reachesTunnel(client, 'open');
    case 'stop':
      return core.stop();
  }
}

process.on('message', ({ n, command }: { n: number; command: Command }) => {
  obey(command).then(
    (value) => process.send?.({ n, value: value ?? null }),
    (error: unknown) => process.send?.({ n, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ callbacks: core.callbacksOrigin });
