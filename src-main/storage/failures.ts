import { StorageError } from './storage.ts';

/** A {@link StorageError} as it crosses from a worker to the core: an Error would lose its code on the way. */
export interface Failure {
  readonly code: StorageError['code'];
  readonly message: string;
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that a person can do something about. */
const sqliteCodes: Readonly<Record<number, StorageError['code']>> = {
  5: 'busy',
  6: 'busy',
  8: 'read-only',
  10: 'io',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
};

const systemCodes: Readonly<Record<string, StorageError['code']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'io',
};

const words: Readonly<Partial<Record<StorageError['code'], string>>> = {
  busy: 'Another program keeps the database locked.',
  'read-only': 'The data folder cannot be written to.',
  full: 'The disk is full.',
  damaged: 'The database file is damaged.',
  io: 'The disk failed to read or write.',
};

/** What went wrong, in plain words, from whatever SQLite, the system, or our own code threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StorageError) return { code: error.code, message: error.message };
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const said = words[code] ?? 'The database refused.';
  return { code, message: `${said} (${message})` };
}

function codeOf(error: unknown): StorageError['code'] {
  if (!(error instanceof Error)) return 'other';
  // The extended code's low byte is the primary code.
  if ('errcode' in error && typeof error.errcode === 'number')
    return sqliteCodes[error.errcode & 0xff] ?? 'other';
  if ('code' in error && typeof error.code === 'string') return systemCodes[error.code] ?? 'other';
  return 'other';
}
