import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type AfterPackContext, Arch, LinuxPackager } from 'electron-builder';
import { setReleaseFuses } from './lib/fuses.ts';

/**
 * Runs after the files of the app are put together, before they are signed: fails where a native of the target is
 * missing, and sets the fuses. npm installs the natives of the machine it runs on only, so a package for another
 * system would start without its keychain or its tunnel.
 */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { packager, appOutDir, electronPlatformName: platform } = context;
  const natives = path.join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked/node_modules');
  const target = `${platform}-${Arch[context.arch]}`;
  for (const folder of [
    `@napi-rs/keyring-${target}`,
    `@ngrok/ngrok-${target}`,
    `selection-hook/prebuilds/${target}/`,
  ]) {
    if (!holdsNative(natives, folder))
      throw new Error(`The native library of ${folder} is not in the package.`);
  }
  await setReleaseFuses(path.join(appOutDir, programName(packager, platform)));
}

/** A package's name may say more than the target: linux-x64-gnu, win32-x64-msvc. */
function holdsNative(natives: string, folder: string): boolean {
  return readdirSync(natives, { recursive: true, encoding: 'utf8' }).some(
    (file) => file.replaceAll('\\', '/').startsWith(folder) && file.endsWith('.node'),
  );
}

/** What electron-builder calls Electron's program in the package. */
function programName(packager: AfterPackContext['packager'], platform: string): string {
  if (packager instanceof LinuxPackager) return packager.executableName;
  return packager.appInfo.productFilename + (platform === 'darwin' ? '.app' : '.exe');
}
