import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { z } from 'zod';
import { type Core, createCore } from '../../src-main/core.ts';
import { memoryVault } from '../../src-main/credentials/memory-vault.ts';
import { noDesktop } from '../../src-main/desktop/no-desktop.ts';
import type { Timeouts } from '../../src-main/exotel/transport.ts';
import type { Clock, Log, Ports, WakeReason } from '../../src-main/ports.ts';
import type { Router } from '../../src-main/router/router.ts';
import { systemClock } from '../../src-main/shells/system-clock.ts';
import { newCallId } from '../../src-shared/call-id.ts';
import type { CallStatus } from '../../src-shared/call.ts';
import { type Flow, flowSchema } from '../../src-shared/flow.ts';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { SecretName, Settings, settingsSchema } from '../../src-shared/settings.ts';
import type { PublicFront } from './public-front.ts';

/** A folder under the system's temporary one, to be removed by `remove`; with settings in it where some are given. */
export function makeDataDir(settings?: z.input<typeof settingsSchema>): {
  readonly dir: string;
  remove(): Promise<void>;
} {
  const dir = mkdtempSync(path.join(tmpdir(), 'flowdial-test-'));
  if (settings !== undefined) {
    writeFileSync(path.join(dir, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** The whole core in this process, with what only a desktop could give replaced by the plainest thing that works. */
export interface CoreHarness {
  readonly core: Core;
  readonly client: RouterClient<Router>;
  /** Every state a call has been in, as the windows are told, oldest first. */
  readonly told: readonly CallView[];
  readonly opened: readonly string[];
  readonly log: readonly string[];
  /** Places a call as a window does. */
  place(
    number: string,
    more?: Partial<{
      id: string;
      actedAt: number;
      accept: CallView['overrode'];
      acceptWhy: string;
      flowId: string;
      ringMeFirst: boolean;
    }>,
  ): Promise<CallView>;
  /** Resolves when the windows are told of this call in this status (at once, where they have been). */
  reaches(id: string, status: CallStatus): Promise<CallView>;
  /** The computer woke, or its network changed; it never does by itself. */
  wake(why: WakeReason): void;
  stop(): Promise<void>;
}

export async function startCoreHarness(options: {
  readonly dataDir: string;
  readonly clock?: Clock;
  readonly settings?: Partial<Settings>;
  readonly secrets?: Partial<Record<SecretName, string>>;
  readonly ports?: Partial<Ports>;
  /** As Node names it; this computer's where it is left out. */
  readonly platform?: string;
  /** Called where the core looks whether this computer slept: fire `wake` in it. */
  readonly asleep?: () => void;
  /** Requests in a minute; Exotel's own figure where it is left out. */
  readonly rateLimit?: number;
  /** How long Exotel may take to answer. */
  readonly timeouts?: Timeouts;
  /** The public address: the core is ready when Exotel can reach it there. */
  readonly front?: PublicFront;
}): Promise<CoreHarness> {
  const told: CallView[] = [];
  const opened: string[] = [];
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wakeListeners = new Set<(why: WakeReason) => void>();
  const write = (message: string, data?: Readonly<Record<string, unknown>>) => {
    lines.push(`${message} ${JSON.stringify(data ?? {})}`);
  };
  const log: Log = { info: write, warn: write, error: write };
  const { front } = options;
  let file: Record<string, unknown> = {
    flows: [plainFlow],
    ...options.settings,
    ...(front === undefined ? {} : { tunnel: 'url', tunnelUrl: front.url }),
  };
  const clock = options.clock ?? systemClock;
  const ports: Ports = {
    shell: 'browser',
    clock,
    vault: memoryVault('This is a test.'),
    settingsFile: {
      read: () => file,
      write: (values) => {
        file = values;
      },
      setAside: null,
    },
    opener: {
      openUrl: (url) => {
        opened.push(url);
        return Promise.resolve();
      },
    },
    helpers: {
      start: () => {
        throw new Error('No test of the core starts a helper.');
      },
    },
    proxy: { forUrl: () => Promise.resolve(null) },
    wake: {
      onWake(listener) {
        wakeListeners.add(listener);
        return () => wakeListeners.delete(listener);
      },
      look: () => options.asleep?.(),
    },
    desktop: noDesktop,
    log,
    ...options.ports,
  };
  for (const [name, value] of Object.entries(options.secrets ?? {})) {
    await ports.vault.set(name as SecretName, value); // Object.entries forgets the key's type.
  }
  front?.hold();
  const core = await createCore(ports, {
    dataDir: options.dataDir,
    version: '0.0.0',
    platform: options.platform ?? process.platform,
    provisioning: {
      settings: {},
      secrets: {},
      suggested: {},
      problems: [],
      ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
    },
    practice: { ringMs: 50, talkMs: 50 },
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  const client: RouterClient<Router> = createRouterClient(core.router, { context: {} });
  if (front !== undefined) {
    front.leadTo(core.callbacksOrigin);
    await reachesTunnel(client, 'open');
  }
  const live = await client.calls.live();
  const following = (async () => {
    for await (const call of live) {
      told.push(call);
      for (const look of waiting) look();
    }
  })();

  return {
    core,
    client,
    told,
    opened,
    log: lines,
    place(number, more = {}) {
      return client.calls.place({
        id: newCallId(),
        number,
        actedAt: clock.now(),
        accept: [],
        ...more,
      } as Parameters<typeof client.calls.place>[0]); // `accept` is widened by Partial.
    },
    reaches(id, status) {
      return new Promise((resolve) => {
        const look = () => {
          const found = told.find((call) => call.id === id && call.status === status);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    wake(why) {
      for (const listener of wakeListeners) listener(why);
    },
    async stop() {
      await live.return?.(undefined);
      await following;
      await core.stop();
    },
  };
}

/** Resolves with the state of the public address once the windows are told that it is in this one. */
export async function reachesTunnel<S extends TunnelState['state']>(
  client: RouterClient<Router>,
  state: S,
): Promise<Extract<TunnelState, { state: S }>> {
  for await (const { tunnel } of await client.app.status()) {
    if (isIn(tunnel, state)) return tunnel;
  }
  throw new Error('The core ended.');
}

function isIn<S extends TunnelState['state']>(
  tunnel: TunnelState,
  state: S,
): tunnel is Extract<TunnelState, { state: S }> {
  return tunnel.state === state;
}

/** An automated flow whose applets ask nobody: calls of it are told by their status alone. */
export const plainFlow: Flow = flowSchema.parse({
  id: 'plain',
  name: 'Announcement',
  kind: 'automated',
  appId: '29281',
  asks: { connect: false, greeting: false, legEvents: false, passthru: false },
});

/** Settings of an account whose Exotel is the test's own. */
export function accountSettings(origin: string): Partial<Settings> {
  return {
    line: 'account',
    host: origin,
    accountSid: 'acme1',
    callerId: '08047191234',
    flows: [plainFlow],
    recentHours: 0,
    callsADay: 0,
    callingHoursFrom: '00:00',
    callingHoursUntil: '24:00',
  };
}

export const accountSecrets = {
  exotelApiKey: 'key-of-the-test',
  exotelApiToken: 'token-of-the-test',
} as const;

/** The same for a program that is started. */
export const accountEnvironment = {
  FLOWDIAL_API_KEY: accountSecrets.exotelApiKey,
  FLOWDIAL_API_TOKEN: accountSecrets.exotelApiToken,
} as const;
