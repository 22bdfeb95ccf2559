import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** Exotel's widest payload is about 2 KB. */
export const maxBodyBytes = 64 * 1024;

/**
 * The whole body of a request. A body that ends early is never handed on: it may have lost fields.
 *
 * @throws {Refusal} 413 as soon as it is clear that the body is over {@link maxBodyBytes}, 408 where it has not ended
 * after `timeoutMs`, 400 where the sender hung up before its end.
 */
export function readBody(request: IncomingMessage, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => refuse(408), timeoutMs);

    function refuse(status: Refusal['status']): void {
      clearTimeout(timer);
      request.off('data', take);
      reject(new Refusal(status));
    }
    function take(chunk: Buffer): void {
      size += chunk.length;
      if (size > maxBodyBytes) refuse(413);
      else chunks.push(chunk);
    }

    request.on('data', take);
    request.once('error', () => refuse(400));
    request.once('end', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
  });
}

/** True where the sender itself says that the body will be too long: it need not even be asked for. */
export function declaresTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > maxBodyBytes;
}
