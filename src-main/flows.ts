import type { Line } from '../src-shared/call-events.ts';
import { type Flow, flowSchema } from '../src-shared/flow.ts';
import type { Settings } from '../src-shared/settings.ts';

/** The practice line's own flows, until the rep has some: one of each kind that a newcomer should feel. */
const samples: readonly Flow[] = [
  flowSchema.parse({
    id: 'practice-lead',
    name: 'New lead',
    kind: 'rings-me',
    colour: 'teal',
    appId: '100001',
    greeting: 'Hello {first}, please hold the line for {rep}.',
    greetingFallback: 'Hello, please hold the line.',
    asks: { greeting: true },
    key: 1,
  }),
  flowSchema.parse({
    id: 'practice-reminder',
    name: 'Demo reminder',
    kind: 'automated',
    colour: 'violet',
    appId: '100002',
    greeting: 'Hello {first}, this is a reminder of your demo.',
    greetingFallback: 'Hello, this is a reminder of your demo.',
    asks: { connect: false, greeting: true, legEvents: false },
    key: 2,
  }),
];

/** The catalogue of a line: the rep's flows; on the practice line, while there are none, its samples. */
export function flowsOf(line: Line['kind'], settings: Settings): readonly Flow[] {
  return settings.flows.length === 0 && line === 'practice' ? samples : settings.flows;
}

/** The dashboard's app id of a flow on the practice line, which holds the catalogue in order. */
const firstPracticeApp = 100_001;

/** In the seed's form: whatever the account's flows point to, the practice line has them under its own numbers. */
export function practiceFlowUrl(flow: Flow, settings: Settings): string {
  const place = flowsOf('practice', settings).findIndex(({ id }) => id === flow.id);
  return `http://my.exotel.in/exoml/start/${firstPracticeApp + place}`;
}

/** The flow that the practice line walks for an app id; null: it has none of it. */
export function practiceFlow(appId: string, settings: Settings): Flow | null {
  return flowsOf('practice', settings)[Number(appId) - firstPracticeApp] ?? null;
}
