import type { Migration } from '../migrate.ts';
import { callsAndContacts } from './0001-calls-and-contacts.ts';
import { requestCounts } from './0002-request-counts.ts';
import { rawBodiesByTime } from './0003-raw-bodies.ts';
import { conversations } from './0004-conversations.ts';
import { fewerPages } from './0005-fewer-pages.ts';
import { stillFewerPages } from './0006-still-fewer-pages.ts';

/** In order and for good: the n-th leads to data version n. One that was released is never changed. */
export const migrations: readonly Migration[] = [
  callsAndContacts,
  requestCounts,
  rawBodiesByTime,
  conversations,
  fewerPages,
  stillFewerPages,
];
