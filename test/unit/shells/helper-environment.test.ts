import { expect, it } from 'vitest';
import { helperEnvironment } from '../../../src-main/shells/helper-environment.ts';

it('hands a helper its folders and proxies, however they are written', () => {
  const environment = { Path: 'C:\\bin', SystemRoot: 'C:\\Windows', https_proxy: 'http://proxy:8080' };
  expect(helperEnvironment(environment)).toEqual(environment);
});

it('hands on no secret, and nothing that would change how the helper runs', () => {
  expect(
    helperEnvironment({
      FLOWDIAL_API_TOKEN: 'secret',
      FLOWDIAL_NGROK_AUTHTOKEN: 'secret',
      NGROK_AUTHTOKEN: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      NODE_OPTIONS: '--inspect',
      LD_PRELOAD: '/tmp/x.so',
      HOME: undefined,
      TZ: 'Asia/Kolkata',
    }),
  ).toEqual({ TZ: 'Asia/Kolkata' });
});
