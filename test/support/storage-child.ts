/**
 * A process of its own for tests that kill one: `place DIR` places calls without end and prints the id of each that the
 * storage took; `lock DIR` holds the data folder, and collects garbage where it may
 * (`--expose-gc`). Each line is one fact.
 */
import { acquireLock } from '../../src-main/storage/lock.ts';
import { openStorage } from '../../src-main/storage/open.ts';

const [task, dataDir = ''] = process.argv.slice(2);

function say(word: string): void {
  process.stdout.write(`${word}\n`);
}

if (task === 'lock') {
  try {
    acquireLock(dataDir, { shell: 'browser', now: Date.UTC(2026, 10, 23) });
    say('held');
    process.stdin.resume();
    if (globalThis.gc !== undefined) {
      await globalThis.gc({ type: 'major', execution: 'async' });
      say('collected');
    }
  } catch (error) {
    say(String(error));
  }
} else {
  const storage = await openStorage({ dataDir });
  const line = { kind: 'practice' } as const;
  const number = { entered: '98450 12345', e164: '+919845012345' };
  for (;;) {
    const id = crypto.randomUUID();
    const at = Date.now();
    await storage.calls.place(
      id,
      [
        {
          type: 'placed',
          at,
          number,
          line,
          callerId: '',
          flowUrl: '',
          overrode: [],
          overrodeWhy: '',
          flow: null,
          ringMeFirst: false,
          repNumber: null,
        },
        { type: 'sending', at, attempt: 1, byAsking: true },
      ],
      { callback: 'aa', customField: 'bb' },
      { doNotCallAt: at, placedSince: null, atMost: null },
    );
    say(id);
  }
}
