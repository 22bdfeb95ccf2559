import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

/** What a client is to send, over connections that are kept open. */
export interface ClientTask {
  readonly port: number;
  readonly connections: number;
  /** Requests as they go over the wire, in turn; `{n}` is another number of eight digits in each. */
  readonly requests: readonly string[];
  /** How often, in all; null: until told to `stop`. */
  readonly count: number | null;
  /** Between an answer and the next request, so that the server is at rest; 0: none. */
  readonly pauseMs: number;
  /** Stands in the body of each answer. */
  readonly expected: string;
}

let sent = 0;
let stopped = false;

parentPort?.on('message', (task: ClientTask | 'stop') => {
  if (task === 'stop') {
    stopped = true;
    return;
  }
  void run(task).then((times) => parentPort?.postMessage(times));
});

/** How long each request took, ms. A wrong answer ends the whole: a figure of errors would be none. */
async function run({ port, connections, requests, count, pauseMs, expected }: ClientTask): Promise<number[]> {
  const times: number[] = [];
  stopped = false;
  let left = count ?? Number.POSITIVE_INFINITY;

  async function one(): Promise<void> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    while (left-- > 0 && !stopped) {
      if (pauseMs > 0) await setTimeout(pauseMs);
      const request = (requests[sent % requests.length] ?? '').replace(
        '{n}',
        String(sent++).padStart(8, '0'),
      );
      const startedAt = performance.now();
      socket.write(request);
      const answer = await readOne(socket);
      times.push(performance.now() - startedAt);
      if (!answer.startsWith('HTTP/1.1 200 ') || !answer.includes(expected)) throw new Error(answer);
    }
    socket.destroy();
  }
  await Promise.all(Array.from({ length: connections }, one));
  return times;
}

/** One whole answer; it has a Content-Length. */
function readOne(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const closed = () => reject(new Error(`The server hung up: ${answer}`));
    const take = (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = Number(/^content-length: (\d+)/im.exec(answer)?.[1]);
      if (head < 0 || answer.length < head + 4 + length) return;
      socket.off('data', take).off('close', closed);
      resolve(answer);
    };
    socket.on('data', take).on('close', closed);
  });
}
