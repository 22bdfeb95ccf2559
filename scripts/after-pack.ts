import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';

/**
 * Runs after the files of the app are put together, before they are signed: fails where a native of the target is
 * missing. npm installs those of the machine it runs on only, so a package for another system would start without its
 * keychain, its tunnel or its hotkey.
 */
export default function afterPack(context: AfterPackContext): void {
  const natives = path.join(
    context.packager.getResourcesDir(context.appOutDir),
    'app.asar.unpacked/node_modules',
  );
  for (const name of ['@napi-rs/keyring-', '@ngrok/ngrok-', 'selection-hook/prebuilds/']) {
    const target = `${name}${context.electronPlatformName}-${Arch[context.arch]}`;
    if (!holdsNative(natives, target))
      throw new Error(`The native library of ${target} is not in the package.`);
  }
}

/** A package's name may say more than the target: linux-x64-gnu, win32-x64-msvc. */
function holdsNative(folder: string, target: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (file) => file.replaceAll('\\', '/').startsWith(target) && file.endsWith('.node'),
  );
}
