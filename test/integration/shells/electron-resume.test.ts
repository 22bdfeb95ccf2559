import { expect, it, vi } from 'vitest';
import { onResume } from '../../../src-main/shells/electron/resume.ts';
import { power } from '../../support/electron-stand-in/desk.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron.ts'));

it('tells each time the system wakes, until it is ended', () => {
  let woken = 0;
  const end = onResume(() => void woken++);
  power.emit('resume');
  power.emit('resume');
  expect(woken).toBe(2);
  end();
  power.emit('resume');
  expect(woken).toBe(2);
});
