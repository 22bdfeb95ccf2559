import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const readySchema = z.object({
  event: z.literal('ready'),
  shell: z.literal('browser'),
  url: z.string(),
  callbacks: z.string(),
  dataDir: z.string(),
});

/** The built browser shell, running as a person starts it. */
export interface Program {
  readonly ready: z.infer<typeof readySchema>;
  readonly process: ChildProcess;
  /** Everything it wrote to stdout and stderr. */
  output(): string;
  /** Ends it by SIGTERM; its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `scripts/start.ts --browser --no-open` on a data folder and waits for the ready line. */
export async function startProgram(options: {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
}): Promise<Program> {
  const child = spawn(
    process.execPath,
    [
      path.resolve('scripts/start.ts'),
      '--browser',
      '--no-open',
      '--data-dir',
      options.dataDir,
      ...(options.arguments ?? []),
    ],
    { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const exited = once(child, 'exit');
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ready = await new Promise<Program['ready']>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      resolve(readySchema.parse(JSON.parse(line)));
    });
    void exited.then(([code]) =>
      reject(new Error(`The program ended with ${String(code)} before it was ready:\n${output}`)),
    );
  });
  return {
    ready,
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}
