import { describe, expect, it } from 'vitest';
import type { ConnectRequest } from '../../../src-main/exotel/client.ts';
import { checkConnectRequest, writeConnectRequest } from '../../../src-main/exotel/connect-request.ts';

const request: ConnectRequest = {
  customer: '+919052161119',
  numberForm: 'national',
  callerId: '08047191234',
  callType: 'trans',
  flowUrl: 'http://my.exotel.in/exoml/start/4711',
  ringMeFirst: null,
  timeLimitSeconds: 3600,
  timeOutSeconds: 45,
  statusCallbackUrl: 'https://a.example/exotel/calls/1/t',
  statusCallbackEvents: false,
  customField: '1.call.token Priya & co',
};

const repFirst: ConnectRequest = {
  ...request,
  flowUrl: '',
  ringMeFirst: { rep: '+919876543210', recording: 'off', waitUrl: '' },
};
/** A call that rings the rep first, with these parts changed. */
function toRep(change: Partial<NonNullable<ConnectRequest['ringMeFirst']>>): ConnectRequest {
  return { ...repFirst, ringMeFirst: { rep: '+919876543210', recording: 'off', waitUrl: '', ...change } };
}

const legacy = { isLegacy: true };
const today = { isLegacy: false };

describe('checkConnectRequest', () => {
  it.each<[string, Partial<ConnectRequest>]>([
    ['the seed’s values', {}],
    ['a landline', { customer: '+918030752400' }],
    ['another country', { customer: '+14155552671' }],
    ['E.164', { numberForm: 'e164' }],
    ['no callback', { statusCallbackUrl: null }],
    ['no CustomField', { customField: '' }],
    ['a CustomField of 128 characters', { customField: 'é'.repeat(128) }],
    ['a CustomField of 128 signs beyond the first plane', { customField: '📞'.repeat(128) }],
    ['the shortest times', { timeLimitSeconds: 1, timeOutSeconds: 1 }],
    ['the longest times', { timeLimitSeconds: 14_400, timeOutSeconds: 60 }],
    ['a call that rings the rep first, which needs no flow', repFirst],
    ['audio for the rep who waits', toRep({ waitUrl: 'https://a.example/wait.mp3' })],
  ])('takes %s', (_, change) => {
    expect(checkConnectRequest({ ...request, ...change })).toBeNull();
  });

  it.each<[string, Partial<ConnectRequest>]>([
    ['From', { customer: '' }],
    ['From', { customer: '9052161119' }],
    ['From', { customer: '+91905216111' }],
    ['From', { customer: '+911234567890' }],
    ['From', { customer: '+9118001234567' }],
    ['From', { customer: '*99#' }],
    ['CallerId', { callerId: '' }],
    ['CallerId', { callerId: '  ' }],
    ['CallType', { callType: 'promo' }],
    ['CallType', { callType: '' }],
    ['CallType', { callType: 'Trans' }],
    ['Url', { flowUrl: '' }],
    ['Url', { flowUrl: '4711' }],
    ['Url', { flowUrl: 'ftp://my.exotel.in/exoml/start/4711' }],
    ['TimeLimit', { timeLimitSeconds: 0 }],
    ['TimeLimit', { timeLimitSeconds: -1 }],
    ['TimeLimit', { timeLimitSeconds: 14_401 }],
    ['TimeLimit', { timeLimitSeconds: 1.5 }],
    ['TimeLimit', { timeLimitSeconds: Number.NaN }],
    ['TimeOut', { timeOutSeconds: 0 }],
    ['TimeOut', { timeOutSeconds: 61 }],
    ['TimeOut', { timeOutSeconds: Number.POSITIVE_INFINITY }],
    ['StatusCallback', { statusCallbackUrl: '' }],
    ['StatusCallback', { statusCallbackUrl: 'a.example/exotel' }],
    ['CustomField', { customField: 'x'.repeat(129) }],
    ['From', toRep({ rep: '' })],
    ['From', toRep({ rep: '9876543210' })],
    ['To', { ...repFirst, customer: '*99#' }],
    ['To', toRep({ rep: request.customer })],
    ['WaitUrl', toRep({ waitUrl: 'wait.mp3' })],
    ['CallerId', { ...repFirst, callerId: '' }],
  ])('names %s for %j', (field, change) => {
    expect(checkConnectRequest({ ...request, ...change })?.field).toBe(field);
  });

  it('refuses promo with the seed’s reason', () => {
    expect(checkConnectRequest({ ...request, callType: 'promo' })).toEqual({
      field: 'CallType',
      problem: 'No longer supported by Exotel',
    });
  });
});

describe('writeConnectRequest', () => {
  it.each([
    ['legacy host', legacy, request],
    ['legacy host, with events wanted', legacy, { ...request, statusCallbackEvents: true }],
    ['today’s host', today, request],
  ])('writes the seed’s parameters in the seed’s order: %s', (_host, host, asked) => {
    expect(writeConnectRequest(asked, host)).toBe(
      'From=09052161119&CallerId=08047191234&CallType=trans' +
        '&Url=http%3A%2F%2Fmy.exotel.in%2Fexoml%2Fstart%2F4711&TimeLimit=3600&TimeOut=45' +
        '&StatusCallback=https%3A%2F%2Fa.example%2Fexotel%2Fcalls%2F1%2Ft' +
        '&CustomField=1.call.token+Priya+%26+co',
    );
  });

  it('leaves out what is optional and empty', () => {
    const form = new URLSearchParams(
      writeConnectRequest({ ...request, statusCallbackUrl: null, customField: '' }, today),
    );
    expect([...form.keys()]).toEqual(['From', 'CallerId', 'CallType', 'Url', 'TimeLimit', 'TimeOut']);
  });

  it.each<[string, ConnectRequest['numberForm'], string]>([
    ['+919052161119', 'national', '09052161119'],
    ['+918030752400', 'national', '08030752400'],
    ['+14155552671', 'national', '+14155552671'],
    ['+919052161119', 'e164', '+919052161119'],
  ])('writes %s, %s, as %s', (customer, numberForm, from) => {
    const form = new URLSearchParams(writeConnectRequest({ ...request, customer, numberForm }, today));
    expect(form.get('From')).toBe(from);
  });

  describe('of a call that rings the rep first', () => {
    it('has the rep as From, the customer as To, no Url, and asks for the events that tell of both legs', () => {
      expect([...new URLSearchParams(writeConnectRequest(repFirst, today))]).toEqual([
        ['From', '09876543210'],
        ['To', '09052161119'],
        ['CallerId', '08047191234'],
        ['CallType', 'trans'],
        ['TimeLimit', '3600'],
        ['TimeOut', '45'],
        ['StatusCallback', 'https://a.example/exotel/calls/1/t'],
        ['CustomField', '1.call.token Priya & co'],
        ['StatusCallbackEvents[0]', 'terminal'],
        ['StatusCallbackEvents[1]', 'answered'],
        ['Record', 'false'],
      ]);
    });

    it('writes both numbers in the form asked for', () => {
      const form = new URLSearchParams(writeConnectRequest({ ...repFirst, numberForm: 'e164' }, today));
      expect([form.get('From'), form.get('To')]).toEqual(['+919876543210', '+919052161119']);
    });

    it.each(['single', 'dual'] as const)('is recorded with %s channels where that is wanted', (recording) => {
      const form = new URLSearchParams(writeConnectRequest(toRep({ recording }), today));
      expect([form.get('Record'), form.get('RecordingChannels')]).toEqual(['true', recording]);
    });

    it('brings the audio for the rep who waits', () => {
      const waitUrl = 'https://a.example/wait.mp3';
      expect(new URLSearchParams(writeConnectRequest(toRep({ waitUrl }), today)).get('WaitUrl')).toBe(
        waitUrl,
      );
    });

    it('asks for no event of the legacy host, nor where none can come', () => {
      expect(writeConnectRequest(repFirst, legacy)).not.toContain('Events');
      expect(writeConnectRequest({ ...repFirst, statusCallbackUrl: null }, today)).not.toContain('Events');
    });
  });

  it('asks today’s hosts for both events where they are wanted and can come', () => {
    const wanted = { ...request, statusCallbackEvents: true };
    const form = new URLSearchParams(writeConnectRequest(wanted, today));
    expect([...form].slice(-2)).toEqual([
      ['StatusCallbackEvents[0]', 'terminal'],
      ['StatusCallbackEvents[1]', 'answered'],
    ]);
    expect(writeConnectRequest({ ...wanted, statusCallbackUrl: null }, today)).not.toContain('Events');
  });
});
