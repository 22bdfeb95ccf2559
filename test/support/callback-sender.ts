import { Agent, request } from 'undici';
import type { CoreHarness } from './core-harness.ts';
import { callXml, type FakeExotel, sendXml } from './fake-exotel.ts';
import { multipart, multipartType } from './raw-http.ts';

/** Sends bursts of genuine StatusCallbacks, as Exotel does when a list is dialled. */
export interface CallbackSender {
  /** How many in a burst. */
  readonly burst: number;
  /** Sends one burst, each callback an event of its own; how long until the last 200, ms. Throws where one gets none. */
  send(origin: string): Promise<number>;
  close(): Promise<void>;
}

const calls = 32;
const perCall = 8;

/** Places the calls that the callbacks will be about. */
export async function createCallbackSender(
  harness: CoreHarness,
  exotel: FakeExotel,
): Promise<CallbackSender> {
  exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: `sid${exotel.connects().length}` })));
  for (let n = 0; n < calls; n++) {
    const { id } = await harness.place(`+9198450${String(10_000 + n)}`);
    await harness.reaches(id, 'in-progress');
  }
  // As the public address hands them on: without its own prefix.
  const paths = exotel
    .connects()
    .map(({ form }) => new URL(form.get('StatusCallback') ?? '').pathname.replace(/^.*(?=\/exotel\/)/, ''));
  const agent = new Agent({ connections: calls });
  let sent = 0;

  async function one(url: string): Promise<void> {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': multipartType },
      body: multipart([
        ['CallSid', 'c5'],
        ['Status', 'in-progress'],
        ['RecordingUrl', 'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/acme1/c5.mp3'],
        ['DateUpdated', String(sent++)],
      ]),
    });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`A callback got ${answer.statusCode}.`);
  }

  return {
    burst: calls * perCall,
    async send(origin) {
      const startedAt = performance.now();
      await Promise.all(
        paths.map(async (path) => {
          for (let n = 0; n < perCall; n++) await one(origin + path);
        }),
      );
      return performance.now() - startedAt;
    },
    close: () => agent.destroy(),
  };
}
