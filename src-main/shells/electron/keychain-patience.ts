/** A keychain that is not there so long after the desktop began will not come, s. */
const bootSeconds = 5 * 60;

/**
 * How long a keychain that is not there yet is waited for, ms: on Linux, where the desktop starts it beside everything
 * else that starts at login. Whoever starts the program later does not wait for one that this computer does not have.
 */
export function keychainPatience(start: {
  readonly platform: NodeJS.Platform;
  /** Of the computer, s. */
  readonly uptime: number;
  readonly atLogin: boolean;
}): number {
  if (start.platform !== 'linux') return 0;
  return start.atLogin || start.uptime < bootSeconds ? 20_000 : 0;
}
