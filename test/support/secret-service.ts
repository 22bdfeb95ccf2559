import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A desktop's keychain, Linux: a session bus and GNOME's Secret Service of their own, on a home of their own. */
export interface SecretService {
  stop(): Promise<void>;
}

/** Why no Secret Service can be started here; null: it can. */
export function whyNoSecretService(): string | null {
  if (process.platform !== 'linux') return 'the Secret Service is of Linux';
  const missing = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon', 'secret-tool'].filter(
    (program) => spawnSync(program, ['--version']).error !== undefined,
  );
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** A folder for a Secret Service, under the system's temporary folder. */
export function makeKeyringDir(): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'flowdial-keyring-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/**
 * Starts it on a bus with this address (the native module keeps the first it ever sees, so a process has but one), with
 * this password. The first password makes the home's keyring; another one later leaves it locked, and as there is no
 * display, the prompt to unlock it is refused at once.
 */
export async function startSecretService(options: {
  readonly home: string;
  readonly busAddress: string;
  readonly password: string;
}): Promise<SecretService> {
  const { home, busAddress, password } = options;
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
  };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', `--address=${busAddress}`], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(bus.stdout, 'data');
  const withBus = { ...env, DBUS_SESSION_BUS_ADDRESS: busAddress };
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: withBus,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end(password);
  const stop = async () => {
    await end(keyring);
    await end(bus);
  };
  // Whoever asks before the name is owned makes the bus start a second, locked keyring.
  for (let attempt = 0; !isOwned(withBus); attempt++) {
    if (attempt === 200) {
      await stop();
      throw new Error('The Secret Service did not start.');
    }
    await wait(25);
  }
  return { stop };
}

function isOwned(env: NodeJS.ProcessEnv): boolean {
  const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'];
  const question = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
  return spawnSync('dbus-send', [...ask, ...question], { env, encoding: 'utf8' }).stdout.includes(
    'boolean true',
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
