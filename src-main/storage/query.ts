import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { StorageError } from './storage.ts';

/** Values of a statement's `?`, in order. */
export type Values = readonly SQLInputValue[];

/** A prepared SELECT whose rows are checked by a schema as they leave SQLite. */
export interface Query<Row> {
  all(...values: Values): Row[];
  first(...values: Values): Row | null;
  /** One by one, for results that must not be in memory at once. */
  each(...values: Values): Iterable<Row>;
}

export function prepare<Row>(db: DatabaseSync, sql: string, row: z.ZodType<Row>): Query<Row> {
  const statement = db.prepare(sql);
  return {
    all: (...values) => statement.all(...values).map((found) => parse(row, found)),
    first(...values) {
      const found = statement.get(...values);
      return found === undefined ? null : parse(row, found);
    },
    *each(...values) {
      for (const found of statement.iterate(...values)) yield parse(row, found);
    },
  };
}

function parse<Row>(schema: z.ZodType<Row>, found: unknown): Row {
  const row = schema.safeParse(found);
  if (row.success) return row.data;
  // Not `damaged`: the file is sound, and another row may be.
  throw new StorageError('other', `The database holds what no Flowdial wrote: ${z.prettifyError(row.error)}`);
}

/** A column that keeps a value of this schema as JSON. */
export function jsonColumn<Value>(schema: z.ZodType<Value>): z.ZodType<Value> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
