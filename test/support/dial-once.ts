/**
 * For a test under strace: `dial-once.ts ORIGIN DIR` is a core that places one call through the Exotel at ORIGIN. It
 * writes `placing` to stdout before it asks for the call, so that what came before can be told apart.
 */
import { writeSync } from 'node:fs';
import { accountSecrets, accountSettings, startCoreHarness } from './core-harness.ts';

const [origin = '', dataDir = ''] = process.argv.slice(2);
const harness = await startCoreHarness({
  dataDir,
  settings: accountSettings(origin),
  secrets: accountSecrets,
});
writeSync(1, 'placing\n');
const { id } = await harness.place('9845012345');
await harness.reaches(id, 'in-progress');
await harness.stop();
