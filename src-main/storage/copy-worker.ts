import type { Copy } from '../../src-shared/contract/storage.ts';
import { makeCopy } from './copies.ts';
import { openForReading } from './database.ts';
import { doLongJob } from './long-job.ts';

/** What a copy is asked for with. */
export interface CopyAsked {
  readonly dataDir: string;
  readonly kind: Copy['kind'];
  /** ms UTC. */
  readonly at: number;
}

await doLongJob(async ({ dataDir, kind, at }: CopyAsked) => {
  const db = openForReading(dataDir);
  try {
    // One state from the first page to the last: a write meanwhile would make the copy begin again.
    db.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return await makeCopy(db, dataDir, kind, at);
  } finally {
    db.close();
  }
});
