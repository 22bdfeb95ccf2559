import { describe, expect, it } from 'vitest';
import { type Connection, createConnection } from '../../../../src-renderer/app/connection.ts';
import {
  type OpenTransport,
  SessionRefusedError,
  type Transport,
} from '../../../../src-renderer/app/transport.ts';

/** A way to a core that the test opens, closes and refuses. */
function aTransport(): Transport & { readonly link: { call: () => Promise<string> } } {
  const closed = Promise.withResolvers<void>();
  return {
    link: { call: async () => 'answer' },
    closed: closed.promise,
    close: () => closed.resolve(),
  };
}

function becomes(connection: Connection, state: ReturnType<Connection['state']>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.state() !== state) return;
      stop();
      resolve();
    };
    const stop = connection.subscribe(look);
    look();
  });
}

const alive = async () => undefined;
const options = { ping: alive, retryAfterMs: [1] };

describe('the connection', () => {
  it('opens by itself, and gives no link before', async () => {
    const transport = aTransport();
    const connection = createConnection({ ...options, open: async () => transport });
    expect(connection.state()).toBe('connecting');
    expect(() => connection.link()).toThrow('not connected');
    await becomes(connection, 'open');
    expect(connection.link()).toBe(transport.link);
  });

  it('says that it was lost, gives no link then, and comes back with a new one', async () => {
    const [first, second] = [aTransport(), aTransport()];
    const gate = Promise.withResolvers<Transport>();
    const opens = [async () => first, () => gate.promise];
    const connection = createConnection({
      ...options,
      open: () => (opens.shift() ?? (() => gate.promise))(),
    });
    await becomes(connection, 'open');
    first.close();
    await becomes(connection, 'lost');
    expect(() => connection.link()).toThrow('not connected');
    gate.resolve(second);
    await becomes(connection, 'open');
    expect(connection.link()).toBe(second.link);
  });

  it('tries again while the core is not there', async () => {
    let tries = 0;
    const open: OpenTransport = async () => {
      tries += 1;
      if (tries < 4) throw new Error('not there');
      return aTransport();
    };
    await becomes(createConnection({ ...options, open }), 'open');
    expect(tries).toBe(4);
  });

  it('gives up where the session is refused, until somebody asks', async () => {
    let refused = true;
    const open: OpenTransport = async () => {
      if (refused) throw new SessionRefusedError();
      return aTransport();
    };
    const connection = createConnection({ ...options, open });
    await becomes(connection, 'refused');
    refused = false;
    connection.retry();
    await becomes(connection, 'open');
  });

  it('takes a core that stays silent for dead', async () => {
    const silent = aTransport();
    const gate = Promise.withResolvers<Transport>();
    const opens = [async () => silent, () => gate.promise];
    const connection = createConnection({
      ...options,
      open: () => (opens.shift() ?? (() => gate.promise))(),
      ping: () => new Promise(() => undefined),
      pingEveryMs: 1,
      answerWithinMs: 1,
    });
    await becomes(connection, 'open');
    await becomes(connection, 'lost');
  });
});
