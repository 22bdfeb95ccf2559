/** Why no window of Electron's can open here, as a clause; null: it can. */
export function whyNoWindow(
  platform: NodeJS.Platform,
  env: Readonly<NodeJS.ProcessEnv>,
  /** Of the user; undefined on Windows. */
  uid: number | undefined,
): string | null {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  }
  // Chromium's sandbox, which we never turn off, refuses it.
  return uid === 0 ? 'it does not run as root' : null;
}
