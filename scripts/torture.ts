import { spawn } from 'node:child_process';

/**
 * `npm run torture [-- FILE…]`: the attacks of test/torture at their full size. On two cores fuzz takes 15 minutes,
 * cuts 25, the model 5, and soak one. All draw their chances from one seed, which is printed; FLOWDIAL_SEED
 * gives it back.
 */
const seed = process.env['FLOWDIAL_SEED'] || String(Math.floor(Math.random() * 0x7fffffff) + 1);
process.stdout.write(`FLOWDIAL_SEED=${seed}\n`);

const child = spawn(
  'npm',
  ['run', '--silent', 'vitest', '--', '--project', 'torture', ...process.argv.slice(2)],
  {
    env: { ...process.env, FLOWDIAL_TORTURE: 'full', FLOWDIAL_SEED: seed },
    stdio: 'inherit',
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  },
);
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
