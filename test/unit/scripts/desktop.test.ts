import { expect, it } from 'vitest';
import { whyNoWindow } from '../../../scripts/lib/desktop.ts';

it.each([
  ['an X display', { DISPLAY: ':0' }],
  ['a Wayland display', { WAYLAND_DISPLAY: 'wayland-0' }],
])('with %s a window can open on Linux', (_, env) => {
  expect(whyNoWindow('linux', env, 1000)).toBeNull();
});

it('without a display none can', () => {
  expect(whyNoWindow('linux', {}, 1000)).toMatch(/no display/);
  expect(whyNoWindow('linux', { DISPLAY: '' }, 1000)).toMatch(/no display/);
});

it('root gets none: the sandbox refuses', () => {
  expect(whyNoWindow('linux', { DISPLAY: ':0' }, 0)).toMatch(/root/);
});

it('macOS and Windows always have one', () => {
  expect(whyNoWindow('darwin', {}, 501)).toBeNull();
  expect(whyNoWindow('win32', {}, undefined)).toBeNull();
});
