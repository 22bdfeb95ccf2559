import type { IncomingMessage } from 'node:http';
import { readReport } from '../../src-shared/exotel-fields.ts';
import { maxBodyBytes, readBody } from './body.ts';
import { type Fields, readFields } from './fields.ts';
import { Refusal } from './refusal.ts';
import type { StatusCallback } from './server.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * Reads a StatusCallback to its end.
 *
 * @throws {Refusal} where the body is not a whole, readable callback: nothing of it may count then.
 */
export async function receiveStatusCallback(
  request: IncomingMessage,
  route: Pick<StatusCallback, 'callId' | 'token'>,
  bodyTimeoutMs: number,
): Promise<StatusCallback> {
  const body = await readBody(request, bodyTimeoutMs);
  const fields = await readFields(request.headers['content-type'] ?? '', body);
  if (!tellsOfACall(fields)) throw new Refusal(400);
  const raw = withoutSecrets(asJson(fields), route.token);
  return { callId: route.callId, token: route.token, report: readReport(fields), raw };
}

/** The URL says which call; the CallSid may be missing. A body with none of these is no StatusCallback at all. */
function tellsOfACall(fields: Fields): boolean {
  return 'CallSid' in fields || 'Status' in fields || 'EventType' in fields;
}

function asJson(fields: Fields): string {
  const raw = stringify(fields);
  // Escapes can make the JSON longer than the body was.
  if (Buffer.byteLength(raw) > maxBodyBytes) throw new Refusal(413);
  return raw;
}

function stringify(fields: Fields): string {
  try {
    return JSON.stringify(fields);
  } catch {
    // Nested too deep: JSON.parse has no such limit, JSON.stringify has.
    throw new Refusal(400);
  }
}
