import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CallStatus, isTerminal } from '../../src-shared/call.ts';
import { type CrashWorld, type Reply, startCrashWorld } from '../support/crash-world.ts';
import { callXml, restException } from '../support/fake-exotel.ts';
import { amount, chanceOfThisRun } from '../support/torture.ts';

/*
 * The lifecycle, through the core's doors, against a model of what the program can know: random orders of presses, answers,
 * callbacks, withdrawals, sleeps, clocks set on or back, and crashes.
 */

interface Expected {
  readonly id: string;
  readonly number: string;
  status: CallStatus;
}

/** The calls, in the order they were pressed. */
type Model = Expected[];
type Step = fc.AsyncCommand<Model, CrashWorld>;

const replies = {
  accepted: { status: 200, xml: callXml({ Sid: 'sid' }) },
  refused: { status: 400, xml: restException(400, 'Invalid From') },
  'rate-limited': { status: 429, xml: restException(429, 'Too many'), retryAfter: '5' },
  doubted: { status: 502, xml: '<html></html>' },
  lost: null,
} satisfies Record<string, Reply>;
type ReplyName = keyof typeof replies;

const words = ['in-progress', 'answered', 'completed', 'busy', 'failed', 'no-answer'] as const;

/** What an answer makes of a call that is being dialled. Once something else has proved the call, a no changes nothing. */
function afterReply(status: CallStatus, reply: ReplyName): CallStatus {
  if (reply === 'accepted') return afterWord(status, 'in-progress');
  if (status !== 'dialing') return status;
  if (reply === 'refused') return 'rejected';
  return reply === 'rate-limited' ? 'queued' : 'unconfirmed';
}

function afterWord(status: CallStatus, word: (typeof words)[number]): CallStatus {
  if (isTerminal(status) || (status === 'answered' && word === 'in-progress')) return status;
  return word;
}

/** Whether the program may send such a call, or hold it, at any moment. */
function waits(status: CallStatus): boolean {
  return status === 'queued' || status === 'held';
}

async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fact())) await turn();
}

/** Every call is as the model says; a request for it went out at most once for each time that Exotel let it. */
async function compare(model: Model, world: CrashWorld): Promise<void> {
  for (const expected of model) {
    const { call, events } = await world.harness.client.calls.get({ id: expected.id });
    if (waits(expected.status) && (call.status === 'dialing' || waits(call.status))) {
      expected.status = call.status;
    }
    expect(call.status).toBe(expected.status);
    if (call.status === 'dialing') await until(() => world.isWaiting(call.id));
    const free = events.filter(({ event }) => event.type === 'rate-limited' || event.type === 'not-sent');
    expect(world.requestsOf(call.id)).toBeLessThanOrEqual(1 + free.length);
  }
}

/** A step about the call that was pressed as the n-th (counted round), where `on` allows it. */
function step(
  name: string,
  n: number,
  on: (call: Expected) => boolean,
  run: (call: Expected, world: CrashWorld) => Promise<void>,
): Step {
  const chosen = (model: Readonly<Model>) => model[n % Math.max(1, model.length)];
  return {
    check: (model) => {
      const call = chosen(model);
      return call !== undefined && on(call);
    },
    async run(model, world) {
      const call = chosen(model);
      if (call !== undefined) await run(call, world);
      await compare(model, world);
    },
    toString: () => `${name} call ${n}`,
  };
}

const press = (): Step => ({
  check: () => true,
  async run(model, world) {
    const call = { id: crypto.randomUUID(), number: `+9198450${10_000 + model.length}` };
    // After an answer that was lost the person is asked, and means it.
    const { status } = await world.harness.place(call.number, { id: call.id, accept: ['line-down'] });
    // It waits only behind others, or where Exotel asked for a pause.
    expect(['dialing', 'queued']).toContain(status);
    model.push({ ...call, status });
    await compare(model, world);
  },
  toString: () => 'press',
});

const pressAgain = (n: number) =>
  step(
    'press again',
    n,
    () => true,
    async ({ id, number }, world) => {
      const before = world.requestsOf(id);
      expect((await world.harness.place(number, { id })).id).toBe(id);
      expect(world.requestsOf(id)).toBeLessThanOrEqual(before + 1);
    },
  );

const answer = (n: number, reply: ReplyName) =>
  step(
    `Exotel's ${reply} for`,
    n,
    () => true,
    async (call, world) => {
      if (!world.isWaiting(call.id)) return;
      const outcomes = new Set(['accepted', 'refused', 'rate-limited', 'doubted']);
      const count = async () =>
        (await world.harness.client.calls.get({ id: call.id })).events.filter(({ event }) =>
          outcomes.has(event.type),
        ).length;
      const before = await count();
      world.reply(call.id, replies[reply]);
      await until(async () => (await count()) > before);
      call.status = afterReply(call.status, reply);
    },
  );

const callBack = (n: number, word: (typeof words)[number]) =>
  step(
    `callback "${word}" for`,
    n,
    () => true,
    async (call, world) => {
      const status = await world.callBack(call.id, word);
      if (status === null) return;
      expect(status).toBe(200);
      call.status = afterWord(call.status, word);
    },
  );

const withdraw = (n: number) =>
  step(
    'withdraw',
    n,
    () => true,
    async (call, world) => {
      const done = await world.harness.client.calls.withdraw({ id: call.id }).then(
        () => true,
        () => false,
      );
      // Its turn may have come in the meantime.
      if (done) expect(waits(call.status)).toBe(true);
      if (done) call.status = 'withdrawn';
    },
  );

const resume = (n: number) =>
  step(
    'continue',
    n,
    ({ status }) => status === 'held',
    async (call, world) => {
      await world.harness.client.calls.resume({ id: call.id });
      call.status = 'queued';
    },
  );

const pass = (seconds: number): Step => ({
  check: () => true,
  async run(model, world) {
    await world.pass(seconds * 1000);
    await compare(model, world);
  },
  toString: () => `${seconds} s pass`,
});

const setClock = (minutes: number): Step => ({
  check: () => true,
  async run(model, world) {
    world.setClock(minutes * 60_000);
    await compare(model, world);
  },
  toString: () => `the clock is set by ${minutes} min`,
});

const sleep = (seconds: number): Step => ({
  check: () => true,
  async run(model, world) {
    await compare(model, world);
    world.sleep(seconds * 1000);
    for (const call of model) {
      if (call.status !== 'queued' || seconds <= 60) continue;
      await until(async () => {
        call.status = (await world.harness.client.calls.get({ id: call.id })).call.status;
        return call.status !== 'queued';
      });
      // Its turn may just have come.
      expect(['held', 'dialing']).toContain(call.status);
    }
    await compare(model, world);
  },
  toString: () => `${seconds} s of sleep`,
});

const crash = (): Step => ({
  check: () => true,
  async run(model, world) {
    await world.crash();
    for (const call of model) {
      const { status } = (await world.harness.client.calls.get({ id: call.id })).call;
      // A call whose turn was just coming may have been on its way.
      const inDoubt = waits(call.status) && status === 'unconfirmed';
      if (call.status === 'dialing' || inDoubt) call.status = 'unconfirmed';
    }
    await compare(model, world);
  },
  toString: () => 'crash',
});

const any = fc.nat({ max: 5 });
const steps = fc.commands(
  [
    fc.constant(press()),
    fc.constant(press()),
    any.map(pressAgain),
    fc.tuple(any, fc.constantFrom(...(Object.keys(replies) as ReplyName[]))).map((of) => answer(...of)), // Its own keys.
    fc.tuple(any, fc.constantFrom(...words)).map((of) => callBack(...of)),
    any.map(withdraw),
    any.map(resume),
    fc.constantFrom(1, 6, 61, 600).map(pass),
    fc.constantFrom(-120, -1, 1, 120).map(setClock),
    fc.constantFrom(30, 60, 61, 28_800).map(sleep),
    fc.constant(crash()),
  ],
  { maxCommands: 25, size: 'max' },
);

it('every order of presses, answers, callbacks, sleeps, crashes and clocks set leaves each call as it truly is', {
  timeout: amount(60_000, 3_600_000),
}, async () => {
  const { seed } = chanceOfThisRun();
  await fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      const world = await startCrashWorld();
      try {
        await fc.asyncModelRun(() => ({ model: [], real: world }), commands);
      } finally {
        await world.close();
      }
    }),
    // V8 of Node 24 was seen to end a process that had started some thousands of workers.
    { numRuns: amount(30, 400), seed },
  );
});
