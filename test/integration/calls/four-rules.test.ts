import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warningCodes } from '../../../src-shared/contract/calls.ts';
import { connectFields } from '../../support/applet-asker.ts';
import { reachesTunnel } from '../../support/core-harness.ts';
import { type DoorsWorld, rep, startDoorsWorld } from './doors-world.ts';

let world: DoorsWorld;
beforeEach(async () => {
  world = await startDoorsWorld();
});
afterEach(() => world.close());

const customer = '9845012345';

/** Holds the database against all writing, as another program could; returns what lets go of it. */
function holdDatabase(): () => void {
  const other = new DatabaseSync(path.join(world.dataDir, 'flowdial.db'));
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

describe('a flow that rings the rep', () => {
  it.each<[string, string, () => Promise<unknown>]>([
    ['no phone is set', 'no-phone', () => world.harness.client.settings.update({ phones: [] })],
    ['the rep is Away', 'away', () => world.harness.client.rep.set({ state: 'away' })],
    ['another call has the rep', 'on-a-call', () => world.dial('9845012399')],
    [
      'there is no public address',
      'no-address',
      () => world.harness.client.settings.update({ tunnel: 'none' }),
    ],
    [
      'the public address leads nowhere',
      'address-unproven',
      async () => {
        world.front.leadNowhere();
        await world.harness.client.app.checkTunnel().catch(() => undefined);
      },
    ],
  ])('is not dialled where %s, whatever is accepted: %s', async (_, block, happen) => {
    await happen();
    const sent = world.exotel.connects().length;
    for (const accept of [[], [...warningCodes]]) {
      await expect(world.harness.place(customer, { accept })).rejects.toMatchObject({
        code: 'BLOCKED',
        data: { blocks: [block] },
      });
    }
    expect(world.exotel.connects()).toHaveLength(sent);
    expect((await world.harness.client.calls.list({ query: '9845012345' })).calls).toEqual([]);
  });

  it('is offered with what works instead', async () => {
    await world.harness.client.rep.set({ state: 'away' });
    const verdict = await world.harness.client.calls.check({ number: customer });
    expect(verdict).toMatchObject({
      flow: { id: 'lead' },
      blocks: ['away'],
      alternatives: ['ready', 'ring-me-first', 'automated-flow'],
    });
  });

  it('is not sent where the rep leaves in the moment of the press', async () => {
    const placing = world.harness.place(customer);
    await world.harness.client.rep.set({ state: 'away' });
    await expect(placing).rejects.toMatchObject({ code: 'BLOCKED', data: { blocks: ['away'] } });
    expect(world.exotel.connects()).toEqual([]);
  });

  it('is not sent where the rep leaves while it is written to a slow disk', async () => {
    const letGo = holdDatabase();
    const placing = world.harness.place(customer);
    // Past every look before the write: the call has the rep already.
    await expect
      .poll(async () => {
        for await (const view of await world.harness.client.rep.live()) return view.state;
      })
      .toBe('on-a-call');
    await world.harness.client.rep.set({ state: 'away' });
    letGo();
    const { id } = await placing;
    const call = await world.becomes(id, ({ status }) => status !== 'dialing');
    expect(call).toMatchObject({
      status: 'rejected',
      reason: { code: 'rep-not-ready', customerCalled: 'no', message: 'away' },
    });
    expect(world.exotel.connects()).toEqual([]);
    // It keeps nobody.
    await world.harness.client.rep.set({ state: 'ready' });
    await world.dial(customer);
  });

  it('is not sent where the public address is lost while it is written', async () => {
    const letGo = holdDatabase();
    const placing = world.harness.place(customer);
    await expect
      .poll(async () => {
        for await (const view of await world.harness.client.rep.live()) return view.state;
      })
      .toBe('on-a-call');
    world.front.leadNowhere();
    await world.harness.client.app.checkTunnel().catch(() => undefined);
    await reachesTunnel(world.harness.client, 'unreachable');
    letGo();
    const { id } = await placing;
    const call = await world.becomes(id, ({ status }) => status !== 'dialing');
    expect(call).toMatchObject({
      status: 'rejected',
      reason: { code: 'rep-not-ready', message: 'address-unproven' },
    });
    expect(world.exotel.connects()).toEqual([]);
  });

  it('proves an address that was not proven for a minute before it is dialled', async () => {
    // The rep talks elsewhere: the address is not kept fresh.
    await world.harness.client.rep.set({ state: 'on-a-call' });
    await world.clock.advance(60_001);
    await world.harness.client.rep.set({ state: 'ready' });
    await world.dial(customer);
  });

  it.each([2, 5])('of %i that are pressed at once, one leaves', async (count) => {
    const placing = Array.from({ length: count }, (_, n) => world.harness.place(`984501230${n}`));
    const all = await Promise.allSettled(placing);
    const placed = all.filter(({ status }) => status === 'fulfilled');
    expect(placed).toHaveLength(1);
    for (const each of all) {
      if (each.status === 'rejected') {
        expect(each.reason).toMatchObject({ code: 'BLOCKED', data: { blocks: ['on-a-call'] } });
      }
    }
    await world.exotel.connect(1);
    expect((await world.harness.client.calls.list({})).calls).toHaveLength(1);
  });

  it('pressed twice is one call', async () => {
    const id = crypto.randomUUID();
    const [one, other] = await Promise.all([
      world.harness.place(customer, { id }),
      world.harness.place(customer, { id }),
    ]);
    expect(one.id).toBe(other.id);
    await world.harness.reaches(id, 'in-progress');
    expect(world.exotel.connects()).toHaveLength(1);
  });

  it('that was refused, and is asked for again by the same press, keeps the rep from no other', async () => {
    world.exotel.answer((_, response) => void response.writeHead(403).end());
    const id = crypto.randomUUID();
    await world.harness.place(customer, { id });
    await world.becomes(id, ({ status }) => status === 'rejected');
    expect(await world.harness.place(customer, { id })).toMatchObject({ status: 'rejected' });
    for await (const view of await world.harness.client.rep.live()) {
      expect(view).toMatchObject({ state: 'ready', blocks: [] });
      break;
    }
  });

  it('that waits for its turn is held where the rep is gone by then', async () => {
    world.exotel.answer((_, response) => void response.writeHead(429, { 'retry-after': '5' }).end());
    const { id } = await world.harness.place(customer);
    await world.harness.reaches(id, 'queued');
    await world.harness.client.rep.set({ state: 'away' });
    await world.clock.advance(5000);
    await world.becomes(id, ({ status }) => status === 'held');
    expect(world.exotel.connects()).toHaveLength(1);
  });
});

describe('what was answered while the disk refuses', () => {
  it('is right at once, the same again, and stored once it can be', async () => {
    const { id, customField } = await world.dial(customer);
    const letGo = holdDatabase();
    const url = `${world.urls.connect}?${new URLSearchParams({ ...connectFields, CustomField: customField }).toString()}`;
    const ask = async () => {
      const answer = await request(url, { headers: { 'exotel-version': '1.0' } });
      return answer.body.json();
    };
    expect(await ask()).toMatchObject({ destination: { numbers: [rep] } });
    // Nothing is stored by now, and the rep leaves: who waits is told the same.
    await world.harness.client.rep.set({ state: 'away' });
    expect(await ask()).toMatchObject({ destination: { numbers: [rep] } });
    expect(await world.get(id)).toMatchObject({ status: 'in-progress', conversation: { state: 'unknown' } });
    // Until storage gives up, and what it could not store is tried again.
    await expect
      .poll(() => world.harness.log.some((line) => line.includes('kept and tried again')), {
        timeout: 15_000,
      })
      .toBe(true);
    letGo();
    const waiting = world.becomes(id, ({ conversation }) => conversation.state === 'waiting');
    await world.clock.advance(2000);
    expect(await waiting).toMatchObject({ status: 'answered' });
    // Whichever was stored first, the other is stored too, as its repeat.
    await expect
      .poll(async () => {
        const { events } = await world.harness.client.calls.get({ id });
        return events.filter(({ event }) => event.type === 'connect-asked').map(({ times }) => times);
      })
      .toEqual([2]);
  });
});
