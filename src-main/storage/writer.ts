import type { DatabaseSync } from 'node:sqlite';
import { failureOf } from './failures.ts';
import type { Answer, Operations, Request } from './protocol.ts';
import { perform, type Service } from './serve.ts';

/**
 * Commits all requests that wait at once, in their order, with one fsync for all. A savepoint for each keeps one that
 * fails from sinking its neighbours; where the commit itself fails, nothing of any was written and all fail.
 */
export function createWriter(db: DatabaseSync, operations: Operations): Service {
  function answerInSavepoint(request: Request): Answer {
    db.exec('SAVEPOINT request');
    try {
      const answer = { id: request.id, value: perform(operations, request) };
      db.exec('RELEASE request');
      return answer;
    } catch (error) {
      // On some failures (a full disk) SQLite rolls back the whole transaction by itself: nobody's write stands.
      if (!db.isTransaction) throw error;
      db.exec('ROLLBACK TO request; RELEASE request');
      return { id: request.id, failure: failureOf(error) };
    }
  }

  return {
    answer(requests) {
      try {
        db.exec('BEGIN IMMEDIATE');
        const answers = requests.map(answerInSavepoint);
        db.exec('COMMIT');
        return answers;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        const failure = failureOf(error);
        return requests.map(({ id }) => ({ id, failure }));
      }
    },
    close: () => db.close(),
  };
}
