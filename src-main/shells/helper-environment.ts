import type { HelperName } from '../ports.ts';

/** What every helper needs of our environment: its system's folders, and the way out through an office's proxy. */
const allowed: readonly string[] = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'WINDIR',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/**
 * What one helper needs beside. `selection` speaks to the display; its library also reads where another build of its
 * native part lies (SELECTION_HOOK_PREBUILD), which would be a way to run foreign code as ours: not that.
 */
const allowedBeside: Readonly<Record<HelperName, readonly string[]>> = {
  ngrok: [],
  selection: [
    'DISPLAY',
    'XAUTHORITY',
    'WAYLAND_DISPLAY',
    'XDG_RUNTIME_DIR',
    'XDG_CURRENT_DESKTOP',
    'HYPRLAND_INSTANCE_SIGNATURE',
    'SWAYSOCK',
    'GDK_SCALE',
  ],
};

/** The environment that a helper gets: an allow-list, so that no secret of ours or of others is handed on. */
export function helperEnvironment(
  name: HelperName,
  environment: Readonly<NodeJS.ProcessEnv>,
): Record<string, string> {
  const names = new Set([...allowed, ...allowedBeside[name]]);
  const entries = Object.entries(environment).filter(
    // Windows writes Path and SystemRoot, Unix tools write http_proxy.
    (entry): entry is [string, string] => entry[1] !== undefined && names.has(entry[0].toUpperCase()),
  );
  return Object.fromEntries(entries);
}
