import type { Values } from './query.ts';

/** A condition in SQL and the values of its `?`. */
export interface Condition {
  readonly sql: string;
  readonly values: Values;
}

/**
 * Text as it is compared, stored and sought alike: no case, no accents on Latin letters, full-width forms and
 * Devanagari digits as plain ones, single blanks, nothing invisible (which numbers copied from web pages carry).
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[०-९]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0966 + 0x30))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** The digits of a number as they are stored for search. */
export function digitsOf(number: { readonly e164: string | null; readonly entered: string }): string {
  return number.e164 === null ? fold(number.entered).replaceAll(/\D/g, '') : digitsOfE164(number.e164);
}

/** The same of a number in E.164. */
export function digitsOfE164(e164: string): string {
  return e164.slice(1);
}

/** What a query asks for: all of these words; or, where it can be a piece of a number, its digits. */
export interface Sought {
  readonly words: readonly string[];
  readonly digits: string | null;
}

export function readQuery(query: string): Sought {
  const text = fold(query);
  const words = text.split(' ').filter((word) => word !== '');
  // Numbers are stored as E.164, without the zeros that people dial in front.
  const digits = text.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  return { words, digits: digits === '' || /\p{L}/u.test(text) ? null : digits };
}

/** The index holds trigrams: it knows no piece of a text that is shorter. */
function isIndexed(term: string): boolean {
  return Array.from(term).length >= 3;
}

/** The rowids of this FTS5 trigram table where one of the columns holds the term. The term is folded. */
export function rowsHolding(table: string, columns: readonly string[], term: string): Condition {
  return isIndexed(term)
    ? {
        sql: `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`,
        values: [`{${columns.join(' ')}} : "${term.replaceAll('"', '""')}"`],
      }
    : {
        sql: `SELECT rowid FROM ${table} WHERE ${columns.map((column) => `instr(${column}, ?) > 0`).join(' OR ')}`,
        values: columns.map(() => term),
      };
}

/** All of the conditions (AND) or any of them (OR); none is no condition. */
export function join(conditions: readonly Condition[], by: 'AND' | 'OR'): Condition {
  return {
    sql: conditions.length === 0 ? 'TRUE' : `(${conditions.map(({ sql }) => sql).join(` ${by} `)})`,
    values: conditions.flatMap(({ values }) => values),
  };
}
