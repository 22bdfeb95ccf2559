import { expect, it } from 'vitest';
import { ngrokTunnel } from '../../../src-main/tunnel/ngrok.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

it.each([null, ''])('ngrok without a token (%j) starts no process and says why', async (authtoken) => {
  const nothing = () => {};
  const tunnel = ngrokTunnel({
    helpers: {
      start() {
        throw new Error('A helper was started.');
      },
    },
    clock: createFakeClock(),
    log: { info: nothing, warn: nothing, error: nothing },
    authtoken,
    domain: '',
    targetPort: 1,
  });
  expect(tunnel.state()).toMatchObject({ state: 'failed', problem: 'no-token', retryAt: null });
  await tunnel.stop();
});
