import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { missingPrograms } from './selection-hook-build.ts';

/** A terminal on the desktop, with one line of text in it. */
export interface Terminal {
  /** Highlights the line with the mouse, as a person does, and waits until the terminal has taken note. */
  highlight(): Promise<void>;
  /** What was typed into it. */
  typed(): string;
  /** Stops it in its tracks, as a program that hangs: it answers nobody. */
  hang(): void;
  goOn(): void;
  readonly runs: boolean;
}

/** A real X desktop without a screen: a server, a window manager, programs. */
export interface XDesktop {
  /** For `DISPLAY`. */
  readonly display: string;
  openTerminal(text: string): Promise<Terminal>;
  /** Puts a text into the clipboard, as another program does. */
  copy(text: string): Promise<void>;
  clipboard(): Promise<string>;
  stop(): Promise<void>;
}

const programs = ['Xvfb', 'openbox', 'xterm', 'xdotool', 'xclip'];

/** Why no desktop can be had here; null: it can. */
export function whyNoXDesktop(): string | null {
  if (process.platform !== 'linux') return 'X is of Linux';
  const missing = missingPrograms(programs);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

export async function startXDesktop(): Promise<XDesktop> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-x-'));
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(server.stdio[3] ?? server, 'data');
  const display = `:${String(number).trim()}`;
  const env = { PATH: process.env['PATH'], DISPLAY: display, LC_ALL: 'C.UTF-8', HOME: folder };
  const children: ChildProcess[] = [];
  const start = (program: string, ...args: string[]) => {
    const child = spawn(program, args, { env, stdio: 'ignore' });
    children.push(child);
    return child;
  };
  const ask = async (program: string, ...args: string[]) =>
    (await promisify(execFile)(program, args, { env })).stdout;

  async function stop(): Promise<void> {
    for (const child of [...children, server]) await end(child);
    rmSync(folder, { recursive: true, force: true });
  }

  /** In one of hundreds of desktops openbox never came to it: it is started again then. */
  async function startManager(tries: number): Promise<void> {
    const manager = start('openbox');
    try {
      // Only a window manager counts desktops.
      await until(() => ask('xdotool', 'get_num_desktops').then(() => true));
    } catch (error) {
      if (tries === 1) throw error;
      await end(manager);
      await startManager(tries - 1);
    }
  }
  try {
    await startManager(3);
  } catch (error) {
    await stop();
    throw error;
  }

  async function openTerminal(text: string): Promise<Terminal> {
    const name = `t${children.length}`;
    const file = path.join(folder, name);
    writeFileSync(file, text);
    writeFileSync(`${file}-typed`, '');
    // The title tells that the line is there. What is typed lands in the file; Ctrl+C would end the terminal.
    const script = `cat "$0"; printf '\\033]0;shown-${name}\\007'; exec cat >"$0-typed"`;
    const xterm = start('xterm', '-u8', '-b', '0', '-geometry', '100x4', '-e', 'sh', '-c', script, file);
    const [window = ''] = (await ask('xdotool', 'search', '--sync', '--name', `^shown-${name}$`))
      .trim()
      .split('\n');
    return {
      async highlight() {
        await ask('xdotool', 'windowactivate', '--sync', window);
        await ask('xdotool', 'mousemove', '--sync', '--window', window, '10', '7');
        await ask('xdotool', 'click', '--repeat', '3', '--delay', '20', '1');
        await until(async () => (await ask('xclip', '-o', '-selection', 'primary')).trim() === text.trim());
      },
      typed: () => readFileSync(`${file}-typed`, 'utf8'),
      hang: () => void xterm.kill('SIGSTOP'),
      goOn: () => void xterm.kill('SIGCONT'),
      get runs() {
        return xterm.exitCode === null && xterm.signalCode === null;
      },
    };
  }

  return {
    display,
    openTerminal,
    async copy(text) {
      const file = path.join(folder, 'copied');
      writeFileSync(file, text);
      start('xclip', '-quiet', '-i', '-selection', 'clipboard', file);
      await until(async () => (await ask('xclip', '-o', '-selection', 'clipboard')) === text);
    },
    clipboard: () => ask('xclip', '-o', '-selection', 'clipboard'),
    stop,
  };
}

/** How long a desktop may take to follow, ms: on a busy machine a program's start is slow. */
const patienceMs = 15_000;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const givesUpAt = performance.now() + patienceMs;
  while (performance.now() < givesUpAt) {
    if (await holds().catch(() => false)) return;
    await wait(25);
  }
  throw new Error('The desktop did not come to it.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
