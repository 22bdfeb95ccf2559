import { describe, expect, it } from 'vitest';
import { loggablePath, readRoute, statusCallbackPath } from '../../../src-main/callbacks/routes.ts';

const callId = '7b1d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
const token = 'QmFzZTY0dXJsVG9rZW4xMg';
const probePath = '/exotel/probe/0123456789abcdef0123456789abcdef';

describe('a request target', () => {
  it('made by statusCallbackPath is read back', () => {
    const path = statusCallbackPath(callId, token);
    const route = { kind: 'status-callback', callId, token };
    expect(readRoute(path, probePath)).toEqual(route);
    expect(readRoute(`/any/prefix${path}?and=query`, probePath)).toEqual(route);
    expect(readRoute(`http://host${path}`, probePath)).toEqual(route);
  });

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
  ])('%s is nothing of ours', (target) => {
    expect(readRoute(target, probePath)).toEqual({ kind: 'nothing' });
  });
});

describe('a path for the log', () => {
  it.each([
    [statusCallbackPath(callId, token), `/exotel/calls/${callId}/…`],
    [`/p/${token}?t=${token}`, '/p/…'],
    [`/${callId}${token}/x`, '/…/x'],
    ['/favicon.ico', '/favicon.ico'],
  ])('%s is written %s', (target, written) => {
    expect(loggablePath(target)).toBe(written);
  });

  it('is short, however long the target', () => {
    expect(loggablePath('/a'.repeat(5000)).length).toBeLessThanOrEqual(300);
  });
});
