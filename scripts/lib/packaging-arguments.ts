/** What the environment asks of a package: arguments for electron-builder, or one sentence on what is wrong with it. */
export type PackagingArguments = { readonly args: readonly string[] } | { readonly problem: string };

/**
 * Reads where updates come from. Without an address the program never looks for any. With one, it takes an update only
 * if the system finds it signed as the program itself is: so on Windows and macOS a package that cannot be signed is
 * not made then.
 */
export function packagingArguments(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): PackagingArguments {
  const address = env['FLOWDIAL_UPDATE_URL']?.trim() ?? '';
  if (address === '') return { args: [] };
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:') {
    return { problem: 'FLOWDIAL_UPDATE_URL must be an https address.' };
  }
  const signed = platform === 'win32' || platform === 'darwin' ? ['-c.forceCodeSigning=true'] : [];
  return { args: ['-c.publish.provider=generic', `-c.publish.url=${url.href}`, ...signed] };
}
