import { Console } from 'node:console';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, networkInterfaces } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createCore } from '../../core.ts';
import { openVault } from '../../credentials/open-vault.ts';
import { profileId } from '../../credentials/profile-id.ts';
import { noDesktop } from '../../desktop/no-desktop.ts';
import { openLog } from '../../log.ts';
import type { Opener } from '../../ports.ts';
import { takeProvisioning } from '../../provisioning.ts';
import { openConfFile } from '../../settings-file.ts';
import { LockedError } from '../../storage/lock.ts';
import { trustSystemCertificates } from '../system-certificates.ts';
import { systemClock } from '../system-clock.ts';
import { watchWake } from '../watch-wake.ts';
import { type Arguments, parseArguments, UsageError } from './arguments.ts';
import { createBrowserOpener } from './browser-opener.ts';
import { defaultDataFolder } from './data-folder.ts';
import { environmentProxy } from './environment-proxy.ts';
import { createForkedHelpers } from './forked-helpers.ts';
import { startBrowserServer } from './server.ts';
import { findStarter } from './starter-watch.ts';
import { stopRequest } from './stop-request.ts';

/** How long stopping may take, ms: what hangs then is left behind. Nothing is lost: a write is durable or never was. */
const stopWithinMs = 10_000;

const starter = findStarter(process.env);

/** Holds package.json and dist/. From source this file lies one folder deeper than in dist/main. */
const programFolder = new URL(import.meta.url.endsWith('.ts') ? '../../../' : '../../', import.meta.url);

// stdout carries JSON lines only, whatever a library has to say. Who reads either may be gone before us.
globalThis.console = new Console(process.stderr);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await run(parseArguments(process.argv.slice(2)));
  process.exit(0);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(exitCode(error));
}

/** Starts the program, and ends it when it is asked to. */
async function run(asked: Arguments): Promise<void> {
  const provisioning = takeProvisioning(process.env);
  for (const problem of provisioning.problems) say(problem);
  const stop = stopRequest({ detach: asked.detach, starter, clock: systemClock });
  void stop.then(() => setTimeout(() => process.exit(0), stopWithinMs).unref());

  const dataDir = path.resolve(asked.dataDir ?? defaultDataFolder(process.platform, process.env, homedir()));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = openLog({ dataDir });
  trustSystemCertificates(log);
  const opener = createBrowserOpener(process.platform);
  await using running = new AsyncDisposableStack();
  const core = await createCore(
    {
      shell: 'browser',
      clock: systemClock,
      vault: await openVault({ profile: profileId(dataDir) }),
      settingsFile: openConfFile(dataDir),
      opener,
      helpers: createForkedHelpers(process.env, log),
      proxy: environmentProxy(process.env),
      wake: watchWake({ clock: systemClock, interfaces: networkInterfaces }),
      desktop: noDesktop,
      log,
    },
    { dataDir, version: version(), platform: process.platform, provisioning },
  );
  running.defer(() => core.stop());
  const server = await startBrowserServer({
    port: asked.port,
    rendererDir: fileURLToPath(new URL('dist/renderer', programFolder)),
    router: core.router,
    clock: systemClock,
    log,
  });
  running.defer(() => server.close());
  const ready = {
    event: 'ready',
    shell: 'browser',
    url: server.url,
    callbacks: core.callbacksOrigin,
    dataDir,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  if (asked.open) void openPage(opener, server.url);
  await stop;
}

/** The address holds the token, so it is shown only where a person must open it. */
async function openPage(opener: Opener, url: string): Promise<void> {
  try {
    await opener.openUrl(url);
  } catch (error) {
    say(`No browser could be opened (${String(error)}). Within a minute, open ${url} yourself.`);
  }
}

/** From package.json, which is packed beside dist/. */
function version(): string {
  const text = readFileSync(new URL('package.json', programFolder), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** 2: the command line cannot be understood. 3: another program holds the data folder. 1: anything else. */
function exitCode(error: unknown): number {
  if (error instanceof UsageError) return 2;
  return error instanceof LockedError ? 3 : 1;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
