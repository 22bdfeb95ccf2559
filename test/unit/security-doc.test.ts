import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseFuses } from '../../scripts/lib/fuses.ts';

const doc = readFileSync('docs/security.md', 'utf8');

/** Each row of the two tables: its number, and what its last column names. */
const rows = [...doc.matchAll(/^\| (\d+) \| .+ \| (.+) \|$/gm)].map(([, number = '', proofs = '']) => ({
  number: Number(number),
  proofs: proofs.split('<br>').map((proof) => {
    const [, rule, file, target, title] =
      /^(rule: )?\[(.+?)\]\(\.\.\/(.+?)\)(?:: \*(.+)\*)?$/.exec(proof) ?? [];
    return { proof, isRule: rule !== undefined, file: file ?? '', target, title };
  }),
}));

describe('docs/security.md', () => {
  it("has Electron's twenty and ours, each number once", () => {
    expect(rows.length).toBeGreaterThanOrEqual(29);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  });

  it.each(rows)('$number names tests and rules that exist', ({ number, proofs }) => {
    for (const { proof, isRule, file, target, title } of proofs) {
      expect([proof, target, existsSync(file)]).toEqual([proof, file, true]);
      const text = readFileSync(file, 'utf8');
      if (isRule) {
        expect([proof, text]).toEqual([
          proof,
          expect.stringMatching(/^\/\/ Refused by [\w/-]+: security \d+,/),
        ]);
        expect(text).toContain(`security ${number},`);
      } else {
        expect(title).toMatch(/^security \d+: /);
        const isThere = [`'${title}'`, `"${title}"`].some((quoted) => text.includes(quoted));
        expect([proof, isThere]).toEqual([proof, true]);
      }
    }
    // At least one of them is found by the number.
    expect(proofs.some(({ isRule, title }) => isRule || title?.startsWith(`security ${number}: `))).toBe(
      true,
    );
  });

  it('tells each fuse as it is set', () => {
    const told = [...doc.matchAll(/^\| (\w+) \| (on|off) \|/gm)].map(([, fuse, state]) => [fuse, state]);
    expect(told).toEqual(Object.entries(releaseFuses).map(([fuse, on]) => [fuse, on ? 'on' : 'off']));
  });

  it.each(['web page', 'link', 'callback'])('has a hostile %s in its threat model', (who) => {
    expect(doc).toContain(`**A hostile ${who}**`);
  });

  it.each(['Malware without privilege', 'A lost laptop'])('has in its threat model: %s', (who) => {
    expect(doc).toContain(`**${who}**`);
  });
});
