import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/**
 * A check that finds nothing may be a check that looks at nothing. This runs each of them, with the project's own
 * configuration, over files that it must refuse: the linter over test/fixtures/forbidden-imports, whose files say in
 * their first line which rule refuses them, and the others over test/fixtures/failing-checks. Exits 1 where one of
 * the files gets away, or where a file is refused that is allowed.
 */
const root = path.join(import.meta.dirname, '..');
const fixtures = path.join(root, 'test/fixtures');

/** The rule that a file's first line names, or null for `// Allowed: …`. */
function expectedRule(file: string): string | null {
  const [line = ''] = readFileSync(file, 'utf8').split('\n', 1);
  const refused = /^\/\/ Refused by ([\w/-]+)[.:]/.exec(line);
  if (refused?.[1] !== undefined) return refused[1];
  if (line.startsWith('// Allowed: ')) return null;
  throw new Error(`${file} must begin with "// Refused by RULE: why" or "// Allowed: why".`);
}

/** A name in the linter's report, `eslint-plugin-import(no-cycle)`, as it stands in .oxlintrc.json. */
function ruleName(code: string): string {
  const parts = /^(?:eslint-plugin-)?([\w-]+)\(([\w-]+)\)$/.exec(code);
  if (parts === null) return code;
  return parts[1] === 'eslint' ? `${parts[2]}` : `${parts[1]}/${parts[2]}`;
}

const lintReportSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

async function lintRefuses(): Promise<string[]> {
  await using project = standIn('forbidden-imports');
  const { stdout, stderr } = await run(project.dir, ['oxlint/bin/oxlint', '--type-aware', '--format=json']);
  const report = lintReportSchema.safeParse(parseJson(stdout));
  if (!report.success) return [`lint printed no report: ${stdout}${stderr}`];
  const reported = new Map<string, Set<string>>();
  for (const { filename, code } of report.data.diagnostics) {
    const file = path.relative(project.dir, path.resolve(project.dir, filename));
    reported.set(file, (reported.get(file) ?? new Set()).add(ruleName(code)));
  }
  return project.files.flatMap((file) => {
    const rule = expectedRule(path.join(project.dir, file));
    const found = [...(reported.get(file) ?? [])].join(', ');
    if (found === (rule ?? '')) return [];
    return [
      `lint: ${file} must be ${rule ? `refused by ${rule}` : 'allowed'}; reported: ${found || 'nothing'}`,
    ];
  });
}

/** Runs a check over its fixture: it must fail, and name what is wrong. */
async function refuses(
  name: string,
  fixture: string,
  command: readonly string[],
  complaints: readonly RegExp[],
): Promise<string[]> {
  await using project = standIn(`failing-checks/${fixture}`);
  const { code, stdout, stderr } = await run(project.dir, command);
  const said = stdout + stderr;
  if (code !== 0 && complaints.every((complaint) => complaint.test(said))) return [];
  return [
    `${name} must refuse test/fixtures/failing-checks/${fixture}; it ended with ${code} and said: ${said}`,
  ];
}

/** A project with our configuration and a fixture's files, in a folder of its own: ours leave the fixtures out. */
function standIn(fixture: string) {
  const dir = mkdtempSync(path.join(tmpdir(), 'flowdial-check-'));
  const source = path.join(fixtures, fixture);
  cpSync(source, dir, { recursive: true });
  for (const file of [
    'package.json',
    '.gitignore',
    '.oxlintrc.json',
    'biome.json',
    'knip.json',
    'tsconfig.json',
  ]) {
    cpSync(path.join(root, file), path.join(dir, file));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return { dir, files, [Symbol.asyncDispose]: async () => rmSync(dir, { recursive: true }) };
}

function run(
  cwd: string,
  [script = '', ...args]: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const argv = [path.join(root, 'node_modules', script), ...args];
    const child = execFile(process.execPath, argv, { cwd }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const problems = await Promise.all([
  lintRefuses(),
  refuses('typecheck', 'types', ['typescript/bin/tsc', '--noEmit'], [/wrong-type\.ts\(3,3\): error TS2322/]),
  refuses(
    'unused',
    'unused',
    ['knip/bin/knip.js'],
    [/Unused files[^]*unused-file\.ts/, /Unused exports[^]*neverUsed/],
  ),
  refuses('format:check', 'format', ['@biomejs/biome/bin/biome', 'format', '.'], [/unformatted\.ts/]),
]);
for (const problem of problems.flat()) process.stderr.write(`${problem}\n`);
if (problems.flat().length > 0) process.exitCode = 1;
else process.stdout.write('Every check refuses what it must.\n');
