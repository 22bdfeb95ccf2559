import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileLoginItem } from '../../../src-main/shells/electron/autostart-file.ts';

it('the file quotes what a path may hold, as the specification says', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-autostart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'deep/flowdial.desktop');
  fileLoginItem(file, ['/opt/My "Apps"/100% $HOME/a\\b', '--background']).set(true);
  const entry = String.raw`Exec="/opt/My \\"Apps\\"/100%% \\$HOME/a\\\\b" "--background"`;
  expect(readFileSync(file, 'utf8').split('\n')).toContain(entry);
});
