import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConnectAnswer } from '../../../src-main/exotel/connect-answer.ts';
import type { ReasonCode } from '../../../src-shared/errors.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/exotel/${name}`, import.meta.url), 'utf8');
}

function exception(status: string | number, message = ''): string {
  return `<TwilioResponse><RestException><Status>${status}</Status><Message>${message}</Message></RestException></TwilioResponse>`;
}

function call(fields: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Call>${fields}</Call></TwilioResponse>`;
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const page = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

describe('readConnectAnswer accepts', () => {
  it('the seed’s success', () => {
    expect(
      readConnectAnswer(200, { 'content-type': 'application/xml' }, fixture('connect-accepted.xml')),
    ).toEqual({
      kind: 'accepted',
      report: {
        sid: 'xxxxxxxxxxxxxxxxxxxx',
        status: 'in-progress',
        eventType: null,
        dateCreated: '2012-08-17 12:31:49',
        dateUpdated: '2012-08-17 12:31:49',
        startTime: '2012-08-17 12:31:49',
        endTime: '2012-08-17 12:32:57',
        durationSeconds: null,
        price: null,
        recordingUrl: null,
        conversationSeconds: null,
        legs: [],
      },
    });
  });

  it.each([
    ['digits', '12345678901234567890'],
    ['an exponent', '1e5'],
    ['a leading zero', '0042'],
    ['hexadecimal', '0x1F'],
    ['a word', 'true'],
  ])('a Sid of %s as text', (_, sid) => {
    expect(readConnectAnswer(200, {}, call(`<Sid>${sid}</Sid><Status>queued</Status>`))).toMatchObject({
      kind: 'accepted',
      report: { sid, status: 'queued' },
    });
  });

  it.each([
    ['JSON', '{"Call":{"Sid":"a1","Status":"in-progress","Duration":null,"Price":0.6}}', 'a1'],
    ['JSON in an envelope', '{"TwilioResponse":{"Call":{"Sid":"a1"}}}', 'a1'],
    ['JSON with a Sid that is a number', '{"Call":{"Sid":12345678901234567890}}', '12345678901234567890'],
    ['a byte order mark', `\uFEFF${call('<Sid>a1</Sid>')}`, 'a1'],
    ['CDATA', call('<Sid><![CDATA[a1]]></Sid>'), 'a1'],
    ['fields of its own', call('<Sid> a1 </Sid><New kind="x"><Deep>1</Deep></New>'), 'a1'],
    ['an exception beside the call', '{"Call":{"Sid":"a1"},"RestException":{"Status":400}}', 'a1'],
  ])('%s', (_, body, sid) => {
    expect(readConnectAnswer(200, {}, body)).toMatchObject({ kind: 'accepted', report: { sid } });
  });

  it('a Sid under any 2xx', () => {
    expect(readConnectAnswer(202, {}, call('<Sid>a1</Sid>')).kind).toBe('accepted');
  });

  it('a call whose other fields are nonsense', () => {
    const body = call('<Sid>a1</Sid><Duration>soon</Duration><RecordingUrl>null</RecordingUrl><Price/>');
    expect(readConnectAnswer(200, {}, body)).toMatchObject({
      kind: 'accepted',
      report: { sid: 'a1', durationSeconds: null, recordingUrl: null, price: null },
    });
  });
});

describe('readConnectAnswer refuses, and the customer was not called', () => {
  it('the seed’s failure', () => {
    expect(readConnectAnswer(400, {}, fixture('connect-refused.xml'))).toEqual({
      kind: 'refused',
      reason: {
        code: 'bad-parameter',
        customerCalled: 'no',
        httpStatus: 400,
        message: "Invalid Call Parameters: No 'From' specified",
      },
    });
  });

  it.each<[number, Record<string, string>, string, ReasonCode]>([
    [400, {}, exception(400), 'bad-parameter'],
    [401, {}, exception(401, 'Authenticate'), 'credentials'],
    [401, {}, '', 'credentials'],
    [402, {}, exception(402, 'No balance'), 'balance'],
    [403, {}, exception(403, 'Account suspended'), 'forbidden'],
    [403, {}, exception(403, 'Call blocked, TRAI NDNC'), 'dnd'],
    [403, {}, exception(403, 'The number is on DND.'), 'dnd'],
    [403, {}, exception(403, 'Do Not Disturb'), 'dnd'],
    [403, {}, '', 'forbidden'],
    [404, {}, exception(404), 'not-found'],
    [404, html, page, 'not-found'],
    [409, {}, exception(409), 'conflict'],
    [401, html, page, 'proxy-refused'],
    [403, html, page, 'proxy-refused'],
    [407, html, page, 'proxy-refused'],
    [407, {}, '', 'proxy-refused'],
    [403, {}, '<html><body>Blocked</body></html>', 'proxy-refused'],
    [405, {}, '', 'refused'],
    [421, {}, '', 'refused'],
    [451, html, page, 'refused'],
    [301, {}, '', 'refused'],
    [302, { location: 'https://login.example/' }, '', 'refused'],
    [307, {}, '', 'refused'],
    // A RestException counts by its own Status, whatever HTTP says.
    [200, {}, exception(400, 'No From'), 'bad-parameter'],
    [200, {}, exception(403, 'NDNC'), 'dnd'],
    [500, {}, exception(400, 'No From'), 'bad-parameter'],
    [400, {}, exception(401), 'credentials'],
    [200, {}, exception(408), 'refused'],
    [200, {}, '{"RestException":{"Status":402,"Message":"No balance"}}', 'balance'],
    [400, {}, '{"RestException":{"Status":"400","Message":null}}', 'bad-parameter'],
    [200, {}, '{"RestException":{"Status":404}}', 'not-found'],
    [403, {}, '{"RestException":{"Message":"NDNC"}}', 'dnd'],
    [403, html, '<TwilioResponse><RestException/></TwilioResponse>', 'proxy-refused'],
    // Its Status cannot be read: HTTP's counts.
    [400, {}, exception('oops', 'No From'), 'bad-parameter'],
  ])('%i %j %s is %s', (status, headers, body, code) => {
    expect(readConnectAnswer(status, headers, body)).toMatchObject({
      kind: 'refused',
      reason: { code, customerCalled: 'no', httpStatus: status },
    });
  });

  it('keeps Exotel’s words, decoded, and not too many', () => {
    const body = exception(400, `No &#39;From&#39; &amp; no &lt;To&gt; ${'x'.repeat(3000)}`);
    const outcome = readConnectAnswer(400, {}, body);
    expect(outcome.kind === 'refused' && outcome.reason.message.slice(0, 24)).toBe(
      "No 'From' & no <To> xxxx",
    );
    expect(outcome.kind === 'refused' && outcome.reason.message.length).toBe(2000);
  });
});

describe('readConnectAnswer waits', () => {
  const date = 'Mon, 23 Nov 2026 10:00:00 GMT';

  it.each<[number, Record<string, string>, string, number | null]>([
    [429, {}, exception(429, 'Too Many Requests'), null],
    [429, {}, '', null],
    [429, html, page, null],
    [200, {}, exception(429), null],
    [429, { 'retry-after': '12' }, '', 12_000],
    [429, { 'retry-after': '0' }, '', 0],
    [429, { 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT', date }, '', 30_000],
    [429, { 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT', date }, '', 0],
    [429, { 'retry-after': 'Mon, 23 Nov 2026 10:00:30 GMT' }, '', null],
    [429, { 'retry-after': 'soon' }, '', null],
    [429, { 'retry-after': '-5' }, '', null],
  ])('%i %j %s for %s ms', (status, headers, body, retryAfterMs) => {
    expect(readConnectAnswer(status, headers, body)).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs,
      reason: { code: 'rate-limited', customerCalled: 'no', httpStatus: status },
    });
  });
});

describe('readConnectAnswer doubts', () => {
  it.each<[number, Record<string, string>, string, ReasonCode, string]>([
    [500, {}, exception(500, 'Could not originate the call'), 'could-not-start', 'probably-not'],
    [504, {}, exception(504), 'could-not-start', 'probably-not'],
    [500, {}, '', 'could-not-start', 'probably-not'],
    [504, {}, '', 'could-not-start', 'probably-not'],
    [400, {}, exception(500), 'could-not-start', 'probably-not'],
    [500, html, page, 'server-error', 'perhaps'],
    [504, html, page, 'server-error', 'perhaps'],
    [502, html, page, 'server-error', 'perhaps'],
    [503, {}, '', 'server-error', 'perhaps'],
    [503, {}, exception(503), 'server-error', 'perhaps'],
    [599, {}, '', 'server-error', 'perhaps'],
    [408, {}, '', 'server-error', 'perhaps'],
    [425, {}, '', 'server-error', 'perhaps'],
    [499, {}, '', 'server-error', 'perhaps'],
    [200, {}, '', 'unreadable-answer', 'perhaps'],
    [204, {}, '', 'unreadable-answer', 'perhaps'],
    [200, html, page, 'unreadable-answer', 'perhaps'],
    [200, {}, 'OK', 'unreadable-answer', 'perhaps'],
    [200, {}, 'null', 'unreadable-answer', 'perhaps'],
    [200, {}, '[]', 'unreadable-answer', 'perhaps'],
    [200, {}, '"Sid"', 'unreadable-answer', 'perhaps'],
    [200, {}, '{"Call":{"Sid":"a1"}', 'unreadable-answer', 'perhaps'],
    [200, {}, '{"Call":{"Sid":null}}', 'unreadable-answer', 'perhaps'],
    [200, {}, '{"Call":{"Sid":{"a":1}}}', 'unreadable-answer', 'perhaps'],
    [200, {}, '{"Call":"a1"}', 'unreadable-answer', 'perhaps'],
    [200, {}, '{"Call":[{"Sid":"a1"}]}', 'unreadable-answer', 'perhaps'],
    [200, {}, '<TwilioResponse/>', 'unreadable-answer', 'perhaps'],
    [200, {}, '<TwilioResponse></TwilioResponse>', 'unreadable-answer', 'perhaps'],
    [200, {}, call(''), 'unreadable-answer', 'perhaps'],
    [200, {}, call('<Sid/>'), 'unreadable-answer', 'perhaps'],
    [200, {}, call('<Sid>null</Sid>'), 'unreadable-answer', 'perhaps'],
    [200, {}, call('<Sid><b>a1</b></Sid>'), 'unreadable-answer', 'perhaps'],
    [200, {}, call('<Sid>a1</Sid><Sid>a2</Sid>'), 'unreadable-answer', 'perhaps'],
    [200, {}, call('<Sid>a1</Sid').slice(0, 90), 'unreadable-answer', 'perhaps'],
    [200, {}, '<TwilioResponse><Call><Sid>a1</Sid><Status>in-prog', 'unreadable-answer', 'perhaps'],
    [200, {}, `${call('<Sid>a1</Sid>')}<Other/>`, 'unreadable-answer', 'perhaps'],
    [200, {}, '<Response><Call><Sid>a1</Sid></Call></Response>', 'unreadable-answer', 'perhaps'],
    [200, {}, exception('oops'), 'unreadable-answer', 'perhaps'],
    // Neither a DOCTYPE nor an entity is taken, whatever it promises.
    [200, {}, `<!DOCTYPE x>${call('<Sid>a1</Sid>').slice(38)}`, 'unreadable-answer', 'perhaps'],
    [
      200,
      {},
      '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><TwilioResponse><Call><Sid>&s;</Sid></Call></TwilioResponse>',
      'unreadable-answer',
      'perhaps',
    ],
    [
      200,
      {},
      '<!doctype x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><TwilioResponse><Call><Sid>&b;</Sid></Call></TwilioResponse>',
      'unreadable-answer',
      'perhaps',
    ],
    [200, {}, `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`, 'unreadable-answer', 'perhaps'],
    [
      200,
      {},
      '<TwilioResponse><__proto__><Sid>a1</Sid></__proto__></TwilioResponse>',
      'unreadable-answer',
      'perhaps',
    ],
    [200, {}, '{"__proto__":{"Call":{"Sid":"a1"}}}', 'unreadable-answer', 'perhaps'],
  ])('%i %j %s: %s, %s', (status, headers, body, code, customerCalled) => {
    expect(readConnectAnswer(status, headers, body)).toMatchObject({
      kind: 'doubted',
      reason: { code, customerCalled, httpStatus: status },
    });
  });
});

describe('readConnectAnswer', () => {
  it('has an outcome for every status and body', () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(page, call('<Sid>a1</Sid>'), exception(400), exception(500), exception('x')),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), body, (status, text) => {
        const outcome = readConnectAnswer(status, {}, text);
        if (outcome.kind === 'accepted') expect(outcome.report.sid).not.toBeNull();
        else expect(outcome.reason.customerCalled === 'no').toBe(outcome.kind !== 'doubted');
      }),
    );
  });
});
