import type { CallEvent } from '../../../src-shared/call-events.ts';
import type { AppStatus } from '../../../src-shared/contract/app.ts';
import type { CallView } from '../../../src-shared/contract/calls.ts';
import { type Flow, flowSchema } from '../../../src-shared/flow.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import { type AppletAsker, appletAsker } from '../../support/applet-asker.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  plainFlow,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';
import { type PublicFront, startPublicFront } from '../../support/public-front.ts';

export const rep = '+919876543210';

export const ringsMe: Flow = flowSchema.parse({
  id: 'lead',
  name: 'New lead',
  kind: 'rings-me',
  appId: '29281',
  ringSeconds: 20,
  talkSeconds: 1800,
  greeting: 'Namaste {first}, please hold the line.',
  greetingFallback: 'Hello, please hold the line.',
  asks: { greeting: true },
});

/** The whole core with a flow that rings the rep, another that speaks by itself, an Exotel of the test's own, and the applets of the flow. */
export interface DoorsWorld {
  readonly harness: CoreHarness;
  readonly exotel: FakeExotel;
  readonly front: PublicFront;
  readonly clock: FakeClock;
  readonly dataDir: string;
  readonly applets: AppletAsker;
  readonly urls: Parameters<typeof appletAsker>[0];
  /** Places a call and lets Exotel take it: `sid1` for the first, and so on. */
  dial(number?: string, more?: Parameters<CoreHarness['place']>[1]): Promise<Dialed>;
  /** The call's events as they are stored. */
  events(id: string): Promise<readonly CallEvent[]>;
  get(id: string): Promise<CallView>;
  /** Resolves once the call is so. */
  becomes(id: string, is: (call: CallView) => boolean): Promise<CallView>;
  status(): Promise<AppStatus>;
  close(): Promise<void>;
}

export interface Dialed {
  readonly id: string;
  readonly sid: string;
  readonly customField: string;
  readonly statusCallback: string;
  readonly form: URLSearchParams;
}

export async function startDoorsWorld(settings: Partial<Settings> = {}): Promise<DoorsWorld> {
  const exotel = await startFakeExotel();
  exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: `sid${exotel.connects().length}` })));
  const front = await startPublicFront();
  const data = makeDataDir();
  const clock = createFakeClock();
  const harness = await startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: {
      ...accountSettings(exotel.origin),
      askAgainSeconds: 0,
      flows: [ringsMe, plainFlow],
      phones: [{ label: 'Mobile', number: rep }],
      customField: 'Priya, demo',
      ...settings,
    },
    secrets: accountSecrets,
    front,
  });
  const { client } = harness;
  const { urls } = await client.flows.doors();
  if (urls === null) throw new Error('There is no public address.');

  const get = async (id: string) => (await client.calls.get({ id })).call;

  async function becomes(id: string, is: (call: CallView) => boolean): Promise<CallView> {
    const changes = await client.calls.live();
    try {
      // Subscribed first, so that no change falls between.
      const now = await get(id);
      if (is(now)) return now;
      for await (const call of changes) if (call.id === id && is(call)) return call;
      throw new Error('The core ended.');
    } finally {
      await changes.return?.(undefined);
    }
  }

  return {
    harness,
    exotel,
    front,
    clock,
    dataDir: data.dir,
    applets: appletAsker(urls),
    urls,
    async dial(number = '9845012345', more) {
      const n = exotel.connects().length + 1;
      const { id } = await harness.place(number, more);
      const { form } = await exotel.connect(n);
      await harness.reaches(id, 'in-progress');
      return {
        id,
        sid: `sid${n}`,
        form,
        customField: form.get('CustomField') ?? '',
        statusCallback: form.get('StatusCallback') ?? '',
      };
    },
    events: async (id) => (await client.calls.get({ id })).events.map(({ event }) => event),
    get,
    becomes,
    async status() {
      for await (const status of await client.app.status()) return status;
      throw new Error('The core ended.');
    },
    async close() {
      await harness.stop();
      await exotel.close();
      await front.close();
      await data.remove();
    },
  };
}
