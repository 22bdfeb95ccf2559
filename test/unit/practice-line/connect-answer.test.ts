import { describe, expect, it } from 'vitest';
import { readConnectAnswer } from '../../../src-main/practice-line/connect-answer.ts';

const exoPhone = '+918047191234';
const smallest = { fetch_after_attempt: false, destination: { numbers: ['+919876543210'] } };
const text = { playback_to: 'callee', type: 'text', value: 'Priya Sharma, Acme' };

function read(body: unknown, answer: { status?: number; contentType?: string } = {}) {
  return readConnectAnswer(
    {
      status: 200,
      contentType: 'application/json',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...answer,
    },
    exoPhone,
  );
}

describe('an answer that Exotel takes', () => {
  it('is read with Exotel’s defaults for what it leaves out', () => {
    expect(read({ destination: { numbers: ['+919876543210'] } })).toEqual({
      numbers: ['+919876543210'],
      fetchAgain: false,
      ringSeconds: 30,
      talkSeconds: 900,
      record: null,
      callerId: null,
      whisper: null,
      eventsUrl: null,
    });
  });

  it('is read with every field that it may have', () => {
    const whole = {
      ...smallest,
      fetch_after_attempt: true,
      outgoing_phone_number: exoPhone,
      record: true,
      recording_channels: 'dual',
      max_ringing_duration: 60,
      max_conversation_duration: 4500,
      music_on_hold: { type: 'custom_tone', value: 'https://example.com/wait.mp3' },
      start_call_playback: text,
      parallel_ringing: { activate: false, max_parallel_attempts: 5 },
      dial_passthru_event_url: 'https://example.com/leg',
    };
    expect(read(whole)).toEqual({
      numbers: ['+919876543210'],
      fetchAgain: true,
      ringSeconds: 60,
      talkSeconds: 4500,
      record: true,
      callerId: exoPhone,
      whisper: 'Priya Sharma, Acme',
      eventsUrl: 'https://example.com/leg',
    });
  });

  it.each([
    ['nobody to dial', { ...smallest, destination: { numbers: [] } }],
    ['a tone', { ...smallest, music_on_hold: { type: 'operator_tone' } }],
    [
      'audio for both',
      {
        ...smallest,
        start_call_playback: { playback_to: 'both', type: 'audio_url', value: 'https://example.com/a.wav' },
      },
    ],
  ])('may have %s', (_, body) => {
    expect(read(body)).not.toHaveProperty('problem');
  });

  it('may name its charset', () => {
    expect(read(smallest, { contentType: 'application/json; charset=utf-8' })).not.toHaveProperty('problem');
  });
});

describe('an answer that is void as a whole, because of', () => {
  it.each([
    ['a field that nobody knows', { ...smallest, timeout: 30 }, 'timeout'],
    ['a field of another kin', { destination: [{ contact_uri: '+919876543210' }] }, 'destination'],
    ['a field that nobody knows, inside', { destination: { numbers: [], sip: [] } }, 'sip'],
    ['no destination', { fetch_after_attempt: false }, 'destination'],
    ['one number that is no list', { destination: { numbers: '+919876543210' } }, 'numbers'],
    ['a number with 0', { destination: { numbers: ['+919876543210', '09876543210'] } }, 'E.164'],
    ['a number as a number', { destination: { numbers: [919_876_543_210] } }, 'numbers'],
    ['a word for yes', { ...smallest, record: 'true' }, 'record'],
    ['null', { ...smallest, record: null }, 'record'],
    ['a word for no', { ...smallest, fetch_after_attempt: 'no' }, 'fetch_after_attempt'],
    ['channels it does not know', { ...smallest, recording_channels: 'stereo' }, 'recording_channels'],
    ['ringing over 60 s', { ...smallest, max_ringing_duration: 61 }, 'max_ringing_duration'],
    ['no ringing', { ...smallest, max_ringing_duration: 0 }, 'max_ringing_duration'],
    ['half seconds', { ...smallest, max_ringing_duration: 30.5 }, 'max_ringing_duration'],
    ['seconds as text', { ...smallest, max_conversation_duration: '3600' }, 'max_conversation_duration'],
    ['talk over 4500 s', { ...smallest, max_conversation_duration: 4501 }, 'max_conversation_duration'],
    ['a tone it does not know', { ...smallest, music_on_hold: { type: 'jazz' } }, 'music_on_hold'],
    ['a tone without its sound', { ...smallest, music_on_hold: { type: 'custom_tone' } }, 'music_on_hold'],
    [
      'playback to the caller',
      { ...smallest, start_call_playback: { ...text, playback_to: 'caller' } },
      'playback_to',
    ],
    ['playback of nothing', { ...smallest, start_call_playback: { ...text, value: '' } }, 'value'],
    ['audio that is no URL', { ...smallest, start_call_playback: { ...text, type: 'audio_url' } }, 'value'],
    ['an ExoPhone with 0', { ...smallest, outgoing_phone_number: '08047191234' }, 'outgoing_phone_number'],
    [
      'somebody else’s caller id',
      { ...smallest, outgoing_phone_number: '+919876543210' },
      'outgoing_phone_number',
    ],
    [
      'parallel ringing',
      { ...smallest, parallel_ringing: { activate: true, max_parallel_attempts: 2 } },
      'switched on',
    ],
    ['events to no URL', { ...smallest, dial_passthru_event_url: '/leg' }, 'dial_passthru_event_url'],
    ['a list', [], 'expected object'],
    ['broken JSON', '{"destination":', 'expected object'],
    ['nothing', '', 'expected object'],
  ])('%s', (_, body, told) => {
    expect(read(body)).toEqual({ problem: expect.stringContaining(told) });
  });

  it.each([302, 201, 204, 404, 500])('the status %i', (status) => {
    expect(read(smallest, { status })).toEqual({ problem: `the status is ${status}, not 200` });
  });

  it.each([
    '',
    'text/plain',
    'text/html; charset=utf-8',
    'application/jsonp',
    'application/json; charset=latin1',
  ])('the Content-Type %j', (contentType) => {
    expect(read(smallest, { contentType })).toEqual({ problem: expect.stringContaining('application/json') });
  });
});
