import { appendFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import { type Counts, countsLine } from '../../scripts/lib/counts.ts';

/**
 * Counts a run as `N passed, N failed, N skipped` and names what was skipped, and why (`context.skip(why)`).
 * Under `npm test`, which sums up several runs, the counts go to the file FLOWDIAL_TEST_COUNTS instead.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const skipped: string[] = [];
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed++;
        else if (result.state === 'failed') counts.failed++;
        else {
          counts.skipped++;
          const why = result.state === 'skipped' ? result.note : undefined;
          skipped.push(`skipped: ${test.fullName}${why ? `: ${why}` : ''}`);
        }
      }
      counts.failed += failedOutsideTests(module);
    }
    for (const line of skipped) process.stdout.write(`${line}\n`);
    this.#report(counts);
  }

  #report(counts: Counts): void {
    const file = process.env['FLOWDIAL_TEST_COUNTS'];
    if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
    else process.stdout.write(`\n${countsLine(counts)}\n`);
  }
}

/** A file that cannot be loaded has no tests, and those of a failed `beforeAll` are skipped: neither may pass for it. */
function failedOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  return suites.length + (module.errors().length > 0 ? 1 : 0);
}
