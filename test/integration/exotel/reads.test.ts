import { afterEach, describe, expect, it } from 'vitest';
import type { ExotelClient } from '../../../src-main/exotel/client.ts';
import { createExotelClient } from '../../../src-main/exotel/exotel-client.ts';
import { rawServer } from '../../support/raw-server.ts';

interface Answer {
  readonly status?: number;
  readonly body: string;
}

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

const notFound: Answer = {
  status: 404,
  body: '<TwilioResponse><RestException><Status>404</Status><Message>Not here</Message></RestException></TwilioResponse>',
};

/** A client, and the paths it asked for, at a host that answers by path. */
async function clientAt(
  answers: (path: string) => Answer,
): Promise<{ client: ExotelClient; paths: () => string[] }> {
  const server = await rawServer(async ({ request, answer }) => {
    for (;;) {
      const { status = 200, body } = answers(pathOf(await request()));
      answer(status, body);
    }
  });
  const account = { origin: server.origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' };
  const client = createExotelClient(account);
  open.push(server, client);
  return { client, paths: () => server.requests.map(pathOf) };
}

function pathOf(request: string): string {
  const [, path = ''] = /^GET (\S+) HTTP/.exec(request) ?? [];
  return decodeURIComponent(path);
}

function xmlCalls(sids: readonly string[]): string {
  const calls = sids.map((sid) => `<Call><Sid>${sid}</Sid><Status>completed</Status></Call>`).join('');
  return `<TwilioResponse><Metadata><Total>${sids.length}</Total></Metadata><Calls>${calls}</Calls></TwilioResponse>`;
}

function sidsAsked(path: string): string[] {
  return /\?Sid=(.*)/.exec(path)?.[1]?.split(',') ?? [];
}

describe('asking for calls', () => {
  it('asks for twenty in a request, and gathers all', async () => {
    const { client, paths } = await clientAt((path) => ({ body: xmlCalls(sidsAsked(path)) }));
    const sids = Array.from({ length: 45 }, (_, n) => `sid${n}`);
    const outcome = await client.calls(sids);
    expect(outcome.kind === 'ok' && outcome.value.map((report) => report.sid)).toEqual(sids);
    expect(paths().map((path) => sidsAsked(path).length)).toEqual([20, 20, 5]);
    expect(paths()[2]).toBe('/v1/Accounts/acme1/Calls?Sid=sid40,sid41,sid42,sid43,sid44');
  });

  it('asks nothing for none', async () => {
    const { client, paths } = await clientAt(() => notFound);
    expect(await client.calls([])).toEqual({ kind: 'ok', value: [] });
    expect(paths()).toEqual([]);
  });

  it.each([
    ['one call in XML', xmlCalls(['12345678901234567890']), ['12345678901234567890']],
    ['two calls in XML', xmlCalls(['1e5', '0042']), ['1e5', '0042']],
    ['no call in XML', '<TwilioResponse><Metadata/><Calls/></TwilioResponse>', []],
    ['calls without a list around them', '<TwilioResponse><Call><Sid>a</Sid></Call></TwilioResponse>', ['a']],
    ['JSON', '{"Metadata":{"Total":2},"Calls":[{"Sid":"a"},{"Sid":"b"}]}', ['a', 'b']],
    ['one call in JSON', '{"Calls":{"Sid":"a"}}', ['a']],
    ['one call in JSON, as XML nests it', '{"TwilioResponse":{"Calls":{"Call":{"Sid":"a"}}}}', ['a']],
    ['no call in JSON', '{"Metadata":{},"Calls":[]}', []],
    ['a Sid as a number in JSON', '{"Calls":[{"Sid":12345678901234567890}]}', ['12345678901234567890']],
    ['nonsense beside a call', '{"Calls":[null,7,"x",{"Sid":""},{"Sid":"a"}]}', ['a']],
  ])('reads %s', async (_, body, sids) => {
    const { client } = await clientAt(() => ({ body }));
    const outcome = await client.calls(['a']);
    expect(outcome.kind === 'ok' && outcome.value.map((report) => report.sid)).toEqual(sids);
  });

  it('reads what a call became, and takes words for nothing as nothing', async () => {
    const { client } = await clientAt(() => ({
      body: `<TwilioResponse><Calls><Call><Sid>a</Sid><Status>completed</Status><StartTime>2026-11-23 10:00:00</StartTime>
        <EndTime>1970-01-01 05:30:00</EndTime><Duration>61</Duration><Price>null</Price><RecordingUrl/></Call></Calls></TwilioResponse>`,
    }));
    expect(await client.calls(['a'])).toMatchObject({
      kind: 'ok',
      value: [
        {
          sid: 'a',
          status: 'completed',
          startTime: '2026-11-23 10:00:00',
          endTime: null,
          durationSeconds: 61,
          price: null,
          recordingUrl: null,
        },
      ],
    });
  });

  it('asks for each call by itself where a host has no list', async () => {
    const { client, paths } = await clientAt((path) =>
      path.endsWith('/Calls/a') || path.endsWith('/Calls/c')
        ? { body: `<TwilioResponse><Call><Sid>${path.at(-1)}</Sid></Call></TwilioResponse>` }
        : notFound,
    );
    const outcome = await client.calls(['a', 'b', 'c']);
    expect(outcome.kind === 'ok' && outcome.value.map((report) => report.sid)).toEqual(['a', 'c']);
    expect(paths()).toHaveLength(4);
  });

  it('does not take an account that is not there for one without these calls', async () => {
    const { client } = await clientAt(() => notFound);
    expect(await client.calls(['a', 'b'])).toEqual({
      kind: 'failed',
      reason: { code: 'not-found', customerCalled: 'no', httpStatus: 404, message: 'Not here' },
    });
  });

  it('writes Sids so that none can change the request', async () => {
    const { client, paths } = await clientAt(() => ({ body: xmlCalls([]) }));
    await client.calls(['a&Status=x', '../b']);
    expect(paths()).toEqual(['/v1/Accounts/acme1/Calls?Sid=a&Status=x,../b']);
  });
});

describe('a read that fails says why, and that nobody was called', () => {
  const html = '<!DOCTYPE html><html><body>Sign in</body></html>';

  it.each<[number, string, string]>([
    [401, '', 'credentials'],
    [403, '', 'forbidden'],
    [403, html, 'proxy-refused'],
    [407, html, 'proxy-refused'],
    [429, '', 'rate-limited'],
    [500, '', 'server-error'],
    [502, html, 'server-error'],
    [302, '', 'refused'],
    [200, '', 'unreadable-answer'],
    [200, html, 'unreadable-answer'],
    [200, '{"hello":1}', 'unreadable-answer'],
    [
      200,
      '<TwilioResponse><RestException><Status>401</Status></RestException></TwilioResponse>',
      'credentials',
    ],
  ])('%i %s: %s', async (status, body, code) => {
    const { client } = await clientAt(() => ({ status, body }));
    const failed = { kind: 'failed', reason: { code, customerCalled: 'no', httpStatus: status } };
    expect(await client.calls(['a'])).toMatchObject(failed);
    expect(await client.exoPhones()).toMatchObject(failed);
  });

  it('where nobody answers', async () => {
    const server = await rawServer(async () => undefined);
    await server.close();
    const account = { origin: server.origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' };
    const client = createExotelClient(account);
    open.push(client);
    const failed = {
      kind: 'failed',
      reason: { code: 'unreachable', customerCalled: 'no', httpStatus: null },
    };
    expect(await client.exoPhones()).toMatchObject(failed);
  });
});

describe('asking for ExoPhones', () => {
  const main = { sid: '011', number: '+918047191234', name: 'Sales' };

  it.each([
    [
      'today’s form',
      '{"page":0,"page_size":50,"next_page_uri":null,"incoming_phone_numbers":[{"sid":"011","phone_number":"+918047191234","friendly_name":"Sales","capabilities":{"voice":true}}]}',
    ],
    [
      'Twilio’s nesting',
      '{"IncomingPhoneNumbers":[{"IncomingPhoneNumber":{"Sid":"011","PhoneNumber":"+918047191234","FriendlyName":"Sales"}}]}',
    ],
    [
      'a flat list',
      '{"IncomingPhoneNumbers":[{"Sid":"011","PhoneNumber":"+918047191234","FriendlyName":"Sales"}]}',
    ],
    [
      'XML',
      '<TwilioResponse><IncomingPhoneNumbers><IncomingPhoneNumber><Sid>011</Sid><PhoneNumber>+918047191234</PhoneNumber><FriendlyName>Sales</FriendlyName></IncomingPhoneNumber></IncomingPhoneNumbers></TwilioResponse>',
    ],
  ])('reads %s', async (_, body) => {
    const { client, paths } = await clientAt(() => ({ body }));
    expect(await client.exoPhones()).toEqual({ kind: 'ok', value: [main] });
    expect(paths()).toEqual(['/v2_beta/Accounts/acme1/IncomingPhoneNumbers']);
  });

  it('knows an account that has none', async () => {
    const { client } = await clientAt(() => ({ body: '{"incoming_phone_numbers":[]}' }));
    expect(await client.exoPhones()).toEqual({ kind: 'ok', value: [] });
  });

  it('asks in the legacy way where today’s is not there', async () => {
    const { client, paths } = await clientAt((path) =>
      path === '/v1/Accounts/acme1/IncomingPhoneNumbers.json'
        ? { body: '{"IncomingPhoneNumbers":[{"Sid":"011","PhoneNumber":"08047191234"}]}' }
        : notFound,
    );
    expect(await client.exoPhones()).toEqual({
      kind: 'ok',
      value: [{ sid: '011', number: '08047191234', name: '' }],
    });
    expect(paths()).toHaveLength(2);
  });

  it('asks for the next page of a full one', async () => {
    const page = (from: number, count: number): string =>
      JSON.stringify({
        incoming_phone_numbers: Array.from({ length: count }, (_, n) => ({
          sid: `s${from + n}`,
          phone_number: `+91804719${from + n}`,
        })),
      });
    const { client, paths } = await clientAt((path) => ({
      body: path.includes('?') ? page(50, 7) : page(0, 50),
    }));
    const outcome = await client.exoPhones();
    expect(outcome.kind === 'ok' && outcome.value).toHaveLength(57);
    expect(paths().at(-1)).toBe('/v2_beta/Accounts/acme1/IncomingPhoneNumbers?Page=1&PageSize=50');
  });

  it('ends where a host sends the same page for ever', async () => {
    const numbers = Array.from({ length: 50 }, (_, n) => ({ sid: `s${n}`, phone_number: `+91804719${n}` }));
    const { client, paths } = await clientAt(() => ({
      body: JSON.stringify({ incoming_phone_numbers: numbers }),
    }));
    const outcome = await client.exoPhones();
    expect(outcome.kind === 'ok' && outcome.value).toHaveLength(50);
    expect(paths()).toHaveLength(2);
  });
});
