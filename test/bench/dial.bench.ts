import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'undici';
import type { OpenBench } from '../support/bench.ts';
import { accountSecrets, accountSettings, makeDataDir, startCoreHarness } from '../support/core-harness.ts';
import { callXml, sendXml, startFakeExotel } from '../support/fake-exotel.ts';

/** From the person's action to the request at Exotel: by then the call is durably on disk. */
const openDial: OpenBench = async () => {
  const exotel = await startFakeExotel();
  let arrived = Promise.withResolvers<number>();
  exotel.answer((_, response) => {
    arrived.resolve(performance.now());
    sendXml(response, 200, callXml({ Sid: 'sid', Status: 'completed' }));
  });
  const coreDir = makeDataDir();

  const pool = new Pool(exotel.origin);
  const bareDir = makeDataDir();
  const db = new DatabaseSync(path.join(bareDir.dir, 'bare.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE call (id TEXT PRIMARY KEY)');
  const insert = db.prepare('INSERT INTO call VALUES (?)');

  const core = await startCoreHarness({
    dataDir: coreDir.dir,
    settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
    secrets: accountSecrets,
  });
  let dialed = 0;

  /** Waits for the answer's effects too, but counts only to the request's arrival. */
  async function time(dial: () => Promise<unknown>): Promise<number> {
    arrived = Promise.withResolvers();
    const startedAt = performance.now();
    const done = dial();
    const took = (await arrived.promise) - startedAt;
    await done;
    return took;
  }

  return {
    name: 'dial',
    runsPerRound: 50,
    baseline: {
      label: 'commit, then POST',
      run: () =>
        time(async () => {
          insert.run(crypto.randomUUID());
          const { body } = await pool.request({
            method: 'POST',
            path: '/v1/Accounts/acme1/Calls/connect',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: 'From=09845012345&CallerId=08047191234&CallType=trans',
          });
          await body.dump();
        }),
    },
    subject: {
      label: 'place',
      run: () =>
        time(async () => {
          const { id } = await core.place(`+9198450${String(10_000 + dialed++)}`);
          await core.reaches(id, 'completed');
        }),
    },
    async close() {
      await core.stop();
      await pool.close();
      db.close();
      await exotel.close();
      await Promise.all([coreDir.remove(), bareDir.remove()]);
    },
  };
};

export default openDial;
