import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeProvisioning } from '../../src-main/provisioning.ts';
import { flowSchema } from '../../src-shared/flow.ts';

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
      FLOWDIAL_REP_NUMBER: '098765 43210',
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
        phones: [{ label: '', number: '+919876543210' }],
        flows: [flowSchema.parse({ id: 'default', name: 'Flow', kind: 'rings-me', appId: '4711', key: 1 })],
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

describe('the flows and the phone of the rep', () => {
  const none = { secrets: {}, suggested: {}, problems: [] };

  it('are set, and nothing of them is left for a child process to inherit', () => {
    const flows = [
      { id: 'lead', name: 'New lead', appId: '4711', whisper: '{name}' },
      { id: 'reminder', name: 'Reminder', kind: 'automated', url: 'https://flows.example/1', key: 2 },
    ];
    const env = { FLOWDIAL_FLOWS: JSON.stringify(flows), FLOWDIAL_REP_NUMBER: '+91 98765 43210' };
    expect(takeProvisioning(env)).toEqual({
      ...none,
      settings: {
        phones: [{ label: '', number: '+919876543210' }],
        flows: flows.map((flow) => flowSchema.parse(flow)),
      },
    });
    expect(env).toEqual({});
  });

  it('are told by the name of what no flow has', () => {
    const { settings, problems } = takeProvisioning({
      FLOWDIAL_FLOWS: '[{"id":"lead","name":"Lead","ringTime":30}]',
    });
    expect(settings).toEqual({});
    expect(problems).toEqual([expect.stringMatching(/^FLOWDIAL_FLOWS is not used: .*ringTime.*\[0\]/)]);
  });

  it('may be no flow at all', () => {
    expect(takeProvisioning({ FLOWDIAL_FLOWS: '[]' }).settings).toEqual({ flows: [] });
  });

  it.each([
    [{ FLOWDIAL_APP_ID: '4711' }, 'automated'],
    [{ FLOWDIAL_APP_ID: '4711', FLOWDIAL_REP_NUMBER: '9876543210' }, 'rings-me'],
    // Not a phone: nothing could ring.
    [{ FLOWDIAL_APP_ID: '4711', FLOWDIAL_REP_NUMBER: 'none' }, 'automated'],
  ])('from the one app id, %j, the flow is %s', (env, kind) => {
    const { settings } = takeProvisioning({ ...env });
    expect(settings.flows).toMatchObject([{ id: 'default', appId: '4711', kind, key: 1 }]);
  });

  it('of a catalogue win over the one app id, which is told', () => {
    const env = { FLOWDIAL_FLOWS: '[{"id":"lead","name":"New lead"}]', FLOWDIAL_APP_ID: '4711' };
    const { settings, problems } = takeProvisioning(env);
    expect(settings.flows).toMatchObject([{ id: 'lead', kind: 'rings-me' }]);
    expect(problems).toEqual(['FLOWDIAL_APP_ID is not used, because FLOWDIAL_FLOWS is set too.']);
    expect(env).toEqual({});
  });

  it.each(['9876543210', '098765 43210', '+91-98765-43210', '0091 9876543210', '०९८७६५४३२१०'])(
    'are taken in the writing %j',
    (FLOWDIAL_REP_NUMBER) => {
      expect(takeProvisioning({ FLOWDIAL_REP_NUMBER }).settings.phones).toEqual([
        { label: '', number: '+919876543210' },
      ]);
    },
  );
});

describe('what is no good is left out, and told by name without its value', () => {
  it.each([
    ['FLOWDIAL_EXOTEL_HOST', 'not-a-host-XYZ'],
    ['FLOWDIAL_EXOTEL_HOST', 'https://api.exotel.com/XYZ'],
    ['FLOWDIAL_ACCOUNT_SID', 'XYZ/..'],
    ['FLOWDIAL_CALLER_ID', 'XYZ'.repeat(10)],
    ['FLOWDIAL_APP_ID', 'XYZ'],
    ['FLOWDIAL_REP_NUMBER', 'XYZ'],
    ['FLOWDIAL_REP_NUMBER', '98765 4321, 98765 XYZ'],
    ['FLOWDIAL_FLOWS', '{XYZ'],
    ['FLOWDIAL_FLOWS', '{"id":"XYZ","name":"XYZ"}'],
    ['FLOWDIAL_FLOWS', '[{"id":"XYZ"}]'],
    ['FLOWDIAL_FLOWS', '[{"id":"XYZ","name":"Lead","appId":"XYZ"}]'],
    ['FLOWDIAL_FLOWS', '[{"id":"XYZ","name":"One"},{"id":"XYZ","name":"Two"}]'],
    ['FLOWDIAL_FLOWS', '[{"id":"lead","name":"Lead","url":"ftp://XYZ.example/"}]'],
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
