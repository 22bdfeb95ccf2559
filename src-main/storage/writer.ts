import type { DatabaseSync } from 'node:sqlite';
import { failureOf } from './failures.ts';
import type { Answer, Operations, Request } from './protocol.ts';
import { perform, type Service } from './serve.ts';

/**
 * Commits all requests that wait at once, in their order, with one fsync for all. A savepoint for each keeps one that
 * fails from sinking its neighbours; where the whole commit fails (a full disk), each is tried by itself, so that what
 * still fits is stored.
 *
 * @param slices operations that do a slice of long work: each commits by itself, behind all others that wait
 */
export function createWriter(
  db: DatabaseSync,
  operations: Operations,
  slices: ReadonlySet<string> = new Set(),
): Service {
  // Compiled once: exec would compile them for each request.
  const begin = db.prepare('BEGIN IMMEDIATE');
  const end = db.prepare('COMMIT');
  const save = db.prepare('SAVEPOINT request');
  const release = db.prepare('RELEASE request');

  const answer = (request: Request): Answer => ({ id: request.id, value: perform(operations, request) });

  function answerInSavepoint(request: Request): Answer {
    save.run();
    try {
      const done = answer(request);
      release.run();
      return done;
    } catch (error) {
      // On some failures (a full disk) SQLite rolls back the whole transaction by itself: nobody's write stands.
      if (!db.isTransaction) throw error;
      db.exec('ROLLBACK TO request; RELEASE request');
      return { id: request.id, failure: failureOf(error) };
    }
  }

  function commit(requests: readonly Request[]): readonly Answer[] {
    let begun = false;
    try {
      begin.run();
      begun = true;
      // Nobody is beside a single one.
      const answers = requests.map(requests.length > 1 ? answerInSavepoint : answer);
      end.run();
      return answers;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      // Where not even a transaction began (a locked database) each would only wait as long again.
      if (begun && requests.length > 1) return requests.flatMap((request) => commit([request]));
      const failure = failureOf(error);
      return requests.map(({ id }) => ({ id, failure }));
    }
  }

  return {
    *answer(requests) {
      const single = requests.filter(({ operation }) => !slices.has(operation));
      if (single.length > 0) yield commit(single);
      for (const request of requests) if (slices.has(request.operation)) yield commit([request]);
    },
    close: () => db.close(),
  };
}
