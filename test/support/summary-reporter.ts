import { appendFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Counts a run as `N passed, N failed, N skipped` and names what was skipped, and why. `npm test` collects the
 * counts of all its runs through FLOWDIAL_TEST_COUNTS, a file with one JSON line per run.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      let tests = 0;
      for (const test of module.children.allTests()) {
        tests++;
        const state = test.result().state;
        if (state === 'passed' || state === 'failed') counts[state]++;
        else {
          counts.skipped++;
          const result = test.result();
          const note = 'note' in result && result.note ? `: ${result.note}` : '';
          skipped.push(`skipped: ${test.fullName}${note}`);
        }
      }
      // A file that could not be loaded has no tests, and must not pass for it.
      if (module.state() === 'failed' && tests === 0) counts.failed++;
    }
    for (const line of skipped) process.stdout.write(`${line}\n`);
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    const file = process.env['FLOWDIAL_TEST_COUNTS'];
    if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}
