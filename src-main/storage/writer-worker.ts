import { makeCopy } from './copies.ts';
import { openForWriting } from './database.ts';
import { migrate, needsUpdate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { sliceOperations, writerOperations } from './operations.ts';
import { repair } from './repair.ts';
import { serve } from './serve.ts';
import { createWriter } from './writer.ts';

serve(async ({ dataDir, now, again }) => {
  // Others have the file open where this worker stands in for one that died.
  const restored = again ? null : repair(dataDir, now);
  const db = openForWriting(dataDir);
  if (needsUpdate(db, migrations)) await makeCopy(db, dataDir, 'before-update', now);
  migrate(db, migrations);
  return { ...createWriter(db, writerOperations(db), sliceOperations), restored };
});
