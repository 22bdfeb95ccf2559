import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const main = path.resolve('src-main/shells/browser/main.ts');

let folder: string;
const running = new Set<ChildProcess>();
/** Grandchildren, whose end is not told to us. */
const orphans = new Set<number>();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flowdial-program-'));
});

afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  }
  orphans.clear();
  await rm(folder, { recursive: true });
});

/** The browser shell in a process of its own, from source; in an environment without keychain or desktop. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, '--no-open', ...args], {
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exit = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<Record<string, string>>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    ready.resolve(JSON.parse(line) as Record<string, string>);
  });
  const stderr = text(child.stderr);
  void exit.then(async (code) => ready.reject(new Error(`It ended with ${code}: ${await stderr}`)));
  ready.promise.catch(() => {});
  return { child, exit, lines, stderr, ready: ready.promise };
}

const data = () => path.join(folder, 'data');

describe('the ready line', () => {
  it('is one line of JSON on stdout that tells where all is', async () => {
    const program = start(['--data-dir', data()]);
    const ready = await program.ready;
    expect(ready).toEqual({
      event: 'ready',
      shell: 'browser',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/),
      callbacks: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      dataDir: data(),
    });
    expect((await fetch(`${ready['callbacks']}/nothing`)).status).toBe(404);
    const { origin, hash } = new URL(String(ready['url']));
    const session = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin },
      body: JSON.stringify({ token: hash.slice(1) }),
    });
    expect(session.status).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.lines).toHaveLength(1);
    expect(await program.stderr).not.toContain(hash.slice(1));
  });

  it('tells the port that was asked for', async () => {
    const port = await freePort();
    const program = start(['--data-dir', data(), '--port', String(port)]);
    expect(new URL(String((await program.ready)['url'])).port).toBe(String(port));
  });

  it('tells the default data folder, and makes it for its owner only', async () => {
    const program = start([], { XDG_CONFIG_HOME: path.join(folder, 'config') });
    const { dataDir = '' } = await program.ready;
    if (process.platform === 'linux') expect(dataDir).toBe(path.join(folder, 'config/Flowdial'));
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });
});

describe('exit codes', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('0 on %s', async (signal) => {
    const program = start(['--data-dir', data()]);
    await program.ready;
    program.child.kill(signal);
    expect(await program.exit).toBe(0);
  });

  it('0 on a signal before it is ready', async () => {
    const program = start(['--data-dir', data()]);
    await expectExists(path.join(data(), 'lock.db'));
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('2 and one sentence for an unknown flag', async () => {
    const program = start(['--data-dir', data(), '--colour']);
    expect(await program.exit).toBe(2);
    expect(await program.stderr).toMatch(/^Unknown option '--colour'.*\.\n$/);
    expect(program.lines).toEqual([]);
  });

  it('3 and one sentence that says who holds the data folder; the first goes on, the next takes over', async () => {
    const first = start(['--data-dir', data()]);
    const { callbacks } = await first.ready;
    const second = start(['--data-dir', data()]);
    expect(await second.exit).toBe(3);
    expect(await second.stderr).toMatch(new RegExp(`^[^\\n]*process ${first.child.pid}[^\\n]*\\.\\n$`));
    expect(second.lines).toEqual([]);
    expect((await fetch(`${callbacks}/nothing`)).status).toBe(404);

    first.child.kill('SIGKILL');
    await first.exit;
    await start(['--data-dir', data()]).ready;
  });

  it('1 and one sentence where the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const program = start(['--data-dir', data(), '--port', String(port)]);
    expect(await program.exit).toBe(1);
    expect(await program.stderr).toMatch(/^[^\n]*EADDRINUSE[^\n]*\n$/);
    taken.close();
  });

  it('1 and one sentence where a newer Flowdial wrote the data, which stay as they are', async () => {
    await mkdir(data());
    const file = path.join(data(), 'flowdial.db');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 99');
    db.close();
    const before = await readFile(file);
    const program = start(['--data-dir', data()]);
    expect(await program.exit).toBe(1);
    expect(await program.stderr).toMatch(/^These data were written by a newer Flowdial .*\n$/);
    expect(program.lines).toEqual([]);
    expect(await readFile(file)).toEqual(before);
  });

  it('1 and one sentence where the data folder cannot be made', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const program = start(['--data-dir', path.join(folder, 'file/data')]);
    expect(await program.exit).toBe(1);
    expect(await program.stderr).toMatch(/^[^\n]+\n$/);
  });
});

// A parent that starts the program and stays, as npm does, until it is killed.
describe.skipIf(process.platform === 'win32')('when the parent is gone', () => {
  async function startUnderParent(args: readonly string[]) {
    await mkdir(folder, { recursive: true });
    const script = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ${JSON.stringify([main, '--no-open', '--data-dir', data(), ...args])},
        { stdio: ['ignore', 'inherit', 'inherit'] });
      process.stderr.write(child.pid + '\\n');
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(parent);
    parent.once('exit', () => running.delete(parent));
    const [line] = await once(createInterface(parent.stderr), 'line');
    const pid = Number(line);
    orphans.add(pid);
    await once(parent.stdout, 'data');
    const parentGone = once(parent, 'exit');
    parent.kill('SIGKILL');
    await parentGone;
    // Its end of the pipe closes when the program ends.
    return { pid, stdout: parent.stdout };
  }

  it('stops', async () => {
    const { stdout } = await startUnderParent([]);
    stdout.resume();
    await once(stdout, 'close');
    // In order: the data folder was given free.
    await start(['--data-dir', data()]).ready;
  });

  it('goes on with --detach', async () => {
    const { pid, stdout } = await startUnderParent(['--detach']);
    // Nothing happens, and tells when: this is twice as long as a lost parent takes to be noticed.
    await sleep(1000);
    const second = start(['--data-dir', data()]);
    expect(await second.exit).toBe(3);
    process.kill(pid, 'SIGTERM');
    stdout.resume();
    await once(stdout, 'close');
  });
});

it('with no browser to open it says so, with the address, on stderr', async () => {
  const child = spawn(process.execPath, [main, '--data-dir', data()], {
    env: { PATH: folder, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [said] = await once(createInterface(child.stderr), 'line');
  expect(said).toMatch(
    /^No browser could be opened .* open http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43} yourself\.$/,
  );
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

async function expectExists(file: string): Promise<void> {
  await expect
    .poll(
      () =>
        stat(file).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000, interval: 5 },
    )
    .toBe(true);
}
