import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LoginItem } from '../../ports.ts';

/** Where Linux desktops look for what starts at login. */
export function autostartFile(env: NodeJS.ProcessEnv, home: string): string {
  const config = env['XDG_CONFIG_HOME'] ?? '';
  // The specification has relative ones ignored.
  return path.join(
    path.isAbsolute(config) ? config : path.join(home, '.config'),
    'autostart/flowdial.desktop',
  );
}

/** A start at login by a file of the desktop's own kind (freedesktop.org, Autostart). */
export function fileLoginItem(file: string, command: readonly string[]): LoginItem {
  return {
    starts: () => existsSync(file),
    set(starts) {
      if (!starts) return rmSync(file, { force: true });
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, autostartEntry(command));
    },
  };
}

function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Flowdial',
    `Exec=${command.map(quote).join(' ')}`,
    'Terminal=false',
    '',
  ].join('\n');
}

/** As the Desktop Entry Specification quotes: for the value first, then for the text of the file. */
function quote(argument: string): string {
  const quoted = `"${argument.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  return quoted.replaceAll('\\', '\\\\');
}
