import { ensureBuilt } from '../../scripts/lib/build.ts';

/** Before the tests of the built program: builds it where it is not up to date. `npm test` has built it already. */
export default async function buildOnce(): Promise<void> {
  if (process.env['FLOWDIAL_BUILT'] === '1') return;
  if (!(await ensureBuilt())) throw new Error('The build failed: the built program cannot be tested.');
}
