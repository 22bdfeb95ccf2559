import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectReply } from '../../../src-main/callbacks/applet.ts';
import { nobody, writeConnectReply } from '../../../src-main/callbacks/connect-reply.ts';

const safe: ConnectReply = {
  numbers: ['+919876543210'],
  ringSeconds: 30,
  talkSeconds: 3600,
  record: true,
  recordingChannels: null,
  whisper: null,
  callerId: null,
};

function json(reply: Partial<ConnectReply>): unknown {
  const written = writeConnectReply({ ...safe, ...reply }, true);
  expect(written.type).toBe('application/json');
  return JSON.parse(written.text);
}

const smallest = {
  fetch_after_attempt: false,
  destination: { numbers: ['+919876543210'] },
  record: true,
  max_ringing_duration: 30,
  max_conversation_duration: 3600,
  music_on_hold: { type: 'default_tone' },
};

describe('for the Connect applet', () => {
  it('the smallest safe answer has these fields and no more', () => {
    expect(json({})).toEqual(smallest);
  });

  it('each further field stands only where the reply has it', () => {
    expect(json({ record: false })).toEqual({ ...smallest, record: false });
    const { record: _, ...unsaid } = smallest;
    expect(json({ record: null })).toEqual(unsaid);
    expect(json({ recordingChannels: 'dual' })).toEqual({ ...smallest, recording_channels: 'dual' });
    expect(json({ recordingChannels: 'single' })).toEqual({ ...smallest, recording_channels: 'single' });
    expect(json({ whisper: 'प्रिया, Acme' })).toEqual({
      ...smallest,
      start_call_playback: { playback_to: 'callee', type: 'text', value: 'प्रिया, Acme' },
    });
    expect(json({ callerId: '+918047191234' })).toEqual({
      ...smallest,
      outgoing_phone_number: '+918047191234',
    });
  });

  it('several numbers go in their order', () => {
    const numbers = ['+919876543210', '+918047191234'];
    expect(json({ numbers })).toEqual({ ...smallest, destination: { numbers } });
  });

  it('for nobody it is exactly this, whatever else the reply has', () => {
    const exactly = '{"fetch_after_attempt":false,"destination":{"numbers":[]}}';
    expect(writeConnectReply(nobody, true).text).toBe(exactly);
    const full = {
      ...safe,
      numbers: [],
      recordingChannels: 'dual',
      whisper: 'x',
      callerId: '+918047191234',
    } as const;
    expect(writeConnectReply(full, true).text).toBe(exactly);
  });

  it('a value that would void the whole answer is mended or left out', () => {
    expect(json({ ringSeconds: 90, talkSeconds: 9000 })).toMatchObject({
      max_ringing_duration: 60,
      max_conversation_duration: 4500,
    });
    expect(json({ ringSeconds: 0, talkSeconds: -1 })).toMatchObject({
      max_ringing_duration: 1,
      max_conversation_duration: 1,
    });
    expect(json({ ringSeconds: Number.NaN, talkSeconds: Number.POSITIVE_INFINITY })).toMatchObject({
      max_ringing_duration: 30,
      max_conversation_duration: 4500,
    });
    expect(json({ whisper: ' ' })).toEqual(smallest);
    expect(json({ callerId: '08047191234' })).toEqual(smallest);
    expect(json({ record: false, recordingChannels: 'dual' })).toEqual({ ...smallest, record: false });
    expect(json({ numbers: ['09876543210', 'sip:x', '+919876543210'] })).toEqual(smallest);
  });

  it('every value is one that Exotel takes, whatever the reply', () => {
    const reply = fc.record({
      numbers: fc.array(fc.oneof(fc.constantFrom('+919876543210', '9876543210'), fc.string())),
      ringSeconds: fc.oneof(fc.double(), fc.integer()),
      talkSeconds: fc.oneof(fc.double(), fc.integer()),
      record: fc.constantFrom(true, false, null),
      recordingChannels: fc.constantFrom('single' as const, 'dual' as const, null),
      whisper: fc.option(fc.string()),
      callerId: fc.option(fc.oneof(fc.constant('+918047191234'), fc.string())),
    });
    fc.assert(
      fc.property(reply, (any) => {
        const answer = JSON.parse(writeConnectReply(any, true).text);
        for (const number of answer.destination.numbers) expect(number).toMatch(/^\+\d{7,15}$/);
        if (answer.destination.numbers.length === 0) return;
        expect(answer.max_ringing_duration).toSatisfy((s) => Number.isInteger(s) && s >= 1 && s <= 60);
        expect(answer.max_conversation_duration).toSatisfy((s) => Number.isInteger(s) && s >= 1 && s <= 4500);
        expect(answer.outgoing_phone_number ?? '+911234567').toMatch(/^\+\d{7,15}$/);
      }),
    );
  });
});

describe('for the older Dial Whom', () => {
  it.each([
    [['+919876543210'], '09876543210'],
    [['+918047191234'], '08047191234'],
    [['+919876543210', '+918047191234'], '09876543210'],
    [['+14155550123'], '+14155550123'],
    [[], ''],
    [['09876543210'], ''],
  ])('%j is the text %j', (numbers, text) => {
    expect(writeConnectReply({ ...safe, numbers }, false)).toEqual({ type: 'text/plain', text });
  });
});
