import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'undici';
import { readConnectAnswer } from '../../src-main/exotel/connect-answer.ts';
import { newCallId } from '../../src-shared/call-id.ts';
import type { OpenBench } from '../support/bench.ts';
import { startBenchExotel } from '../support/bench-exotel.ts';
import { accountSecrets, accountSettings, makeDataDir, startCoreHarness } from '../support/core-harness.ts';

/** As long as what is kept of a call when it is sent: its row, two events, the hashes of two secrets. Characters. */
const row = 'x'.repeat(2000);

/**
 * From the press, at the core's door, until Exotel has the whole request and the person is answered: the call is durably
 * on disk by then. Against the least that does this: one durable commit of one row of that size, in the same thread
 * and with no index but its key, and a request like ours by bare undici on a connection that is kept open, as ours is.
 * Exotel's answer and what is written of it come after, and are waited for between two dials.
 */
const openDial: OpenBench = async () => {
  const exotel = await startBenchExotel();
  const folders = [makeDataDir(), makeDataDir()] as const;

  const pool = new Pool(exotel.origin, { connections: 1, pipelining: 1 });
  const db = new DatabaseSync(path.join(folders[1].dir, 'bare.db'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE call (id TEXT PRIMARY KEY, body TEXT)',
  );
  const insert = db.prepare('INSERT INTO call VALUES (?, ?)');

  const core = await startCoreHarness({
    dataDir: folders[0].dir,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
    // More is dialled in a minute than Exotel allows: this is not about waiting for a turn.
    rateLimit: 100_000,
  });
  // As a window's connection is: made once.
  const place = core.client.calls.place;
  let dialed = 0;

  return {
    name: 'dial',
    // In the first 300 commits a log still grows, and a commit takes longer: with fewer runs that was the baseline's only.
    runsPerRound: 200,
    baseline: {
      label: 'commit, then POST',
      async run() {
        const pressedAt = process.hrtime.bigint();
        insert.run(crypto.randomUUID(), row);
        const { statusCode, headers, body } = await pool.request({
          method: 'POST',
          path: '/v1/Accounts/acme1/Calls/connect',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: 'Basic a2V5OnRva2Vu',
          },
          body: 'From=09845012345&CallerId=08047191234&CallType=trans&TimeLimit=14400&TimeOut=30',
        });
        const answer = readConnectAnswer(statusCode, headers, await body.text());
        return msFrom(pressedAt, answer.kind === 'accepted' ? answer.report.sid : null);
      },
    },
    subject: {
      label: 'place',
      async run() {
        const pressedAt = process.hrtime.bigint();
        const id = newCallId();
        const number = `+9198450${String(10_000 + dialed++)}`;
        await place({ id, number, actedAt: Date.now(), accept: [] });
        const answered = msFrom(pressedAt, String(process.hrtime.bigint()));
        const { sid } = await core.reaches(id, 'completed');
        return Math.max(answered, msFrom(pressedAt, sid));
      },
    },
    async close() {
      await core.stop();
      await pool.close();
      db.close();
      await exotel.close();
      await Promise.all(folders.map((folder) => folder.remove()));
    },
  };
};

function msFrom(since: bigint, sid: string | null): number {
  if (sid === null) throw new Error('Exotel did not take the call.');
  return Number(BigInt(sid) - since) / 1e6;
}

export default openDial;
