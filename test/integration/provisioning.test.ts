import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeProvisioning } from '../../src-main/provisioning.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'flowdial-provisioning-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function secretFile(text: string, mode = 0o600): string {
  const file = path.join(dir, 'secret');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('the environment', () => {
  it('is read, and nothing of it is left for a child process to inherit', () => {
    const env = {
      PATH: '/bin',
      FLOWDIAL_EXOTEL_HOST: 'http://127.0.0.1:4010/',
      FLOWDIAL_ACCOUNT_SID: 'acme1',
      FLOWDIAL_API_KEY: 'key',
      FLOWDIAL_API_TOKEN: 'token',
      FLOWDIAL_CALLER_ID: '08047191234',
      FLOWDIAL_APP_ID: '4711',
      FLOWDIAL_TUNNEL: 'ngrok',
      FLOWDIAL_NGROK_AUTHTOKEN: 'ngrok-token',
      FLOWDIAL_NGROK_DOMAIN: 'acme.ngrok-free.app',
      FLOWDIAL_CALLBACK_PORT: '4020',
      FLOWDIAL_RATE_LIMIT: '60',
    };
    expect(takeProvisioning(env)).toEqual({
      settings: {
        host: 'http://127.0.0.1:4010',
        accountSid: 'acme1',
        callerId: '08047191234',
        appId: '4711',
        tunnel: 'ngrok',
        ngrokDomain: 'acme.ngrok-free.app',
        callbackPort: 4020,
      },
      secrets: { exotelApiKey: 'key', exotelApiToken: 'token', ngrokAuthtoken: 'ngrok-token' },
      suggested: { line: 'account' },
      rateLimit: 60,
      problems: [],
    });
    expect(env).toEqual({ PATH: '/bin' });
  });

  it('sets nothing where nothing, or only blanks, are in it', () => {
    const nothing = { settings: {}, secrets: {}, suggested: {}, problems: [] };
    expect(takeProvisioning({})).toEqual(nothing);
    expect(takeProvisioning({ FLOWDIAL_ACCOUNT_SID: '', FLOWDIAL_API_TOKEN: ' ' })).toEqual(nothing);
  });

  it.each([{ FLOWDIAL_ACCOUNT_SID: 'acme1' }, { FLOWDIAL_API_TOKEN: 'token' }])(
    'does not make half an account the line: %o',
    (env) => {
      expect(takeProvisioning({ ...env }).suggested).toEqual({});
    },
  );

  it.each([
    ['none', { tunnel: 'none' }],
    ['https://dial.example.com/exotel', { tunnel: 'url', tunnelUrl: 'https://dial.example.com/exotel' }],
  ])('takes the tunnel %s', (FLOWDIAL_TUNNEL, settings) => {
    expect(takeProvisioning({ FLOWDIAL_TUNNEL }).settings).toEqual(settings);
  });
});

describe('what is no good is left out, and told by name without its value', () => {
  it.each([
    ['FLOWDIAL_EXOTEL_HOST', 'not-a-host-XYZ'],
    ['FLOWDIAL_EXOTEL_HOST', 'https://api.exotel.com/XYZ'],
    ['FLOWDIAL_ACCOUNT_SID', 'XYZ/..'],
    ['FLOWDIAL_CALLER_ID', 'XYZ'.repeat(10)],
    ['FLOWDIAL_APP_ID', 'XYZ'],
    ['FLOWDIAL_TUNNEL', 'XYZ'],
    ['FLOWDIAL_NGROK_DOMAIN', 'https://XYZ.ngrok.app'],
    ['FLOWDIAL_CALLBACK_PORT', 'XYZ'],
    ['FLOWDIAL_CALLBACK_PORT', '65536'],
    ['FLOWDIAL_API_TOKEN', 'XYZ\nXYZ'],
    ['FLOWDIAL_API_TOKEN_FILE', '/none/XYZ'],
  ])('%s=%j', (variable, value) => {
    const env = { [variable]: value };
    const { settings, secrets, problems } = takeProvisioning(env);
    expect([settings, secrets, env]).toEqual([{}, {}, {}]);
    expect(problems).toEqual([expect.stringContaining(`${variable} is not used`)]);
    expect(problems.join()).not.toContain('XYZ');
  });
});

describe('a secret in a file', () => {
  it('is taken without its line end', () => {
    const env = { FLOWDIAL_API_TOKEN_FILE: secretFile('token\n') };
    const { secrets, problems } = takeProvisioning(env);
    expect([secrets, problems, env]).toEqual([{ exotelApiToken: 'token' }, [], {}]);
  });

  it('that others can read is taken, and told', () => {
    const { secrets, problems } = takeProvisioning({ FLOWDIAL_API_TOKEN_FILE: secretFile('token', 0o640) });
    expect(secrets).toEqual({ exotelApiToken: 'token' });
    expect(problems).toEqual([
      'FLOWDIAL_API_TOKEN_FILE: others on this computer can read the file. Set its mode to 0600.',
    ]);
  });

  it('wins over the variable itself, which is told', () => {
    const { secrets, problems } = takeProvisioning({
      FLOWDIAL_API_TOKEN: 'direct',
      FLOWDIAL_API_TOKEN_FILE: secretFile('from the file'.replaceAll(' ', '-')),
    });
    expect(secrets).toEqual({ exotelApiToken: 'from-the-file' });
    expect(problems).toEqual(['FLOWDIAL_API_TOKEN is not used, because FLOWDIAL_API_TOKEN_FILE is set too.']);
  });

  it.each([
    ['is empty', ''],
    ['holds more than one line', 'one\ntwo\n'],
    ['is much too large', 'x'.repeat(5000)],
  ])('that %s is not used', (_, text) => {
    const { secrets, problems } = takeProvisioning({ FLOWDIAL_API_TOKEN_FILE: secretFile(text) });
    expect(secrets).toEqual({});
    expect(problems).toEqual([expect.stringContaining('FLOWDIAL_API_TOKEN_FILE is not used')]);
  });
});
