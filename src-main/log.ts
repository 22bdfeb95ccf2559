import path from 'node:path';
import electronLog from 'electron-log/node';
import type { Log } from './ports.ts';
import { redact, redactText } from './redact.ts';

export interface LogOptions {
  /** The log is `logs/flowdial.log` in it. */
  readonly dataDir: string;
  /** Also to stderr. stdout is never written: it belongs to the doors for automation. */
  readonly stderr?: boolean;
}

/** Then the file becomes `flowdial.old.log`, and the one before that is gone. */
const maxFileBytes = 1024 * 1024;

/**
 * The program's log: one JSON object on each line, redacted, readable by its owner only. Lines are written at once, so
 * that the last one before a crash is there. A disk that refuses is told on stderr and never throws.
 */
export function openLog({ dataDir, stderr = false }: LogOptions): Log {
  const logger = electronLog.create({ logId: dataDir });
  const { console, file } = logger.transports;

  // Else electron-log looks for the nearest package.json, which a packaged program may not have.
  file.setAppName('Flowdial');
  file.resolvePathFn = () => path.join(dataDir, 'logs', 'flowdial.log');
  file.maxSize = maxFileBytes;
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.transforms = [({ data }) => data.join(' ')];

  console.level = stderr ? 'info' : false;
  console.transforms = [({ data }) => data];
  // Its own complaints come this way too, whatever the level.
  console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  };

  function write(
    level: 'info' | 'warn' | 'error',
    message: string,
    data?: Readonly<Record<string, unknown>>,
  ) {
    const at = new Date().toISOString();
    const line = { at, level, message: redactText(message), ...(data && { data: redact(data) }) };
    logger[level](JSON.stringify(line));
  }

  return {
    info: (message, data) => write('info', message, data),
    warn: (message, data) => write('warn', message, data),
    error: (message, data) => write('error', message, data),
  };
}
