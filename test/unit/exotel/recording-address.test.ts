import { describe, expect, it } from 'vitest';
import { recordingAddress } from '../../../src-main/exotel/recording-address.ts';

const account = { kind: 'account', host: 'api.in.exotel.com', accountSid: 'acme1' } as const;
const own = { ...account, host: 'http://exotel.office:8080' } as const;
const practice = { kind: 'practice' } as const;

describe('security 15: a recording is opened', () => {
  it.each([
    'https://recordings.exotel.com/acme1/sid1.mp3',
    'https://recordings.exotel.in/acme1/sid1.mp3',
    'https://s3-ap-southeast-1.amazonaws.com/exotelrecordings/acme1/c5.mp3?X-Amz-Expires=300',
  ])('at %s', (address) => {
    expect(recordingAddress(address, account)).toBe(address);
  });

  it('by https also where Exotel wrote http', () => {
    expect(recordingAddress('http://recordings.exotel.in/a.mp3', account)).toBe(
      'https://recordings.exotel.in/a.mp3',
    );
  });

  it('at the host that the account is set to, and at no other of that kind', () => {
    expect(recordingAddress('http://exotel.office:8080/a.mp3', own)).toBe('http://exotel.office:8080/a.mp3');
    expect(recordingAddress('http://exotel.office:8081/a.mp3', own)).toBeNull();
    expect(recordingAddress('https://exotel.office:8080/a.mp3', own)).toBeNull();
  });

  it('of a practice call on this computer, and of no other call', () => {
    expect(recordingAddress('http://127.0.0.1:4040/a.wav', practice)).toBe('http://127.0.0.1:4040/a.wav');
    expect(recordingAddress('https://recordings.exotel.com/a.mp3', practice)).toBeNull();
    expect(recordingAddress('http://127.0.0.1:4040/a.wav', account)).toBeNull();
  });

  it.each([
    'https://evil.example/a.mp3',
    'https://recordings.exotel.com.evil.example/a.mp3',
    'https://notexotel.com/a.mp3',
    'https://recordings.exotel.com@evil.example/a.mp3',
    'https://someone@recordings.exotel.com/a.mp3',
    'https://recordings.exotel.com:8443/a.mp3',
    'file:///etc/passwd',
    'javascript:alert(1)//recordings.exotel.com',
    'tel:+919845012345',
    'no address',
  ])('not at %s', (address) => {
    expect(recordingAddress(address, account)).toBeNull();
  });
});
