import { expect, it } from 'vitest';
import { packagingArguments } from '../../../scripts/lib/packaging-arguments.ts';

const platforms = ['linux', 'darwin', 'win32'] as const;

it.each(platforms)('without an address nothing is said of updates on %s', (platform) => {
  expect(packagingArguments({}, platform)).toEqual({ args: [] });
  expect(packagingArguments({ FLOWDIAL_UPDATE_URL: ' ' }, platform)).toEqual({ args: [] });
});

it.each(platforms)('an update comes by https only on %s', (platform) => {
  for (const address of ['http://updates.example', 'updates.example', 'file:///updates']) {
    expect(packagingArguments({ FLOWDIAL_UPDATE_URL: address }, platform)).toEqual({
      problem: 'FLOWDIAL_UPDATE_URL must be an https address.',
    });
  }
});

it.each(['win32', 'darwin'] as const)('what looks for updates must be signed on %s', (platform) => {
  expect(packagingArguments({ FLOWDIAL_UPDATE_URL: 'https://updates.example/x' }, platform)).toEqual({
    args: [
      '-c.publish.provider=generic',
      '-c.publish.url=https://updates.example/x',
      '-c.forceCodeSigning=true',
    ],
  });
});
