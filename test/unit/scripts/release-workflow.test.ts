import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const stepSchema = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.unknown(),
  jobs: z.strictObject({
    package: z.looseObject({
      strategy: z.object({
        matrix: z.object({ include: z.array(z.record(z.string(), z.string())) }),
      }),
      steps: z.array(stepSchema),
    }),
  }),
});

const workflow = workflowSchema.parse(parse(readFileSync('.github/workflows/release.yml', 'utf8')));
const { strategy, steps } = workflow.jobs.package;
const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run.trim()]));
const { scripts, devDependencies } = z
  .object({ scripts: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

describe('the release workflow', () => {
  it('runs on the three systems', () => {
    const systems = strategy.matrix.include.map(({ system }) => system?.replace(/-[\w.]+$/, ''));
    expect(systems).toEqual(['ubuntu', 'macos', 'windows']);
  });

  it('installs, tests, builds, runs the real Electron, packages, reads the fuses back and tries the release', () => {
    const inOrder = [
      'npm ci',
      'npx install-electron --no',
      'npm run supported',
      'npm test',
      'npm run build',
      'npm run vitest -- --project e2e test/e2e/electron-real.test.ts',
      'npm run package',
      'npx @electron/fuses read --app',
      'npm run smoke --',
    ].map((words) => commands.findIndex((command) => command.includes(words)));
    expect(inOrder).not.toContain(-1);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  });

  it('names scripts, files and packages that exist', () => {
    const text = commands.join('\n');
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const files = [...text.matchAll(/\b(?:test|scripts)\/[\w./-]+/g)].map(([file]) => file);
    expect(files).toEqual(['test/e2e/electron-real.test.ts']);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(['@electron/fuses', 'electron']));
  });

  it('fails where the real Electron could not run, and does not skip it', () => {
    const step = steps.find(({ run }) => run?.includes('electron-real.test.ts'));
    const [name = ''] = Object.keys(step?.env ?? {});
    expect(step?.env).toEqual({ FLOWDIAL_TEST_REAL_ELECTRON: '1' });
    expect(readFileSync('test/e2e/electron-real.test.ts', 'utf8')).toContain(
      `process.env['${name}'] === '1'`,
    );
  });

  it('looks for each package where electron-builder leaves it', () => {
    const config = z
      .object({ productName: z.string(), directories: z.object({ output: z.string() }) })
      .parse(parse(readFileSync('electron-builder.yml', 'utf8')));
    const { output } = config.directories;
    expect(strategy.matrix.include.map(({ program }) => program)).toEqual([
      `${output}/linux-unpacked/${config.productName.toLowerCase()}`,
      `${output}/mac-arm64/${config.productName}.app`,
      `${output}/win-unpacked/${config.productName}.exe`,
    ]);
  });

  it('can read the repository only, takes actions by commit, and shows secrets to nothing but the packaging', () => {
    expect(Object.keys(workflow.on)).toEqual(['push', 'workflow_dispatch']);
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes('secrets'));
    expect(withSecrets.map(({ run }) => run)).toEqual(['npm run package']);
  });
});
