import type { DatabaseSync } from 'node:sqlite';
import { failureOf } from './failures.ts';
import type { Answer, Operations, Request } from './protocol.ts';
import { perform, type Service } from './serve.ts';

/** Answers requests one by one, each from one state of the database. */
export function createReader(db: DatabaseSync, operations: Operations): Service {
  function answerFromSnapshot(request: Request): Answer {
    try {
      db.exec('BEGIN');
      return { id: request.id, value: perform(operations, request) };
    } catch (error) {
      return { id: request.id, failure: failureOf(error) };
    } finally {
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  }

  return {
    *answer(requests) {
      for (const request of requests) yield [answerFromSnapshot(request)];
    },
    close: () => db.close(),
  };
}
