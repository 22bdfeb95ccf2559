import type { IncomingMessage } from 'node:http';
import { assertNever } from '../../src-shared/errors.ts';
import { isSameSecret } from '../same-secret.ts';
import type { Answer } from './answer.ts';
import type { ConnectReply, DoorOwner } from './applet.ts';
import { readAppletQuery } from './applet-query.ts';
import { nobody, writeConnectReply } from './connect-reply.ts';
import type { DoorRoute } from './routes.ts';

/**
 * Answers an applet of a flow. A GET counts; a HEAD gets the same headers and has no effect. A fault of ours is never an
 * error to Exotel, which would drop the customer's call or leave the flow's way: nobody is dialled, nothing is spoken.
 *
 * @param lateFault told where the owner fails after the answer.
 */
export function answerDoor(
  route: DoorRoute,
  request: IncomingMessage,
  owner: DoorOwner,
  lateFault: (error: string) => void,
): Answer {
  const secret = owner.doorSecrets()[route.door];
  if (!isSameSecret(Buffer.from(route.secret), Buffer.from(secret))) return { status: 404 };
  const { method, url = '' } = request;
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, allow: 'GET, HEAD' };
  const peek = method === 'HEAD';
  const read = () => readAppletQuery(new URLSearchParams(queryOf(url)));
  switch (route.door) {
    case 'connect': {
      const { value, ...fault } = attempt<ConnectReply>(() => owner.onConnect(read(), { peek }), nobody);
      return { status: 200, ...fault, ...writeConnectReply(value, 'exotel-version' in request.headers) };
    }
    case 'greeting': {
      const { value, ...fault } = attempt(() => owner.onGreeting(read(), { peek }), '');
      return { status: 200, ...fault, text: value };
    }
    case 'leg':
      if (!peek) tell(() => owner.onLeg(read()), lateFault);
      return { status: 200, text: '' };
    case 'passthru':
      if (!peek) tell(() => owner.onPassthru(route.branch, read()), lateFault);
      return { status: 200, text: '' };
    default:
      return assertNever(route.door);
  }
}

function queryOf(target: string): string {
  const [, query = ''] = /\?([^#]*)/.exec(target) ?? [];
  return query;
}

function attempt<T>(ask: () => T, otherwise: T): { readonly value: T; readonly error?: string } {
  try {
    return { value: ask() };
  } catch (error) {
    return { value: otherwise, error: String(error) };
  }
}

/** Nobody waits for what becomes of it: the flow goes on with our answer. */
function tell(take: () => Promise<void> | void, fault: (error: string) => void): void {
  const taken = async () => take();
  taken().catch((error: unknown) => fault(String(error)));
}
