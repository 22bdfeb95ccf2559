import { describe, expect, it } from 'vitest';
import { readConnectForm } from '../../../src-main/practice-line/connect-form.ts';

const exoPhone = '08047191234';
const twoNumbers = {
  From: '+919845011111',
  To: '09845012345',
  CallerId: exoPhone,
  CallType: 'trans',
};

const read = (form: Record<string, string>) => readConnectForm(new URLSearchParams(form), exoPhone);

describe('a form that connects two numbers', () => {
  it('is read with Exotel’s defaults', () => {
    expect(read(twoNumbers)).toEqual({
      kind: 'two-numbers',
      from: '+919845011111',
      to: '09845012345',
      callerId: exoPhone,
      customField: null,
      statusCallback: null,
      record: true,
      timeOut: 30,
      timeLimit: 14_400,
      statusCallbackEvents: [],
      statusCallbackContentType: 'multipart/form-data',
    });
  });

  it('is read with all it may say', () => {
    const form = {
      ...twoNumbers,
      TimeLimit: '3600',
      TimeOut: '45',
      Record: 'false',
      RecordingChannels: 'dual',
      RecordingFormat: 'mp3-hq',
      WaitUrl: 'https://example.com/wait.wav',
      StatusCallback: 'https://example.com/end',
      'StatusCallbackEvents[0]': 'terminal',
      'StatusCallbackEvents[1]': 'answered',
      StatusCallbackContentType: 'application/json',
      CustomField: '1.id.token',
    };
    expect(read(form)).toMatchObject({
      customField: '1.id.token',
      statusCallback: 'https://example.com/end',
      record: false,
      timeOut: 45,
      timeLimit: 3600,
      statusCallbackEvents: ['terminal', 'answered'],
      statusCallbackContentType: 'application/json',
    });
  });

  it.each([
    ['To', '9845012345'],
    ['From', 'me'],
    ['Url', 'http://my.exotel.in/exoml/start/100001'],
    ['Record', 'yes'],
    ['RecordingChannels', 'stereo'],
    ['RecordingFormat', 'wav'],
    ['WaitUrl', 'music'],
    ['StatusCallbackEvents[0]', 'ringing'],
    ['StatusCallbackContentType', 'text/xml'],
    ['TimeLimit', '14401'],
    ['TimeOut', '61'],
  ])('is refused with %s %s', (name, value) => {
    const problem = expect.stringContaining(name.replace('[0]', ''));
    expect(read({ ...twoNumbers, [name]: value })).toEqual({ problem });
  });
});

describe('a form that names a flow', () => {
  const flow = { From: '09845012345', CallerId: exoPhone, CallType: 'trans' };

  it.each(['http://my.exotel.in/exoml/start/100002', 'http://my.exotel.com/acme1/exoml/start_voice/100002'])(
    'is read with its app id: %s',
    (Url) => {
      expect(read({ ...flow, Url })).toMatchObject({ kind: 'flow', appId: '100002' });
    },
  );

  it('is refused without a flow and a second number', () => {
    expect(read(flow)).toEqual({ problem: "Invalid Call Parameters: No 'Url' specified" });
  });
});
