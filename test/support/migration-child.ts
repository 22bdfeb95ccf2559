/** To be killed in the middle: `migration-child.ts DIR` begins an update of the data that does not end. */
import { openForWriting } from '../../src-main/storage/database.ts';
import { migrate } from '../../src-main/storage/migrate.ts';
import { migrations } from '../../src-main/storage/migrations/migrations.ts';

migrate(openForWriting(process.argv[2] ?? ''), [
  ...migrations,
  (db) => {
    db.exec('UPDATE calls SET status = 1; DROP TABLE do_not_call; CREATE TABLE half (a TEXT)');
    // More than SQLite's cache holds: half of the update is in the log on the disk already.
    const insert = db.prepare('INSERT INTO half VALUES (?)');
    for (let n = 0; n < 2000; n++) insert.run('x'.repeat(8000));
    process.stdout.write('half\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
]);
