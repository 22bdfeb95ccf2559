import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from '../../../src-main/shells/browser/arguments.ts';
import { defaultDataFolder } from '../../../src-main/shells/browser/data-folder.ts';

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parseArguments([])).toEqual({ open: true, dataDir: null, port: 0, detach: false });
  });

  it('takes every flag, in both spellings of a value', () => {
    const all = ['--browser', '--no-open', '--data-dir', '/tmp/x y', '--port=8123', '--detach'];
    expect(parseArguments(all)).toEqual({ open: false, dataDir: '/tmp/x y', port: 8123, detach: true });
  });

  it.each([
    [['--colour']],
    [['--port']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '0x50']],
    [['--port', '']],
    [['--data-dir', '']],
    [['--data-dir', '--no-open']],
    [['--no-open=yes']],
    [['a-file']],
  ])('refuses %j in one sentence', (argv) => {
    const refusal = (() => {
      try {
        parseArguments(argv);
      } catch (error) {
        return error;
      }
      return null;
    })();
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String((refusal as UsageError).message)).toMatch(/^[^\n]+[^.\n]\.$/);
  });

  it('names what it did not understand', () => {
    expect(() => parseArguments(['--colour'])).toThrow(/'--colour'.*known are --browser/);
    expect(() => parseArguments(['--port', '99999'])).toThrow(/"99999"/);
  });
});

describe('the default data folder is the one Electron uses', () => {
  it('on Linux', () => {
    expect(defaultDataFolder('linux', {}, '/home/asha')).toBe('/home/asha/.config/Flowdial');
    expect(defaultDataFolder('linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/asha')).toBe('/cfg/Flowdial');
    expect(defaultDataFolder('linux', { XDG_CONFIG_HOME: '' }, '/home/asha')).toBe(
      '/home/asha/.config/Flowdial',
    );
  });

  it('on macOS', () => {
    expect(defaultDataFolder('darwin', {}, '/Users/asha')).toBe(
      '/Users/asha/Library/Application Support/Flowdial',
    );
  });

  it('on Windows', () => {
    const home = 'C:\\Users\\asha';
    expect(defaultDataFolder('win32', { APPDATA: 'D:\\Roaming' }, home)).toBe('D:\\Roaming\\Flowdial');
    expect(defaultDataFolder('win32', {}, home)).toBe('C:\\Users\\asha\\AppData\\Roaming\\Flowdial');
  });
});
