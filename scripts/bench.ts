import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, OpenBench, OpenReport, Subject } from '../test/support/bench.ts';
import { root } from './lib/build.ts';

/**
 * `npm run bench [-- NAME…]`: each figure as a ratio to a baseline measured in the same run, so that it means the same on
 * every machine. Baseline and subject take turns, round by round, and the median of seven rounds counts.
 */
const rounds = 7;
const folder = path.join(root, 'test/bench');
const wanted = process.argv.slice(2);

const table: Record<string, Record<string, string>> = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.bench.ts'))) {
  if (wanted.length > 0 && !wanted.includes(file.replace('.bench.ts', ''))) continue;
  const { default: open } = (await import(pathToFileURL(path.join(folder, file)).href)) as {
    default: OpenBench | OpenReport;
  };
  const bench = await open();
  try {
    table[bench.name] = await ('measure' in bench ? bench.measure() : measure(bench));
  } finally {
    await bench.close();
  }
}
console.table(table);

async function measure({ baseline, subject, runsPerRound }: Bench): Promise<Record<string, string>> {
  const times = { baseline: [] as number[], subject: [] as number[] };
  // Once unmeasured: code gets compiled, files get cached.
  for (const each of [baseline, subject]) await round(each, runsPerRound);
  for (let turn = 0; turn < rounds; turn++) {
    // Who begins changes, so that neither always follows the other.
    const order = turn % 2 === 0 ? (['baseline', 'subject'] as const) : (['subject', 'baseline'] as const);
    for (const who of order) {
      times[who].push(await round(who === 'baseline' ? baseline : subject, runsPerRound));
    }
  }
  const [a, b] = [median(times.baseline), median(times.subject)];
  return {
    baseline: `${baseline.label}: ${a.toFixed(2)} ms`,
    Flowdial: `${subject.label}: ${b.toFixed(2)} ms`,
    ratio: (b / a).toFixed(2),
  };
}

async function round(subject: Subject, runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await subject.run());
  return median(times);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}
