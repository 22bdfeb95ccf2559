import type { CallView } from '../../src-shared/contract/calls.ts';
import { shortWhen } from '../ui/format.ts';
import { t } from '../words/words.ts';

const noteLength = 60;

/** When a number was called last, and the last note of it. `earlier`: its calls, newest first. */
export function lastWords(earlier: readonly CallView[], contactNote: string, now: number): string {
  const [last] = earlier;
  if (last === undefined) return contactNote === '' ? '' : `“${cut(contactNote)}”`;
  const note = earlier.find((each) => each.note !== '')?.note ?? contactNote;
  const when = shortWhen(last.placedAt, now);
  return note === '' ? t('live.lastSpoke', { when }) : t('live.lastNote', { when, note: cut(note) });
}

function cut(note: string): string {
  const line = note.trim().split('\n')[0] ?? '';
  return line.length > noteLength ? `${line.slice(0, noteLength).trimEnd()}…` : line;
}
