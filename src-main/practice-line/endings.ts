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
}

const plain = {
  answer: { kind: 'accepted', afterMs: 0 },
  end: 'completed',
  callbacksAfterMs: [0],
  listed: 'once',
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
