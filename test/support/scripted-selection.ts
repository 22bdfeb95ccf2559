import type { SelectionRead, SelectionReader } from '../../src-main/ports.ts';
import { mostText } from '../../src-main/selection/selection-messages.ts';

/** A selection reader that finds what a test highlights, or fails as told. */
export interface ScriptedSelection {
  readonly reader: SelectionReader;
  /** Empty: nothing is highlighted any more. */
  readonly highlight: (text: string) => void;
  fail(why: Extract<SelectionRead, { kind: 'nothing' }>['why']): void;
  /** How often it was asked. */
  readonly reads: number;
}

export function scriptedSelection(): ScriptedSelection {
  let answer: SelectionRead = { kind: 'nothing', why: 'empty' };
  let reads = 0;
  return {
    reader: {
      async read() {
        reads++;
        return answer;
      },
    },
    highlight(text) {
      answer =
        text.trim() === ''
          ? { kind: 'nothing', why: 'empty' }
          : { kind: 'text', text: text.slice(0, mostText), source: 'native' };
    },
    fail: (why) => (answer = { kind: 'nothing', why }),
    get reads() {
      return reads;
    },
  };
}
