import { describe, expect, it } from 'vitest';
import { noTunnel } from '../../../src-main/tunnel/no-tunnel.ts';
import { ownUrlTunnel } from '../../../src-main/tunnel/own-url.ts';

describe('no tunnel', () => {
  it('is off', async () => {
    const tunnel = noTunnel();
    expect(tunnel.state()).toEqual({ state: 'off' });
    await tunnel.stop();
  });
});

describe('a public URL of your own', () => {
  it.each([
    ['https://dial.acme.example', 'https://dial.acme.example'],
    [' https://dial.acme.example:8443/flowdial// ', 'https://dial.acme.example:8443/flowdial'],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
  ])('%s is open at once, as a base without a trailing slash', (written, publicUrl) => {
    const tunnel = ownUrlTunnel(written);
    expect(tunnel.state()).toEqual({ state: 'open', kind: 'url', publicUrl });
    expect(tunnel.renew).toBeNull();
  });

  it.each([
    '',
    'dial.acme.example',
    'ftp://dial.acme.example',
    'https://user:secret@dial.acme.example',
    'https://dial.acme.example/?a=1',
    'https://dial.acme.example/#here',
  ])('"%s" is refused with a reason', (written) => {
    const tunnel = ownUrlTunnel(written);
    expect(tunnel.state()).toMatchObject({ state: 'failed', problem: 'bad-url', retryAt: null });
    expect(tunnel.state()).not.toMatchObject({ message: expect.stringContaining('secret') });
  });
});
