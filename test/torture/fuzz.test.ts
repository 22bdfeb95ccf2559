import { expect, it, onTestFinished } from 'vitest';
import { Agent, request } from 'undici';
import { statusCallbackPath } from '../../src-main/callbacks/server.ts';
import { accountSettings, makeDataDir } from '../support/core-harness.ts';
import { startCoreProcess } from '../support/core-process.ts';
import { startPublicFront } from '../support/public-front.ts';
import { callXml, sendXml, startFakeExotel } from '../support/fake-exotel.ts';
import { multipart, multipartType } from '../support/raw-http.ts';
import { amount, type Chance, chanceOfThisRun } from '../support/torture.ts';

const bodies = amount(5000, 100_000);
/** Sent at the same time. */
const senders = 16;
/** What the heap may grow by between the first and the last tenth of the attack: caches warm up, nothing piles up. */
const mayGrow = 8 * 1024 * 1024;

/** As Exotel sends them. */
const genuine: readonly [Sent, ...Sent[]] = [
  {
    type: multipartType,
    body: multipart([
      ['CallSid', 'c5'],
      ['Status', 'busy'],
      ['RecordingUrl', 'https://s3.example/a.mp3'],
      ['DateUpdated', '2026-11-23 12:00:00'],
      ['Legs[0][Status]', 'busy'],
    ]),
  },
  // The wider payload, of an event that was asked for.
  {
    type: multipartType,
    body: multipart([
      ['EventType', 'terminal'],
      ['CallSid', 'c5'],
      ['Status', 'completed'],
      ['DateCreated', '2026-11-23 12:00:00'],
      ['DateUpdated', '2026-11-23 12:01:00'],
      ['To', '08047191234'],
      ['From', '09845012346'],
      ['PhoneNumberSid', '08047191234'],
      ['StartTime', '2026-11-23 12:00:00'],
      ['EndTime', '2026-11-23 12:01:00'],
      ['ConversationDuration', '42'],
      ['Direction', 'outbound-api'],
      ['CustomField', 'flowdial'],
      ['Legs[0][Status]', 'completed'],
      ['Legs[0][OnCallDuration]', '42'],
      ['Legs[1][Status]', 'null'],
      ['Legs[1][OnCallDuration]', '0'],
    ]),
  },
  { type: 'application/x-www-form-urlencoded', body: 'CallSid=c5&Status=no-answer&Legs%5B0%5D=%00' },
  {
    type: 'application/json',
    body: '{"EventType":"answered","CallSid":"c5","Status":"in-progress","ConversationDuration":0,"Legs":[{"Number":"09845012346","Status":"in-progress","OnCallDuration":"3"}]}',
  },
  { type: 'application/json', body: '{"CallSid":"c5","Status":"failed","Legs":[{"Status":null}]}' },
];

interface Sent {
  readonly type: string;
  readonly body: string;
}

const pieces = [
  '\r\n',
  '--',
  '\r\n\r\n',
  ': ',
  ';',
  '"',
  '%',
  '=&',
  '{',
  '\0',
  'filename="x"',
  'charset=x',
  '\u{202e}',
] as const;

/** Of bytes, whatever they mean. */
function randomText(chance: Chance, length: number): string {
  return String.fromCharCode(...Array.from({ length }, () => chance.int(256)));
}

/** Shaped as one of ours. */
function token(chance: Chance): string {
  return Buffer.from(randomText(chance, 16), 'latin1').toString('base64url');
}

/** One to four pieces cut out, doubled, or exchanged for others. */
function mutate(chance: Chance): Sent {
  const { type, body } = chance.pick(genuine);
  let text = body;
  for (let times = 1 + chance.int(4); times > 0; times--) {
    const from = chance.int(text.length + 1);
    const put = chance.percent(50)
      ? randomText(chance, chance.int(20))
      : chance.percent(80)
        ? chance.pick(pieces)
        : text.slice(from, from + 60);
    text = text.slice(0, from) + put + text.slice(from + chance.int(20));
  }
  return {
    type: chance.percent(95) ? type : `${type}${chance.pick(pieces).replaceAll(/[^ -~]/g, '')}`,
    body: text,
  };
}

it(`${bodies} mutated callbacks crash nothing, change nothing without their token, and leave the memory flat`, {
  timeout: bodies * 20,
}, async () => {
  const chance = chanceOfThisRun();
  const exotel = await startFakeExotel();
  onTestFinished(() => exotel.close());
  const urls: string[] = [];
  exotel.answer(({ form }, response) => {
    urls.push(new URL(form.get('StatusCallback') ?? '').pathname);
    sendXml(response, 200, callXml({ Sid: `sid${urls.length}` }));
  });
  const dir = makeDataDir();
  onTestFinished(() => dir.remove());
  const front = await startPublicFront();
  onTestFinished(() => front.close());
  const core = await startCoreProcess(
    {
      dataDir: dir.dir,
      time: { zero: Date.now(), speed: 1 },
      rateLimit: 200,
      settings: accountSettings(exotel.origin),
    },
    front,
  );
  const [attacked, open] = [crypto.randomUUID(), crypto.randomUUID()];
  await core.place(attacked, '9845012345');
  await exotel.connect(1);
  await core.place(open, '9845012346');
  await exotel.connect(2);
  const ownPath = urls[1] ?? '';
  const before = await settled(attacked);
  await settled(open);

  async function settled(id: string) {
    for (;;) {
      const whole = await core.get(id);
      if (whole.call.status === 'in-progress') return whole;
    }
  }

  const agent = new Agent({ connections: senders });
  onTestFinished(() => agent.destroy());
  const answers = new Map<number, number>();
  let sent = 0;
  let stored = 0;
  let early = 0;

  async function attack(): Promise<void> {
    while (sent < bodies) {
      sent++;
      if (sent === Math.ceil(bodies / 10)) early = await core.weigh();
      // One in ten comes by the right address of the other call: what is genuine is taken, however odd.
      const right = chance.percent(10);
      const path = right ? ownPath : statusCallbackPath(attacked, token(chance));
      const { type, body } = mutate(chance);
      const answer = await request(core.callbacks + path, {
        method: 'POST',
        dispatcher: agent,
        headers: { 'content-type': type },
        body: Buffer.from(body, 'latin1'),
      });
      await answer.body.dump();
      answers.set(answer.statusCode, (answers.get(answer.statusCode) ?? 0) + 1);
      if (right && answer.statusCode === 200) stored++;
      if (!right) expect([400, 404, 413, 415], `${type}\n${body}`).toContain(answer.statusCode);
    }
  }
  await Promise.all(Array.from({ length: senders }, attack));

  expect(await core.get(attacked)).toEqual(before);
  const { events } = await core.get(open);
  const kept = events
    .filter(({ event }) => event.type === 'reported')
    .reduce((sum, { times }) => sum + times, 0);
  expect(kept).toBe(stored);
  expect(answers.get(404) ?? 0).toBeGreaterThan(bodies / 4);
  expect([...answers.keys()].filter((status) => status >= 500)).toEqual([]);
  const late = await core.weigh();
  console.log(
    `fuzz: ${(early / 1e6).toFixed(1)} MB after a tenth, ${(late / 1e6).toFixed(1)} MB at the end; ${JSON.stringify([...answers])}`,
  );
  expect(late - early).toBeLessThan(mayGrow);
  await core.stop();
});
