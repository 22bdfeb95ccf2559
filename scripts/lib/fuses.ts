import {
  type FuseConfig,
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';

/** What each of Electron's switches is set to in a release; docs/security.md says why. */
export const releaseFuses = {
  /** `ELECTRON_RUN_AS_NODE` would make of the signed program a Node for anybody's script. */
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const satisfies Record<keyof typeof FuseV1Options, boolean>;

type Fuse = keyof typeof releaseFuses;
const fuses = Object.keys(releaseFuses) as readonly Fuse[];

/**
 * Sets every fuse of a packaged program and reads them back. Throws where Electron has a fuse that is not named here,
 * and where one does not read as it was set. `electron` is the program's file, or on macOS its `.app` folder.
 */
export async function setReleaseFuses(electron: string): Promise<void> {
  const wanted: FuseConfig = {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // An Apple chip starts nothing whose signature is broken; the release's own signature comes after this.
    resetAdHocDarwinSignature: true,
    [FuseV1Options.RunAsNode]: releaseFuses.RunAsNode,
    [FuseV1Options.EnableCookieEncryption]: releaseFuses.EnableCookieEncryption,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: releaseFuses.EnableNodeOptionsEnvironmentVariable,
    [FuseV1Options.EnableNodeCliInspectArguments]: releaseFuses.EnableNodeCliInspectArguments,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: releaseFuses.EnableEmbeddedAsarIntegrityValidation,
    [FuseV1Options.OnlyLoadAppFromAsar]: releaseFuses.OnlyLoadAppFromAsar,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: releaseFuses.LoadBrowserProcessSpecificV8Snapshot,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: releaseFuses.GrantFileProtocolExtraPrivileges,
    [FuseV1Options.WasmTrapHandlers]: releaseFuses.WasmTrapHandlers,
  };
  await flipFuses(electron, wanted);
  const read = await readFuses(electron);
  const wrong = fuses.filter((fuse) => read[fuse] !== (releaseFuses[fuse] ? 'on' : 'off'));
  if (wrong.length > 0) throw new Error(`These fuses are not as they were set: ${wrong.join(', ')}.`);
}

/** The fuses of a program as they are in its file. `gone`: this Electron has no such fuse any more, or not yet. */
export async function readFuses(electron: string): Promise<Record<Fuse, 'on' | 'off' | 'gone'>> {
  const wire = await getCurrentFuseWire(electron);
  const read = (fuse: Fuse) => {
    if (wire[FuseV1Options[fuse]] === FuseState.ENABLE) return 'on';
    return wire[FuseV1Options[fuse]] === FuseState.DISABLE ? 'off' : 'gone';
  };
  return Object.fromEntries(fuses.map((fuse) => [fuse, read(fuse)])) as Record<Fuse, ReturnType<typeof read>>;
}
