import { describe, expect, it } from 'vitest';
import { readNgrokError } from '../../../src-main/tunnel/ngrok-fault.ts';

const authtoken = '2abcDEFghiJKLmnoPQRstuVWXyz_4f5Gh6Jk7Lm8Np9Qr';
const asked = { authtoken, domain: 'acme.ngrok.app' };

describe("an error of ngrok's SDK", () => {
  it.each([
    ['failed to connect session: failed to establish tcp connection', 'offline'],
    ['failed to connect session: tls handshake error', 'untrusted'],
    ['failed to connect session: authentication failed: no. error_code: ERR_NGROK_105', 'bad-token'],
    ['failed to connect session: authentication failed: no. error_code: ERR_NGROK_107', 'bad-token'],
    ['failed to connect session: authentication failed: no. error_code: ERR_NGROK_4018', 'bad-token'],
    // One agent more than the account may have: the token is good.
    ['failed to connect session: authentication failed: limit. error_code: ERR_NGROK_108', 'session-in-use'],
    ['failed to start listener: failed to bind: not yours. error_code: ERR_NGROK_320', 'domain-refused'],
    ['failed to start listener: The endpoint is already online. error_code: ERR_NGROK_334', 'domain-in-use'],
    ['something new', 'other'],
  ])('%s: %s', (message, problem) => {
    expect(readNgrokError(new Error(message), asked)).toEqual({ problem, message });
  });

  it('blames the domain only where one was asked for', () => {
    const error = new Error('failed to start listener: too many endpoints. error_code: ERR_NGROK_324');
    expect(readNgrokError(error, { ...asked, domain: '' }).problem).toBe('other');
  });

  it.each([
    ['whole', authtoken],
    ['masked', '2abc***'],
    ['its second half', authtoken.slice(20)],
  ])('keeps its words but not the token (%s)', (_how, repeated) => {
    const words = `The authtoken you specified is invalid.\r\nYour authtoken: ${repeated}\r\n\r\nERR_NGROK_107`;
    const { message } = readNgrokError(new Error(words), asked);
    expect(message).toBe('The authtoken you specified is invalid. Your authtoken: … ERR_NGROK_107');
  });

  it('is cut at 500 characters, and may be no Error at all', () => {
    expect(readNgrokError('word '.repeat(1000), asked).message).toHaveLength(500);
  });
});
