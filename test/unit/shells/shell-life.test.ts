import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { appId } from '../../../src-main/shells/electron/app-id.ts';
import { autostartFile } from '../../../src-main/shells/electron/autostart-file.ts';
import { afterCrash } from '../../../src-main/shells/electron/crash-limit.ts';
import { keychainPatience } from '../../../src-main/shells/electron/keychain-patience.ts';
import { createLinkInbox } from '../../../src-main/shells/electron/link-inbox.ts';
import {
  ownProgram,
  readProgramArguments,
  restartArguments,
} from '../../../src-main/shells/electron/program-arguments.ts';

describe('what crashed', () => {
  const limit = { times: 2, withinMs: 1000 };

  it('is tried again so many times within that time, and again after it', () => {
    const first = afterCrash([], 0, limit);
    const second = afterCrash(first.triedAt, 100, limit);
    const third = afterCrash(second.triedAt, 200, limit);
    expect([first.again, second.again, third.again]).toEqual([true, true, false]);
    expect(afterCrash(third.triedAt, 1050, limit).again).toBe(true);
  });

  it('is not held back by a time that is still to come: a clock was put back', () => {
    expect(afterCrash([5000, 6000], 100, limit)).toEqual({ again: true, triedAt: [100] });
  });
});

describe('the arguments', () => {
  const link = 'tel:+919845012345';

  it('of a plain start ask for nothing', () => {
    expect(readProgramArguments(['--data-dir', '/x'])).toEqual({
      background: false,
      crashedAt: null,
      links: [],
    });
  });

  it('of a restart tell when it crashed, and bring no link a second time', () => {
    const again = restartArguments(['--background', '--restarted-after-crash-at=5', '--', link], 1234);
    expect(again).toEqual(['--restarted-after-crash-at=1234', '--background', '--']);
    expect(readProgramArguments(again)).toEqual({ background: true, crashedAt: 1234, links: [] });
  });

  it.each(['', 'soon', '-5', '1e999', '0'])('that name no time (%s) tell of no crash', (text) => {
    expect(readProgramArguments([`--restarted-after-crash-at=${text}`]).crashedAt).toBeNull();
  });

  it('an AppImage is started by its file, and another’s variables are not believed', () => {
    const env = { APPIMAGE: '/home/a/Flowdial.AppImage', APPDIR: '/tmp/.mount_Flow1' };
    expect(ownProgram(env, '/tmp/.mount_Flow1/flowdial')).toBe(env.APPIMAGE);
    expect(ownProgram(env, '/opt/Flowdial/flowdial')).toBe('/opt/Flowdial/flowdial');
    expect(ownProgram({}, '/opt/Flowdial/flowdial')).toBe('/opt/Flowdial/flowdial');
  });
});

describe('the start at login on Linux', () => {
  it('lies where the desktop looks for it', () => {
    expect(autostartFile({}, '/home/a')).toBe('/home/a/.config/autostart/flowdial.desktop');
    expect(autostartFile({ XDG_CONFIG_HOME: '/cfg' }, '/home/a')).toBe('/cfg/autostart/flowdial.desktop');
    expect(autostartFile({ XDG_CONFIG_HOME: 'cfg' }, '/home/a')).toBe(
      '/home/a/.config/autostart/flowdial.desktop',
    );
  });
});

describe('a keychain that is not there yet', () => {
  const start = { platform: 'linux' as NodeJS.Platform, uptime: 86_400, atLogin: false };

  it('is waited for where the desktop just began, on Linux alone', () => {
    expect(keychainPatience({ ...start, atLogin: true })).toBe(20_000);
    expect(keychainPatience({ ...start, uptime: 40 })).toBe(20_000);
    expect(keychainPatience(start)).toBe(0);
    expect(keychainPatience({ ...start, platform: 'win32', atLogin: true })).toBe(0);
  });
});

describe('links', () => {
  it('wait until somebody opens them, and each is opened once, in order', () => {
    const inbox = createLinkInbox();
    inbox.put('one');
    inbox.put('two');
    expect(inbox.isEmpty()).toBe(false);
    const opened: string[] = [];
    inbox.openWith((link) => opened.push(link));
    inbox.put('three');
    expect(opened).toEqual(['one', 'two', 'three']);
    expect(inbox.isEmpty()).toBe(true);
  });
});

it('Windows knows the program by the id that its installer gives the shortcut', () => {
  const { appId: packaged }: { appId: string } = parse(readFileSync('electron-builder.yml', 'utf8'));
  expect(appId).toBe(packaged);
});
