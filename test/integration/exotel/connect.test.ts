import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectRequest, ExotelClient } from '../../../src-main/exotel/client.ts';
import { createExotelClient } from '../../../src-main/exotel/exotel-client.ts';
import { flowUrl } from '../../../src-main/exotel/hosts.ts';
import { defaultTimeouts } from '../../../src-main/exotel/transport.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { type RawConnection, type RawServer, rawServer } from '../../support/raw-server.ts';

const accepted = readFileSync(new URL('../../fixtures/exotel/connect-accepted.xml', import.meta.url), 'utf8');

const request: ConnectRequest = {
  customer: '+919052161119',
  numberForm: 'national',
  callerId: '08030752400',
  callType: 'trans',
  flowUrl: 'http://my.exotel.in/exoml/start/4711',
  ringMeFirst: null,
  timeLimitSeconds: 14_400,
  timeOutSeconds: 60,
  statusCallbackUrl: 'https://a.example/exotel/calls/1/t',
  statusCallbackEvents: false,
  customField: '1.call.token',
};

/** Short, so that what never answers ends soon. ms. */
const timeouts = { connect: 5_000, callAnswer: 400, readAnswer: 400, body: 400, whole: 1_500 };

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function serve(serveConnection: (connection: RawConnection) => Promise<void>): Promise<RawServer> {
  const server = await rawServer(serveConnection);
  open.push(server);
  return server;
}

function clientOf(origin: string): ExotelClient {
  const account = { origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'tok:en' };
  const client = createExotelClient(account, { timeouts });
  open.push(client);
  return client;
}

/** Answers each request of a connection in the same way. */
async function always(connection: RawConnection, answer: (connection: RawConnection) => void): Promise<void> {
  for (;;) {
    await connection.request();
    answer(connection);
  }
}

describe('a request to connect', () => {
  it.each([
    ['twilix.exotel.in', 0],
    ['api.in.exotel.com', 2],
  ])('to %s asks for %i events where they are wanted', async (host, events) => {
    const server = await serve((connection) => always(connection, ({ answer }) => answer(200, accepted)));
    // Every name is this computer to the proxy.
    const proxy = await startConnectProxy();
    open.push(proxy);
    const client = createExotelClient(
      {
        origin: `http://${host}:${new URL(server.origin).port}`,
        accountSid: 'acme1',
        apiKey: 'key',
        apiToken: 'tok:en',
      },
      { timeouts, proxyFor: () => Promise.resolve(proxy.url) },
    );
    open.push(client);
    await client.prepare({ ...request, statusCallbackEvents: true }).send();
    expect(server.requests[0]?.match(/StatusCallbackEvents/g) ?? []).toHaveLength(events);
  });

  it('has the seed’s parameters on the wire, byte for byte', async () => {
    const server = await serve((connection) => always(connection, ({ answer }) => answer(200, accepted)));
    const url = flowUrl({
      host: 'twilix.exotel.in',
      accountSid: 'acme1',
      appId: '4711',
      form: 'by-host',
      url: '',
    });
    const outcome = await clientOf(server.origin)
      .prepare({ ...request, flowUrl: url ?? '' })
      .send();

    expect(outcome).toMatchObject({ kind: 'accepted', report: { sid: 'xxxxxxxxxxxxxxxxxxxx' } });
    expect(server.requests).toHaveLength(1);
    const [head = '', body] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(body).toBe(
      'From=09052161119&CallerId=08030752400&CallType=trans' +
        '&Url=http%3A%2F%2Fmy.exotel.in%2Fexoml%2Fstart%2F4711&TimeLimit=14400&TimeOut=60' +
        '&StatusCallback=https%3A%2F%2Fa.example%2Fexotel%2Fcalls%2F1%2Ft&CustomField=1.call.token',
    );
    const [first, ...headers] = head.split('\r\n');
    expect(first).toBe('POST /v1/Accounts/acme1/Calls/connect HTTP/1.1');
    expect(headers.map((line) => line.toLowerCase())).toEqual(
      expect.arrayContaining([
        `host: ${new URL(server.origin).host}`,
        `authorization: basic ${Buffer.from('key:tok:en').toString('base64').toLowerCase()}`,
        'content-type: application/x-www-form-urlencoded',
        `content-length: ${body?.length}`,
      ]),
    );
    // Basic credentials go in their header, and nowhere else.
    expect(head.split('\r\n')[0]).not.toMatch(/key|tok/);
  });

  it('goes out on the connection of the one before', async () => {
    const server = await serve((connection) => always(connection, ({ answer }) => answer(200, accepted)));
    const client = clientOf(server.origin);
    await client.prepare(request).send();
    // undici has the connection back a turn after the answer's last byte.
    await turn();
    await client.prepare(request).send();
    expect(server.requests).toHaveLength(2);
    expect(server.connections).toBe(1);
  });

  it('does not leave where a value is bad', async () => {
    const server = await serve((connection) => always(connection, ({ answer }) => answer(200, accepted)));
    const outcome = await clientOf(server.origin)
      .prepare({ ...request, callType: 'promo' })
      .send();
    expect(outcome).toEqual({
      kind: 'not-sent',
      reason: {
        code: 'bad-parameter',
        customerCalled: 'no',
        httpStatus: null,
        message: 'CallType: No longer supported by Exotel',
      },
    });
    expect(server.connections).toBe(0);
  });
});

describe('a request that is certainly not sent', () => {
  const notSent = {
    kind: 'not-sent',
    reason: { code: 'unreachable', customerCalled: 'no', httpStatus: null },
  };

  it('found the port closed', async () => {
    const server = await rawServer(async () => undefined);
    await server.close();
    const outcome = await clientOf(server.origin).prepare(request).send();
    expect(outcome).toMatchObject({ ...notSent, reason: { ...notSent.reason, message: 'ECONNREFUSED' } });
  });

  it('found no host of that name', async () => {
    expect(await clientOf('http://exotel.invalid').prepare(request).send()).toMatchObject(notSent);
  });

  it('found plain HTTP where TLS was wanted', async () => {
    const server = await serve(async ({ socket }) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    expect(await clientOf(server.origin.replace('http:', 'https:')).prepare(request).send()).toMatchObject(
      notSent,
    );
  });

  it('lost the connection while TLS was agreed on, by the same code as one that is lost later', async () => {
    const server = await serve(async ({ socket }) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    const outcome = await clientOf(server.origin.replace('http:', 'https:')).prepare(request).send();
    expect(outcome).toMatchObject({ ...notSent, reason: { ...notSent.reason, message: 'ECONNRESET' } });
  });

  it('came after the client was closed', async () => {
    const server = await serve((connection) => always(connection, ({ answer }) => answer(200, accepted)));
    const client = clientOf(server.origin);
    await client.close();
    open.splice(open.indexOf(client), 1);
    expect(await client.prepare(request).send()).toMatchObject(notSent);
    expect(server.connections).toBe(0);
  });
});

describe('a request that may have arrived is in doubt, and sent once:', () => {
  it.each<[string, string, (connection: RawConnection) => void]>([
    ['read, then closed', 'connection-lost', ({ socket }) => socket.end()],
    ['read, then reset', 'connection-lost', ({ socket }) => socket.resetAndDestroy()],
    ['read, and never answered', 'timed-out', () => undefined],
    ['answered in no HTTP', 'unreadable-answer', ({ socket }) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'answered by 100 alone',
      'connection-lost',
      ({ socket }) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
    ],
    [
      'answered by half a body',
      'timed-out',
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<TwilioResponse>'),
    ],
    [
      'answered by half a body, then closed',
      'connection-lost',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<TwilioResponse>'),
    ],
    [
      'answered by half a body, then reset',
      'connection-lost',
      ({ socket }) =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<TwilioResponse>', () =>
          socket.resetAndDestroy(),
        ),
    ],
    [
      'answered at too great a length',
      'unreadable-answer',
      ({ answer }) => answer(200, accepted + ' '.repeat(1_100_000)),
    ],
    [
      'answered in a trickle without end',
      'timed-out',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n');
        const drip = setInterval(() => socket.write(' '), 100);
        socket.on('close', () => clearInterval(drip));
      },
    ],
    ['answered by nothing', 'unreadable-answer', ({ answer }) => answer(200, '')],
    ['answered by a gateway', 'server-error', ({ answer }) => answer(502, '<html></html>')],
  ])('%s', async (_, code, misbehave) => {
    const server = await serve((connection) => always(connection, misbehave));
    const outcome = await clientOf(server.origin).prepare(request).send();
    expect(outcome).toMatchObject({ kind: 'doubted', reason: { code, customerCalled: 'perhaps' } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request waits, each time by its own clock,', () => {
  it.each<[string, string, (connection: RawConnection) => void]>([
    ['for an answer', 'UND_ERR_HEADERS_TIMEOUT', () => undefined],
    [
      'for more of an answer',
      'UND_ERR_BODY_TIMEOUT',
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'),
    ],
  ])('%s', async (_, message, misbehave) => {
    const server = await serve((connection) => always(connection, misbehave));
    const outcome = await clientOf(server.origin).prepare(request).send();
    expect(outcome).toMatchObject({ kind: 'doubted', reason: { code: 'timed-out', message } });
  });

  it('which for a call is never under a minute, for Exotel tries its routes first', () => {
    expect(defaultTimeouts.callAnswer).toBeGreaterThanOrEqual(60_000);
    expect(defaultTimeouts.whole).toBeGreaterThan(defaultTimeouts.callAnswer);
  });
});

describe('an answer that clients like to act on themselves is only read:', () => {
  it.each([301, 302, 303, 307, 308, 401, 407, 421, 429, 503])('%i', async (status) => {
    const server = await serve((connection) =>
      always(connection, ({ answer }) => answer(status, '', { location: '/again', 'retry-after': '0' })),
    );
    const outcome = await clientOf(server.origin).prepare(request).send();
    expect(outcome.kind).toBe(status === 429 ? 'rate-limited' : status === 503 ? 'doubted' : 'refused');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a connection that went stale while idle', () => {
  it.each<[string, (connection: RawConnection) => void]>([
    ['closed', ({ socket }) => socket.end()],
    ['reset', ({ socket }) => socket.resetAndDestroy()],
  ])('by being %s never sends a request twice, nor says "not sent" of one that was', async (_, goStale) => {
    const idle: RawConnection[] = [];
    const server = await serve((connection) =>
      always(connection, ({ answer }) => {
        idle.push(connection);
        answer(200, accepted);
      }),
    );
    const client = clientOf(server.origin);
    await client.prepare(request).send();
    await turn();
    for (const connection of idle.splice(0)) goStale(connection);
    const outcome = await client.prepare(request).send();
    const second = server.requests.length - 1;
    expect(second).toBeLessThanOrEqual(1);
    if (outcome.kind === 'not-sent') expect(second).toBe(0);
    if (outcome.kind === 'accepted') expect(second).toBe(1);
  });
});
