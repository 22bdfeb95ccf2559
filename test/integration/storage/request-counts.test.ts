import { describe, expect, it } from 'vitest';
import { lineKey } from '../../../src-shared/call-events.ts';
import {
  account,
  hashes,
  noon,
  openGuard,
  placed,
  sending,
  storageForTest,
  temporaryDir,
} from '../../support/storage-samples.ts';

const line = lineKey(account);

describe('the requests of a line’s last minute', () => {
  it('are what the newest request said, by line, also after a restart', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir });
    expect(await storage.requests.lastMinutes()).toEqual(new Map());
    await storage.requests.record(line, 200);
    await storage.requests.record('another', 3);
    await storage.requests.record(line, 7);
    await storage.close();
    const next = await storageForTest({ dataDir });
    expect(await next.requests.lastMinutes()).toEqual(
      new Map([
        [line, 7],
        ['another', 3],
      ]),
    );
  });

  it('are written with the event that a call is being sent, or not at all', async () => {
    const storage = await storageForTest();
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const events = [placed('+919845012345'), sending(1)];
    await storage.calls.place(first, events, hashes(first), openGuard, 1);
    expect(await storage.requests.lastMinutes()).toEqual(new Map([[line, 1]]));
    const asksFirst = { doNotCallAt: noon, placedSince: noon - 1000, atMost: null };
    expect(await storage.calls.place(second, events, hashes(second), asksFirst, 2)).toMatchObject({
      outcome: 'recent',
    });
    const again = { hashes: hashes('again'), inMinute: 3 };
    expect(await storage.calls.append(first, sending(2), again)).toMatchObject({ outcome: 'impossible' });
    expect(await storage.requests.lastMinutes()).toEqual(new Map([[line, 1]]));

    await storage.calls.place(second, [placed('+919845012346')], hashes(second), openGuard);
    await storage.calls.append(second, sending(1), again);
    expect(await storage.requests.lastMinutes()).toEqual(new Map([[line, 3]]));
  });
});
