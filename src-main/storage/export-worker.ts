import { openForReading } from './database.ts';
import { exportAll } from './export.ts';
import { doLongJob } from './long-job.ts';

/** What an export is asked for with. */
export interface ExportAsked {
  readonly dataDir: string;
  /** A folder that is not there yet. */
  readonly folder: string;
}

await doLongJob(({ dataDir, folder }: ExportAsked, progress) => {
  const db = openForReading(dataDir);
  try {
    db.exec('BEGIN');
    return exportAll(db, folder, progress);
  } finally {
    db.close();
  }
});
