import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';

/** What a request gets. Without a text of its own it is the status in words. */
export interface Answer {
  readonly status: number;
  readonly text?: string;
  /** Of the text, written exactly so; `text/plain` where it is left out. */
  readonly type?: 'application/json' | 'text/plain';
  /** For 405: the methods that the path knows. */
  readonly allow?: string;
  /** For the log only. */
  readonly error?: string;
}

/** How long a refused sender is listened to, so that it reads our answer instead of a broken connection. */
const lingerMs = 200;

/**
 * Writes the answer. Nothing of the request is repeated in it; every refusal ends the connection, so that refusals with
 * the same status are the same bytes whatever their cause.
 */
export function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const text = answer.text ?? `${STATUS_CODES[answer.status] ?? ''}\n`;
  response.writeHead(answer.status, {
    'content-type': answer.type ?? 'text/plain',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(answer.allow === undefined ? {} : { allow: answer.allow }),
    ...(answer.status === 200 ? {} : { connection: 'close' }),
  });
  if (request.complete) {
    // Head and text in one piece: a customer may wait on the line.
    response.end(text);
    return;
  }
  response.write(text);
  // Whoever is still sending would lose the answer if the connection closed under it.
  const end = setTimeout(() => response.end(), lingerMs);
  request.once('close', () => {
    clearTimeout(end);
    response.end();
  });
  request.resume();
}
