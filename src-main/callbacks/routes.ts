/** What a request's path asks for. Whether the call exists, or the token is right, a path does not tell. */
export type Route =
  | { readonly kind: 'status-callback'; readonly callId: string; readonly token: string }
  | { readonly kind: 'probe' }
  | { readonly kind: 'nothing' };

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const statusCallbackForm = new RegExp(`/exotel/calls/(${uuid})/([A-Za-z0-9_-]{16,64})$`);

/** The path of a call's own StatusCallback URL, below the public base. */
export function statusCallbackPath(callId: string, token: string): string {
  return `/exotel/calls/${callId}/${token}`;
}

/**
 * Reads a request's target. Only the tail from `/exotel/` counts, so that the public address may have any path
 * prefix, and URLs handed out under an earlier address stay valid (design.md, Callbacks). A query is ignored.
 */
export function readRoute(target: string, probePath: string): Route {
  const path = withoutQuery(target);
  if (path.endsWith(probePath)) return { kind: 'probe' };
  const [, callId, token] = statusCallbackForm.exec(path) ?? [];
  if (callId === undefined || token === undefined) return { kind: 'nothing' };
  return { kind: 'status-callback', callId, token };
}

const uuidOnly = new RegExp(`^${uuid}$`);

/**
 * A request's path, fit for a log: without its query, and with `…` for every segment that is long enough to be a
 * secret. So a token is gone from mistyped paths too. A call's id is no secret and stays.
 */
export function loggablePath(target: string): string {
  return withoutQuery(target)
    .slice(0, 300)
    .split('/')
    .map((segment) => (segment.length < 16 || uuidOnly.test(segment) ? segment : '…'))
    .join('/');
}

function withoutQuery(target: string): string {
  return target.replace(/[?#].*$/s, '');
}
