import { openForReading } from './database.ts';
import { readerOperations } from './operations.ts';
import { createReader } from './reader.ts';
import { serve } from './serve.ts';

serve(({ dataDir }) => {
  const db = openForReading(dataDir);
  return createReader(db, readerOperations(db));
});
