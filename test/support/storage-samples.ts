import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage, type StorageOptions } from '../../src-main/storage/open.ts';
import type { AttemptHashes, PlaceGuard, Storage } from '../../src-main/storage/storage.ts';
import type { CallEvent, Line } from '../../src-shared/call-events.ts';
import type { Contact, DoNotCall } from '../../src-shared/contact.ts';

/** A data folder for one test. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'flowdial-storage-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A storage for one test, in a folder of its own unless one is given. */
export async function storageForTest(options: Partial<StorageOptions> = {}): Promise<Storage> {
  const storage = await openStorage({ dataDir: options.dataDir ?? (await temporaryDir()), ...options });
  onTestFinished(() => storage.close());
  return storage;
}

export const practice: Line = { kind: 'practice' };
export const account: Line = { kind: 'account', host: 'api.in.exotel.com', accountSid: 'acme1' };

/** Noon, 23 November 2026, IST. */
export const noon = Date.UTC(2026, 10, 23, 6, 30);

export type Placed = Extract<CallEvent, { type: 'placed' }>;

export function placed(e164: string, more: Partial<Placed> = {}): Placed {
  return {
    type: 'placed',
    at: noon,
    number: { entered: e164, e164 },
    line: account,
    callerId: '08047191234',
    flowUrl: 'http://my.exotel.com/acme1/exoml/start_voice/29281',
    overrode: [],
    overrodeWhy: '',
    flow: null,
    ringMeFirst: false,
    repNumber: null,
    ...more,
  };
}

export function sending(attempt: number, at = noon): CallEvent {
  return { type: 'sending', at, attempt, byAsking: false };
}

/** SHA-256 as hex, as an attempt's hashes are made. */
export function sha256(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function hashes(name: string): AttemptHashes {
  return { callback: sha256(`callback of ${name}`), customField: sha256(`custom field of ${name}`) };
}

/** Looks at do-not-call only. */
export const openGuard: PlaceGuard = { doNotCallAt: noon, placedSince: null, atMost: null };

/** Places a call that must be placed, and gives its id. */
export async function placeCall(
  storage: Storage,
  event: Placed,
  options: { readonly id?: string; readonly queued?: boolean } = {},
): Promise<string> {
  const id = options.id ?? crypto.randomUUID();
  const events = options.queued === true ? [event] : [event, sending(1, event.at)];
  const result = await storage.calls.place(id, events, hashes(id), openGuard);
  if (result.outcome !== 'placed') throw new Error(`The call was not placed: ${result.outcome}`);
  return id;
}

export function contact(name: string, e164s: readonly string[], more: Partial<Contact> = {}) {
  return {
    id: crypto.randomUUID(),
    name,
    company: '',
    numbers: e164s.map((e164) => ({ entered: e164, e164, label: '' })),
    note: '',
    createdAt: noon,
    updatedAt: noon,
    ...more,
  };
}

export const asked: DoNotCall = { who: 'Asha', at: noon - 1000, why: 'Asked on the phone', until: null };
