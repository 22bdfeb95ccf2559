import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { whyUnsupported } from '../../../scripts/lib/electron-support.ts';

describe('security 16: the version of Electron', () => {
  it('is supported while it is one of the latest three', () => {
    for (const latest of ['45.4.1', '46.0.0', '47.9.9']) expect(whyUnsupported('45.4.1', latest)).toBeNull();
    expect(whyUnsupported('45.4.1', '48.0.0')).toMatch(/^Electron 45\.4\.1 gets no more security fixes/);
  });

  it('is named exactly: one version is tested, packaged and asked about', () => {
    const { devDependencies } = z
      .object({ devDependencies: z.object({ electron: z.string() }) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(whyUnsupported(devDependencies.electron, devDependencies.electron)).toBeNull();
    expect(() => whyUnsupported('^45.4.1', '46.0.0')).toThrow('no exact released version');
  });
});
