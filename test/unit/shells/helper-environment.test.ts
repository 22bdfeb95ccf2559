import { expect, it } from 'vitest';
import { helperEnvironment } from '../../../src-main/shells/helper-environment.ts';

it('hands a helper its folders and proxies, however they are written', () => {
  const environment = { Path: 'C:\\bin', SystemRoot: 'C:\\Windows', https_proxy: 'http://proxy:8080' };
  expect(helperEnvironment('ngrok', environment)).toEqual(environment);
});

it('hands on no secret, and nothing that would change how the helper runs', () => {
  expect(
    helperEnvironment('selection', {
      FLOWDIAL_API_TOKEN: 'secret',
      FLOWDIAL_NGROK_AUTHTOKEN: 'secret',
      NGROK_AUTHTOKEN: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      NODE_OPTIONS: '--inspect',
      LD_PRELOAD: '/tmp/x.so',
      SELECTION_HOOK_PREBUILD: '/tmp/x',
      HOME: undefined,
      TZ: 'Asia/Kolkata',
    }),
  ).toEqual({ TZ: 'Asia/Kolkata' });
});

it('hands the way to the display only to the helper that reads the selection', () => {
  const environment = { DISPLAY: ':1', XAUTHORITY: '/home/asha/.Xauthority', WAYLAND_DISPLAY: 'wayland-0' };
  expect(helperEnvironment('selection', environment)).toEqual(environment);
  expect(helperEnvironment('ngrok', environment)).toEqual({});
});
