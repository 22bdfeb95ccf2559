import type { Migration } from '../migrate.ts';

/** Finds the bodies of events that are still kept as received, oldest first (raw-bodies.ts). */
export const rawBodiesByTime: Migration = (db) =>
  db.exec('CREATE INDEX call_events_raw ON call_events (at) WHERE raw IS NOT NULL');
