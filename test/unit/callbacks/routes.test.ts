import { describe, expect, it } from 'vitest';
import { doorPath, loggablePath, readRoute, statusCallbackPath } from '../../../src-main/callbacks/routes.ts';

const callId = '7b1d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
const token = 'QmFzZTY0dXJsVG9rZW4xMg';
const secret = '00112233445566778899aabbccddeeff';
const secrets = { connect: secret, leg: secret, passthru: secret, greeting: secret };
const probePath = '/exotel/probe/0123456789abcdef0123456789abcdef';

describe('a request target', () => {
  it('made by statusCallbackPath is read back', () => {
    const path = statusCallbackPath(callId, token);
    const route = { kind: 'status-callback', callId, token };
    expect(readRoute(path, probePath)).toEqual(route);
    expect(readRoute(`/any/prefix${path}?and=query`, probePath)).toEqual(route);
    expect(readRoute(`http://host${path}`, probePath)).toEqual(route);
  });

  it.each(['connect', 'leg', 'passthru', 'greeting'] as const)(
    'made by doorPath for %s is read back',
    (door) => {
      const path = doorPath(door, secrets);
      const route = { kind: 'door', door, secret, branch: 'plain' };
      expect(readRoute(path, probePath)).toEqual(route);
      expect(readRoute(`/any/exotel/prefix${path}?CallSid=/x`, probePath)).toEqual(route);
      expect(readRoute(`https://host${path}`, probePath)).toEqual(route);
    },
  );

  it.each(['talked', 'missed', 'nodial'] as const)(
    'names the branch %s of Passthru, and of no other door',
    (branch) => {
      const path = doorPath('passthru', secrets, branch);
      expect(path).toBe(`/exotel/passthru/${secret}/${branch}`);
      expect(readRoute(`/p${path}?x`, probePath)).toEqual({ kind: 'door', door: 'passthru', secret, branch });
      for (const door of ['connect', 'leg', 'greeting'] as const) {
        expect(doorPath(door, secrets, branch)).toBe(doorPath(door, secrets));
        expect(readRoute(`${doorPath(door, secrets)}/${branch}`, probePath)).toEqual({ kind: 'nothing' });
      }
    },
  );

  it.each([
    '',
    '/',
    '*',
    '/exotel/calls',
    `/exotel/calls/${callId}`,
    `/exotel/calls/${callId}/${token}/`,
    `/exotel/calls/${callId}/${token}%20`,
    `/exotel/calls/${callId}/short`,
    `/exotel/calls/${callId.slice(1)}/${token}`,
    `/?path=/exotel/calls/${callId}/${token}`,
    '/exotel/probe/0123456789abcdef0123456789abcdee',
    '/exotel/connect/',
    `/exotel/connect/${secret}/`,
    `/exotel/connect/${secret}0`,
    `/exotel/connect/${secret.slice(1)}`,
    `/exotel/connect/${secret.replace('f', 'g')}`,
    `/exotel/Connect/${secret}`,
    `/exotelconnect/${secret}`,
    `/exotel/passthru/${secret}/plain`,
    `/exotel/passthru/${secret}/talked/missed`,
    `/?path=/exotel/connect/${secret}`,
  ])('%s is nothing of ours', (target) => {
    expect(readRoute(target, probePath)).toEqual({ kind: 'nothing' });
  });
});

describe('a path for the log', () => {
  it.each([
    [statusCallbackPath(callId, token), `/exotel/calls/${callId}/…`],
    [`/p/${token}?t=${token}`, '/p/…'],
    [`/${callId}${token}/x`, '/…/x'],
    [`/p${doorPath('passthru', secrets, 'talked')}?CustomField=1`, '/p/exotel/passthru/…/talked'],
    [`/exotel/conect/${secret}`, '/exotel/conect/…'],
    ['/favicon.ico', '/favicon.ico'],
  ])('%s is written %s', (target, written) => {
    expect(loggablePath(target)).toBe(written);
  });

  it('is short, however long the target', () => {
    expect(loggablePath('/a'.repeat(5000)).length).toBeLessThanOrEqual(300);
  });
});
