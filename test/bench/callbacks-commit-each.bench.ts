import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Busboy from '@fastify/busboy';
import { accountSecrets, accountSettings, makeDataDir, startCoreHarness } from '../support/core-harness.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import type { OpenBench } from '../support/bench.ts';
import { createCallbackSender } from '../support/callback-sender.ts';
import { startPublicFront } from '../support/public-front.ts';

/** The same burst against the least that anybody would write: parse the form, one durable commit, 200. */
const openCommitEach: OpenBench = async () => {
  const exotel = await startFakeExotel();
  const front = await startPublicFront();
  const folders = [makeDataDir(), makeDataDir()] as const;
  const harness = await startCoreHarness({
    dataDir: folders[0].dir,
    settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
    secrets: accountSecrets,
    front,
  });
  const sender = await createCallbackSender(harness, exotel);

  const db = new DatabaseSync(path.join(folders[1].dir, 'bare.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (path TEXT, data TEXT)');
  const insert = db.prepare('INSERT INTO event VALUES (?, ?)');
  const bare = createServer((request, response) => {
    const fields: Record<string, string> = {};
    const parser = new Busboy({ headers: { 'content-type': request.headers['content-type'] ?? '' } });
    parser.on('field', (name, value) => (fields[name] = value));
    parser.on('finish', () => {
      insert.run(request.url ?? '', JSON.stringify(fields));
      response.end();
    });
    request.pipe(parser);
  }).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const { port } = bare.address() as AddressInfo; // A TCP server that listens has this kind of address.

  return {
    name: 'callbacks, a commit each',
    runsPerRound: 5,
    baseline: {
      label: `${sender.burst}, busboy, a commit each`,
      run: () => sender.send(`http://127.0.0.1:${port}`),
    },
    subject: { label: `${sender.burst}, Flowdial`, run: () => sender.send(harness.core.callbacksOrigin) },
    async close() {
      await sender.close();
      bare.closeAllConnections();
      bare.close();
      db.close();
      await harness.stop();
      await front.close();
      await exotel.close();
      await Promise.all(folders.map((folder) => folder.remove()));
    },
  };
};

export default openCommitEach;
