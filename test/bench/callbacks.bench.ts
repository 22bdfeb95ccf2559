import { startCallbackServer } from '../../src-main/callbacks/start.ts';
import { accountSecrets, accountSettings, makeDataDir, startCoreHarness } from '../support/core-harness.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import type { OpenBench } from '../support/bench.ts';
import { createCallbackSender } from '../support/callback-sender.ts';
import { nobodyHome } from '../support/door-owner.ts';
import { startPublicFront } from '../support/public-front.ts';

/** A burst of StatusCallbacks, each durable before its 200, against the same server that only parses and answers. */
const openCallbacks: OpenBench = async () => {
  const exotel = await startFakeExotel();
  const front = await startPublicFront();
  const folder = makeDataDir();
  const harness = await startCoreHarness({
    dataDir: folder.dir,
    settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
    secrets: accountSecrets,
    front,
  });
  const sender = await createCallbackSender(harness, exotel);
  const only = await startCallbackServer({
    port: 0,
    ...nobodyHome,
    onStatusCallback: () => Promise.resolve('stored'),
  });

  return {
    name: 'callbacks',
    runsPerRound: 5,
    baseline: { label: `${sender.burst}, parsed and answered`, run: () => sender.send(only.origin) },
    subject: {
      label: `${sender.burst}, durable before 200`,
      run: () => sender.send(harness.core.callbacksOrigin),
    },
    async close() {
      await sender.close();
      await only.close();
      await harness.stop();
      await front.close();
      await exotel.close();
      await folder.remove();
    },
  };
};

export default openCallbacks;
