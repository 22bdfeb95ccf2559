import { parseArgs } from 'node:util';

/** What a person or IT asked for on the command line. */
export interface Arguments {
  /** Open the user's browser once ready. */
  readonly open: boolean;
  /** Where everything is kept; null: the default folder of this system. */
  readonly dataDir: string | null;
  /** Port of the page on 127.0.0.1; 0: any free one. */
  readonly port: number;
  /** Go on running when whatever started the program is gone. */
  readonly detach: boolean;
}

/** The command line cannot be understood. The message is one sentence for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const usage = 'known are --browser, --no-open, --data-dir DIR, --port N and --detach';

/**
 * Reads the browser shell's command line, strictly: a flag that is not known is an error and never ignored.
 * `--browser` chose this shell and says nothing more. Throws {@link UsageError}.
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const values = parse(argv);
  const dataDir = values['data-dir'] ?? null;
  if (dataDir === '') throw new UsageError('--data-dir needs a folder.');
  return {
    open: !values['no-open'],
    dataDir,
    port: parsePort(values.port ?? '0'),
    detach: values.detach ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        browser: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        detach: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // Node's message is made of sentences of advice; its first says what is wrong.
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/\.\s/, 1);
    throw new UsageError(`${problem?.replace(/\.$/, '')}: ${usage}.`, { cause: error });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port needs a number from 0 (any free port) to 65535, not "${text}".`);
}
