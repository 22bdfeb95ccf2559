import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExotelClient, ReadPass } from '../../../src-main/exotel/client.ts';
import { createExotelClient } from '../../../src-main/exotel/exotel-client.ts';
import {
  callXml,
  type FakeExotel,
  restException,
  sendXml,
  startFakeExotel,
} from '../../support/fake-exotel.ts';

let exotel: FakeExotel;
let client: ExotelClient;
/** What became of each pass. */
let ends: string[];
/** Resolves the waits of `enter`, in turn. */
let waiting: ((pass: ReadPass | null) => void)[];

const pass: ReadPass = {
  settle: () => ends.push('settled'),
  rateLimited: (retryAfterMs) => ends.push(`429, ${retryAfterMs}`),
};

beforeEach(async () => {
  exotel = await startFakeExotel();
  ends = [];
  waiting = [];
  client = createExotelClient(
    { origin: exotel.origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' },
    {
      gate: {
        enter: (signal) =>
          new Promise((resolve) => {
            waiting.push(resolve);
            signal.addEventListener('abort', () => resolve(null));
          }),
      },
    },
  );
});

afterEach(async () => {
  await client.close();
  await exotel.close();
});

describe('a read', () => {
  it('is not sent before it may be, and ends its right when it is answered', async () => {
    exotel.answer((_, response) => {
      expect(ends).toEqual([]);
      sendXml(response, 200, callXml({ Sid: 'a' }));
    });
    const asked = client.calls(['a']);
    expect(exotel.requests).toEqual([]);
    waiting[0]?.(pass);
    expect(await asked).toMatchObject({ kind: 'ok' });
    expect(ends).toEqual(['settled']);
  });

  it('asks for a right for each request of it', async () => {
    exotel.answer((_, response) => sendXml(response, 404, restException(404, 'Not here')));
    const asked = client.calls(['a', 'b']);
    for (const n of [0, 1, 2]) {
      await expect.poll(() => waiting.length).toBe(n + 1);
      waiting[n]?.(pass);
    }
    expect(await asked).toMatchObject({ kind: 'failed', reason: { code: 'not-found' } });
    expect(exotel.requests).toHaveLength(3);
    expect(ends).toEqual(['settled', 'settled', 'settled']);
  });

  it.each([
    [{ 'retry-after': '7' }, '429, 7000'],
    [{}, '429, null'],
  ])('that is answered by 429 says so, with %j', async (headers, end) => {
    exotel.answer((_, response) => sendXml(response, 429, restException(429, 'Too many'), headers));
    const asked = client.exoPhones();
    waiting[0]?.(pass);
    expect(await asked).toMatchObject({ kind: 'failed', reason: { code: 'rate-limited' } });
    expect(ends).toEqual([end]);
  });

  it('that gets no answer ends its right too', async () => {
    exotel.answer((_, response) => {
      response.destroy();
    });
    const asked = client.exoPhones();
    waiting[0]?.(pass);
    expect(await asked).toMatchObject({ kind: 'failed' });
    expect(ends).toEqual(['settled']);
  });

  it('waits no longer once the client is closed', async () => {
    const asked = client.exoPhones();
    await client.close();
    expect(await asked).toMatchObject({
      kind: 'failed',
      reason: { code: 'unreachable', customerCalled: 'no' },
    });
    expect(exotel.requests).toEqual([]);
  });
});
