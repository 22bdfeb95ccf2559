import { openForWriting } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { writerOperations } from './operations.ts';
import { serve } from './serve.ts';
import { createWriter } from './writer.ts';

serve((dataDir) => {
  const db = openForWriting(dataDir);
  migrate(db, migrations);
  return createWriter(db, writerOperations(db));
});
