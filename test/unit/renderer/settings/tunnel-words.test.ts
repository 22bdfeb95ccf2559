import { describe, expect, it } from 'vitest';
import { canTry, tunnelWords } from '../../../../src-renderer/settings/tunnel-words.ts';
import {
  reachProblemSchema,
  type TunnelState,
  tunnelStateSchema,
} from '../../../../src-shared/contract/app.ts';

const publicUrl = 'https://acme.ngrok.app';
const retryAt = Date.UTC(2026, 10, 23, 6, 30);

const unreachable = (problem: (typeof reachProblemSchema.options)[number]): TunnelState => ({
  state: 'unreachable',
  kind: 'ngrok',
  publicUrl,
  problem,
  detail: 'the detail',
  retryAt,
});

const failed = (problem: Extract<TunnelState, { state: 'failed' }>['problem']): TunnelState =>
  tunnelStateSchema.parse({
    state: 'failed',
    kind: 'ngrok',
    problem,
    message: 'Its own words.',
    retryAt: null,
  });

describe('the words for a public address', () => {
  it.each(reachProblemSchema.options)(
    'that is not reached (%s) name it, and say that calls work',
    (problem) => {
      const { title, text } = tunnelWords(unreachable(problem));
      expect(title).toBe('Exotel cannot reach this computer');
      expect(text).toContain(publicUrl);
      expect(text).toContain('It is tried again at');
      expect(text).toContain('Calls work meanwhile');
      expect(text).not.toMatch(/\{\{|\}\}/);
    },
  );

  it('say that it is tried now', () => {
    const state = { ...unreachable('no-answer'), retryAt: null };
    expect(tunnelWords(tunnelStateSchema.parse(state)).text).toContain('being tried again now');
  });

  it('repeat what ngrok itself said', () => {
    const { text } = tunnelWords(failed('session-in-use'));
    expect(text).toContain('end the other one');
    expect(text).toContain('Its own words.');
    expect(text).not.toContain('It is tried again');
  });

  it.each([
    [{ state: 'off' }, false],
    [{ state: 'connecting', kind: 'url' }, true],
    [{ state: 'open', kind: 'url', publicUrl }, true],
    [unreachable('nobody-listens'), true],
    [failed('bad-token'), true],
    [failed('offline'), true],
    [failed('no-token'), false],
    [failed('bad-url'), false],
  ] as const)('%j: a person may try it: %s', (state, may) => {
    expect(canTry(state)).toBe(may);
  });
});
