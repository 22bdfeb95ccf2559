import type { CallStatus } from '../../src-shared/call.ts';
import type { PracticeEnding } from '../../src-shared/contract/app.ts';

/** How the request to call is answered. `accepted`, `lost` and `broken` do place the call; the others do not. */
type Answer =
  | { readonly kind: 'accepted'; readonly afterMs: number }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'lost' }
  /** A 200 whose XML breaks off. */
  | { readonly kind: 'broken' }
  /** A RestException. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** 429 with Retry-After for the first request; the next one for the same number is accepted. */
  | { readonly kind: 'refused-once'; readonly retryAfterSeconds: number; readonly message: string }
  /** HTML, as from a proxy that cannot reach Exotel. */
  | { readonly kind: 'proxy-page'; readonly status: number };

/** What a practice customer whose number ends so does. */
export interface Script {
  /** The last digits of the number; empty: every number that no other row names. */
  readonly ending: string;
  /** Names the outcome for the screen's catalogue. */
  readonly outcome: string;
  readonly answer: Answer;
  /** The status the call ends in, where it is placed. Only `completed` was picked up and has a recording. */
  readonly end: Extract<CallStatus, 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'>;
  /** When StatusCallbacks are posted, each in ms after the end; empty: none, only asking tells. */
  readonly callbacksAfterMs: readonly number[];
  /** How often Exotel's own list shows the call. */
  readonly listed: 'once' | 'never' | 'twice';
  /** When the customer hangs up by themselves, where a rep is rung. */
  readonly customer: 'stays' | 'leaves-waiting' | 'leaves-talking';
  /** How often a Connect applet asks for whom to dial. */
  readonly fetches: 1 | 2;
  /** Whether Exotel has the events of the rep's leg switched on for the account. */
  readonly legEvents: boolean;
  /** When Passthru comes: before the StatusCallback, after it, or never. */
  readonly passthru: 'in-time' | 'late' | 'never';
  /** Whether a StatusCallback about two numbers names the customer's leg first. */
  readonly crossedLegs: boolean;
  readonly quirks: Quirks;
}

/** How an applet's request is written, as was seen in the field (exotel-flows.md 8). */
export interface Quirks {
  readonly crossedNumbers: boolean;
  readonly unresolvedTemplates: boolean;
  /** What the customer pressed. */
  readonly digits: string;
}

const noQuirks: Quirks = { crossedNumbers: false, unresolvedTemplates: false, digits: '' };

const plain = {
  answer: { kind: 'accepted', afterMs: 0 },
  end: 'completed',
  callbacksAfterMs: [0],
  listed: 'once',
  customer: 'stays',
  fetches: 1,
  legEvents: true,
  passthru: 'in-time',
  crossedLegs: false,
  quirks: noQuirks,
} as const;

const refused = (status: number, message: string) =>
  ({ ...plain, answer: { kind: 'refused', status, message } }) as const;

/** Every outcome that can be played. An ending of HTTP's own digits is answered with that status. */
export const scripts: readonly Script[] = [
  { ending: '', outcome: 'completed', ...plain },
  { ending: '0001', outcome: 'busy', ...plain, end: 'busy' },
  { ending: '0002', outcome: 'no-answer', ...plain, end: 'no-answer' },
  { ending: '0003', outcome: 'failed', ...plain, end: 'failed' },
  { ending: '0004', outcome: 'canceled', ...plain, end: 'canceled' },
  { ending: '0010', outcome: 'slow-answer', ...plain, answer: { kind: 'accepted', afterMs: 8000 } },
  { ending: '0011', outcome: 'lost-answer', ...plain, answer: { kind: 'lost' } },
  { ending: '0012', outcome: 'no-callback', ...plain, callbacksAfterMs: [] },
  { ending: '0013', outcome: 'doubled-callback', ...plain, callbacksAfterMs: [0, 1000] },
  { ending: '0014', outcome: 'late-callback', ...plain, callbacksAfterMs: [20_000] },
  {
    ending: '0015',
    outcome: 'lost-answer-no-callback',
    ...plain,
    answer: { kind: 'lost' },
    callbacksAfterMs: [],
  },
  { ending: '0016', outcome: 'broken-answer', ...plain, answer: { kind: 'broken' } },
  {
    ending: '0017',
    outcome: 'never-listed',
    ...plain,
    answer: { kind: 'lost' },
    callbacksAfterMs: [],
    listed: 'never',
  },
  {
    ending: '0018',
    outcome: 'listed-twice',
    ...plain,
    answer: { kind: 'lost' },
    callbacksAfterMs: [],
    listed: 'twice',
  },
  { ending: '0021', outcome: 'customer-leaves-waiting', ...plain, customer: 'leaves-waiting' },
  { ending: '0022', outcome: 'customer-leaves-talking', ...plain, customer: 'leaves-talking' },
  { ending: '0023', outcome: 'connect-asked-twice', ...plain, fetches: 2 },
  { ending: '0024', outcome: 'no-leg-events', ...plain, legEvents: false },
  {
    ending: '0025',
    outcome: 'crossed-numbers',
    ...plain,
    quirks: { ...noQuirks, crossedNumbers: true },
  },
  {
    ending: '0026',
    outcome: 'unresolved-templates',
    ...plain,
    quirks: { ...noQuirks, unresolvedTemplates: true },
  },
  { ending: '0027', outcome: 'digits-pressed', ...plain, quirks: { ...noQuirks, digits: '1' } },
  { ending: '0028', outcome: 'no-passthru', ...plain, passthru: 'never' },
  { ending: '0029', outcome: 'late-passthru', ...plain, passthru: 'late' },
  { ending: '0030', outcome: 'crossed-legs', ...plain, crossedLegs: true },
  {
    ending: '0400',
    outcome: 'bad-parameter',
    ...refused(400, "Invalid Call Parameters: 'From' is not valid"),
  },
  { ending: '0401', outcome: 'credentials', ...refused(401, 'Authentication failed') },
  { ending: '0402', outcome: 'balance', ...refused(402, 'Insufficient balance to make this call') },
  {
    ending: '0403',
    outcome: 'dnd',
    ...refused(403, 'Call to this number cannot be made because of TRAI NDNC regulations'),
  },
  { ending: '0404', outcome: 'not-found', ...refused(404, 'The requested resource was not found') },
  { ending: '0409', outcome: 'conflict', ...refused(409, 'The request conflicts with another one') },
  {
    ending: '0429',
    outcome: 'rate-limited',
    ...plain,
    answer: { kind: 'refused-once', retryAfterSeconds: 2, message: 'Too Many Requests' },
  },
  { ending: '0500', outcome: 'could-not-start', ...refused(500, 'The call could not be started') },
  { ending: '0503', outcome: 'proxy-page', ...plain, answer: { kind: 'proxy-page', status: 503 } },
  { ending: '0504', outcome: 'no-route', ...refused(504, 'No route to the operator answered in time') },
];

const digitsOf = (number: string) => number.replaceAll(/\D/g, '');

/** What the customer with this number does, in whatever form the number is written. */
export function scriptFor(number: string): Script {
  const digits = digitsOf(number);
  const [others, ...named] = scripts;
  const script = named.find(({ ending }) => digits.endsWith(ending)) ?? others;
  if (script === undefined) throw new Error('The practice line has no script.');
  return script;
}

/** Every outcome with a number to try it with: an Indian mobile, as people write it. */
export function practiceEndings(): PracticeEnding[] {
  return scripts.map(({ ending, outcome }) => ({
    ending,
    outcome,
    example: `98450 1${ending === '' ? '2345' : ending}`,
  }));
}
