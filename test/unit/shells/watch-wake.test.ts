import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import type { WakeReason } from '../../../src-main/ports.ts';
import { watchWake } from '../../../src-main/shells/watch-wake.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const address = (ip: string, internal = false): NetworkInterfaceInfo => ({
  address: ip,
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal,
  cidr: null,
});

const office = { lo: [address('127.0.0.1', true)], wlan0: [address('192.168.1.20')] };

/** A computer whose clocks, network and sleep the test has in hand. */
function setUp() {
  const timers = createFakeClock();
  let ahead = { now: 0, monotonic: 0 };
  let interfaces: Record<string, NetworkInterfaceInfo[]> = office;
  let resumed = () => {};
  let watchedResume = false;
  const heard: WakeReason[] = [];
  const wake = watchWake({
    clock: {
      now: () => timers.now() + ahead.now,
      monotonic: () => timers.monotonic() + ahead.monotonic,
      after: (ms, run) => timers.after(ms, run),
    },
    interfaces: () => interfaces,
    onResume: (listener) => {
      resumed = listener;
      watchedResume = true;
      return () => void (watchedResume = false);
    },
  });
  return {
    timers,
    heard,
    wake,
    listen: () => wake.onWake((why) => void heard.push(why)),
    /** Timers stand in a sleep; which clock stands too differs by system. */
    sleep: (by: { now: number; monotonic: number }) => {
      ahead = { now: ahead.now + by.now, monotonic: ahead.monotonic + by.monotonic };
    },
    network: (next: Record<string, NetworkInterfaceInfo[]>) => void (interfaces = next),
    resume: () => resumed(),
    watchesResume: () => watchedResume,
  };
}

it('says nothing while the computer is awake on one network', async () => {
  const { heard, listen, timers } = setUp();
  listen();
  await timers.advance(3_600_000);
  expect(heard).toEqual([]);
});

it.each([
  ['the monotonic clock stood (Linux)', { now: 60_000, monotonic: 0 }],
  ['it ran on (Windows, macOS)', { now: 60_000, monotonic: 60_000 }],
  ['a person set the wall clock back', { now: -3_600_000, monotonic: 60_000 }],
])('tells a sleep, once, within a beat of its end: %s', async (_system, by) => {
  const { heard, listen, timers, sleep } = setUp();
  listen();
  await timers.advance(7000);
  sleep(by);
  await timers.advance(5000);
  expect(heard).toEqual([{ kind: 'woke', sleptMs: 65_000 }]);
  await timers.advance(60_000);
  expect(heard).toHaveLength(1);
});

it('takes no late timer of a busy computer, and no clock set back, for a sleep', async () => {
  const { heard, listen, timers, sleep } = setUp();
  listen();
  sleep({ now: 9000, monotonic: 9000 });
  await timers.advance(5000);
  sleep({ now: -3_600_000, monotonic: 0 });
  await timers.advance(5000);
  expect(heard).toEqual([]);
});

it('tells of another network: an address came, went or changed', async () => {
  const { heard, listen, timers, network } = setUp();
  listen();
  const next = [
    {},
    office,
    { ...office, wlan0: [address('10.0.0.7')] },
    { ...office, tun0: [address('10.8.0.2')] },
  ];
  for (const [times, interfaces] of next.entries()) {
    network(interfaces);
    await timers.advance(5000);
    expect(heard).toEqual(Array.from({ length: times + 1 }, () => ({ kind: 'network' })));
  }
});

it('is not moved by addresses that only this computer or its own cable knows, nor by their order', async () => {
  const { heard, listen, timers, network } = setUp();
  listen();
  network({
    wlan0: office.wlan0,
    lo: [address('127.0.0.2', true)],
    veth1: [address('fe80::1'), address('169.254.3.4')],
  });
  await timers.advance(5000);
  expect(heard).toEqual([]);
});

it('tells a sleep that ended on another network as one', async () => {
  const { heard, listen, timers, network, sleep } = setUp();
  listen();
  sleep({ now: 3_600_000, monotonic: 0 });
  network({});
  await timers.advance(10_000);
  expect(heard).toEqual([{ kind: 'woke', sleptMs: 3_605_000 }]);
});

it('tells at once where the system says that it woke, however short the sleep, and once', async () => {
  const { heard, listen, timers, sleep, resume } = setUp();
  listen();
  await timers.advance(2000);
  sleep({ now: 3000, monotonic: 0 });
  resume();
  expect(heard).toEqual([{ kind: 'woke', sleptMs: 5000 }]);
  await timers.advance(10_000);
  sleep({ now: 60_000, monotonic: 0 });
  await timers.advance(5000);
  resume();
  expect(heard).toHaveLength(2);
});

it('runs only while somebody listens, and tells each until it has ended', async () => {
  const { heard, listen, timers, sleep, wake, watchesResume } = setUp();
  expect(timers.timers).toBe(0);
  const endFirst = listen();
  const others: WakeReason[] = [];
  const endSecond = wake.onWake((why) => void others.push(why));
  expect([timers.timers, watchesResume()]).toEqual([1, true]);
  endFirst();
  endFirst();
  sleep({ now: 60_000, monotonic: 0 });
  await timers.advance(5000);
  expect(heard).toEqual([]);
  expect(others).toHaveLength(1);
  endSecond();
  expect([timers.timers, watchesResume()]).toEqual([0, false]);
  // What passed while nobody listened is no sleep.
  await timers.advance(60_000);
  listen();
  await timers.advance(5000);
  expect(heard).toEqual([]);
});
