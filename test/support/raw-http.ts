import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer as it came over the wire, but for its Date. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Opens a connection of its own to 127.0.0.1. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // A server that refuses may cut while we still send: what it said before is what counts.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Reads until the server closes; the last answer on the connection, interim ones (1xx) skipped. */
export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  const parts = (await text(socket)).split(/^HTTP\/1\.1 /m).filter((part) => !/^(1\d\d|$)/.test(part));
  const last = parts.at(-1) ?? '';
  const [head = '', body = ''] = last.split('\r\n\r\n', 2);
  return { status: Number(head.slice(0, 3)), headers: head.replace(/\r\ndate: .*$/im, ''), body };
}

/** Sends bytes exactly as given and reads the answer. `end`: hang up our side after the last byte. */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
  how: { readonly end?: boolean } = {},
): Promise<RawAnswer> {
  const socket = await openSocket(port);
  socket.write(bytes);
  if (how.end) socket.end();
  return readAnswer(socket);
}

/** A request as text: `Host`, `Content-Length` and `Connection: close` are filled in where not given. */
export function rawRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const all: Record<string, string> = {
    Host: 'localhost',
    Connection: 'close',
    ...('Transfer-Encoding' in headers ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

export const boundary = '----flowdial-test';
export const multipartType = `multipart/form-data; boundary=${boundary}`;

/** A multipart/form-data body, fields in order. */
export function multipart(fields: readonly (readonly [string, string])[]): string {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}
