import { describe, expect, it } from 'vitest';
import { callId, callPath, listen, token } from '../../support/callback-server.ts';
import { multipart, multipartType, rawRequest, sendRaw } from '../../support/raw-http.ts';

const sid = 'c5797dcbaaeed7678c4062a4a3ed2f8a';

describe('a StatusCallback of a call that is known', () => {
  it('is read from multipart/form-data, as Exotel sends it', async () => {
    const server = await listen();
    const body = multipart([
      ['CallSid', sid],
      ['Status', 'completed'],
      ['RecordingUrl', 'https://recordings.exotel.com/exotelrecordings/acme/c5.mp3'],
      ['DateUpdated', '2026-05-12 10:30:00'],
    ]);
    const answer = await sendRaw(
      server.port,
      rawRequest('POST', callPath, { 'Content-Type': multipartType }, body),
    );
    expect(answer.status).toBe(200);
    expect(server.delivered).toEqual([
      {
        callId,
        token,
        report: expect.objectContaining({
          sid,
          status: 'completed',
          recordingUrl: 'https://recordings.exotel.com/exotelrecordings/acme/c5.mp3',
          dateUpdated: '2026-05-12 10:30:00',
        }),
        raw: expect.any(String),
      },
    ]);
  });

  it('is read from a urlencoded body', async () => {
    const server = await listen();
    const body = `CallSid=${sid}&Status=no-answer&RecordingUrl=null&CustomField=a%20b+c`;
    const type = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    expect((await sendRaw(server.port, rawRequest('POST', callPath, type, body))).status).toBe(200);
    expect(server.delivered[0]?.report).toMatchObject({ sid, status: 'no-answer', recordingUrl: null });
    expect(JSON.parse(server.delivered[0]?.raw ?? '')).toMatchObject({ CustomField: 'a b c' });
  });

  it('is read from JSON, its legs kept in raw', async () => {
    const server = await listen();
    const fields = {
      CallSid: sid,
      EventType: 'terminal',
      Status: 'completed',
      ConversationDuration: 42,
      Legs: [{ OnCallDuration: 42, Status: 'completed' }, { Status: null }],
    };
    const type = { 'Content-Type': 'application/json' };
    expect(
      (await sendRaw(server.port, rawRequest('POST', callPath, type, JSON.stringify(fields)))).status,
    ).toBe(200);
    expect(server.delivered[0]?.report).toMatchObject({ sid, eventType: 'terminal', durationSeconds: 42 });
    expect(JSON.parse(server.delivered[0]?.raw ?? '')).toEqual(fields);
  });

  it('keeps the wider payload and its nested leg keys in raw', async () => {
    const server = await listen();
    const legs = ['OnCallDuration', 'Status', 'AnsweredBy', 'Number', 'Cause', 'CauseCode', 'DisconnectedBy'];
    const names = [
      'CallSid',
      'EventType',
      'Status',
      'DateCreated',
      'To',
      'From',
      'StartTime',
      'EndTime',
      'Direction',
    ];
    const nested = [0, 1, 2].flatMap((leg) => legs.map((name) => `Legs[${leg}][${name}]`));
    const fields = [...names, ...nested].map((name, at) => [name, `value ${at}`] as const);
    const body = multipart(fields);
    const answer = await sendRaw(
      server.port,
      rawRequest('POST', callPath, { 'Content-Type': multipartType }, body),
    );
    expect(answer.status).toBe(200);
    expect(Object.entries(JSON.parse(server.delivered[0]?.raw ?? ''))).toEqual(fields);
  });

  it.each([
    [
      multipartType,
      multipart([
        ['__proto__', 'x'],
        ['Status', 'busy'],
      ]),
    ],
    ['application/x-www-form-urlencoded', '__proto__=x&Status=busy'],
    ['application/json', '{"__proto__":"x","Status":"busy"}'],
  ])('keeps a field named __proto__ as data (%s)', async (type, body) => {
    const server = await listen();
    expect(
      (await sendRaw(server.port, rawRequest('POST', callPath, { 'Content-Type': type }, body))).status,
    ).toBe(200);
    expect(server.delivered[0]?.raw).toBe('{"__proto__":"x","Status":"busy"}');
    expect(server.delivered[0]?.report).toMatchObject({ status: 'busy', sid: null });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('counts the last of two fields of the same name', async () => {
    const server = await listen();
    const body = multipart([
      ['Status', 'busy'],
      ['Status', 'failed'],
    ]);
    await sendRaw(server.port, rawRequest('POST', callPath, { 'Content-Type': multipartType }, body));
    expect(server.delivered[0]?.report.status).toBe('failed');
  });

  it('needs no CallSid: the URL tells which call it is', async () => {
    const server = await listen();
    const body = multipart([['Status', 'completed']]);
    await sendRaw(server.port, rawRequest('POST', callPath, { 'Content-Type': multipartType }, body));
    expect(server.delivered[0]).toMatchObject({ callId, report: { sid: null, status: 'completed' } });
  });

  it('is taken in chunks, and after 100 Continue', async () => {
    const server = await listen();
    const body = multipart([['Status', 'completed']]);
    const size = Buffer.byteLength(body).toString(16);
    const chunked = rawRequest(
      'POST',
      callPath,
      { 'Content-Type': multipartType, 'Transfer-Encoding': 'chunked' },
      `${size}\r\n${body}\r\n0\r\n\r\n`,
    );
    expect((await sendRaw(server.port, chunked)).status).toBe(200);
    const expecting = rawRequest(
      'POST',
      callPath,
      { 'Content-Type': multipartType, Expect: '100-continue' },
      body,
    );
    expect((await sendRaw(server.port, expecting)).status).toBe(200);
    expect(server.delivered).toHaveLength(2);
  });

  it('is found below any path prefix, and whatever the query', async () => {
    const server = await listen();
    const body = multipart([['Status', 'completed']]);
    for (const path of [`/a/prefix${callPath}`, `${callPath}?x=1`]) {
      const answer = await sendRaw(
        server.port,
        rawRequest('POST', path, { 'Content-Type': multipartType }, body),
      );
      expect(answer.status).toBe(200);
    }
    expect(server.delivered).toHaveLength(2);
  });

  it.each([
    ['unavailable', () => Promise.resolve('unavailable' as const), undefined],
    ['throws', () => Promise.reject(new Error('the disk is full')), 'Error: the disk is full'],
  ])('gets 503 where its owner is not able to store it: %s', async (_how, result, error) => {
    const server = await listen({ result });
    const body = multipart([['Status', 'completed']]);
    const answer = await sendRaw(
      server.port,
      rawRequest('POST', callPath, { 'Content-Type': multipartType }, body),
    );
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain('disk');
    expect(server.lines[0]?.error).toBe(error);
  });
});

describe('the log', () => {
  it('has a line per request, without any token', async () => {
    const server = await listen();
    const body = multipart([['Status', 'completed']]);
    for (const path of [callPath, `${callPath}?again=${token}`, `${callPath}/`, `/x/${token}`]) {
      await sendRaw(server.port, rawRequest('POST', path, { 'Content-Type': multipartType }, body));
    }
    expect(server.lines.map((line) => [line.method, line.path, line.status])).toEqual([
      ['POST', `/exotel/calls/${callId}/…`, 200],
      ['POST', `/exotel/calls/${callId}/…`, 200],
      ['POST', `/exotel/calls/${callId}/…/`, 404],
      ['POST', '/x/…', 404],
    ]);
  });
});

describe('the probe', () => {
  it('answers its nonce to GET, below any prefix, and nothing to a guess', async () => {
    const server = await listen();
    for (const prefix of ['', '/a/prefix']) {
      const answer = await sendRaw(server.port, rawRequest('GET', prefix + server.probe.path));
      expect(answer).toMatchObject({ status: 200, body: server.probe.answer });
    }
    const guess = server.probe.path.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect((await sendRaw(server.port, rawRequest('GET', guess))).status).toBe(404);
    expect((await sendRaw(server.port, rawRequest('POST', server.probe.path))).status).toBe(405);
  });

  it('is another one at every start', async () => {
    const [one, other] = [await listen(), await listen()];
    expect(one.probe.path).not.toBe(other.probe.path);
    expect(one.probe.answer).not.toBe(other.probe.answer);
  });
});
