import type { DoorSecrets, PassthruBranch } from './applet.ts';
import { callIdForm } from './call-id.ts';

/** A door of a flow's applets. */
export interface DoorRoute {
  readonly kind: 'door';
  readonly door: keyof DoorSecrets;
  readonly secret: string;
  /** Only Passthru has others than `plain`. */
  readonly branch: PassthruBranch;
}

/** What a request's path asks for. Whether the call exists, or the secret is right, a path does not tell. */
export type Route =
  | DoorRoute
  | { readonly kind: 'status-callback'; readonly callId: string; readonly token: string }
  | { readonly kind: 'probe' }
  | { readonly kind: 'nothing' };

const statusCallbackForm = new RegExp(`/exotel/calls/(${callIdForm})/([A-Za-z0-9_-]{16,64})$`);

/** The path of a call's own StatusCallback URL, below the public base. */
export function statusCallbackPath(callId: string, token: string): string {
  return `/exotel/calls/${callId}/${token}`;
}

const doors = ['connect', 'leg', 'passthru', 'greeting'] as const;
const branches = ['talked', 'missed', 'nodial'] as const;
const doorForm = new RegExp(
  `/exotel/(${doors.join('|')})/([0-9a-fA-F]{32})(?:(?<=/passthru/.{32})/(${branches.join('|')}))?$`,
);

/** The path of a door, below the public base; of Passthru, for one branch of the flow. */
export function doorPath(
  door: keyof DoorSecrets,
  secrets: DoorSecrets,
  branch: PassthruBranch = 'plain',
): string {
  const path = `/exotel/${door}/${secrets[door]}`;
  return door === 'passthru' && branch !== 'plain' ? `${path}/${branch}` : path;
}

/**
 * Reads a request's target. Only the tail from `/exotel/` counts, so that the public address may have any path
 * prefix, and URLs handed out under an earlier address stay valid (design.md, Callbacks). A query is ignored.
 */
export function readRoute(target: string, probePath: string): Route {
  const path = withoutQuery(target);
  if (path.endsWith(probePath)) return { kind: 'probe' };
  const [, callId, token] = statusCallbackForm.exec(path) ?? [];
  if (callId !== undefined && token !== undefined) return { kind: 'status-callback', callId, token };
  return readDoor(path) ?? { kind: 'nothing' };
}

function readDoor(path: string): DoorRoute | null {
  const [, doorWord, secret, branchWord] = doorForm.exec(path) ?? [];
  const door = doors.find((each) => each === doorWord);
  if (door === undefined || secret === undefined) return null;
  return { kind: 'door', door, secret, branch: branches.find((each) => each === branchWord) ?? 'plain' };
}

const callIdOnly = new RegExp(`^${callIdForm}$`);

/**
 * A request's path, fit for a log: without its query, and with `…` for every segment that is long enough to be a
 * secret. So a token is gone from mistyped paths too. A call's id is no secret and stays.
 */
export function loggablePath(target: string): string {
  return withoutQuery(target)
    .slice(0, 300)
    .split('/')
    .map((segment) => (segment.length < 16 || callIdOnly.test(segment) ? segment : '…'))
    .join('/');
}

function withoutQuery(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}
