import { networkInterfaces, uptime } from 'node:os';
import { app } from 'electron';
import { type Core, createCore } from '../../core.ts';
import { openVault } from '../../credentials/open-vault.ts';
import { profileId } from '../../credentials/profile-id.ts';
import type { Clock, Log, SettingsFile, Windows } from '../../ports.ts';
import type { Provisioning } from '../../provisioning.ts';
import { trustSystemCertificates } from '../system-certificates.ts';
import { watchWake } from '../watch-wake.ts';
import { createDesktop } from './desktop.ts';
import { createHelpers } from './helpers.ts';
import { keychainPatience } from './keychain-patience.ts';
import { opener } from './opener.ts';
import { onResume } from './resume.ts';
import { sessionProxy } from './session-proxy.ts';
import { startUpdates } from './updates.ts';

/** Starts the core on what Electron and this computer give. */
export async function startCore(parts: {
  readonly dataDir: string;
  readonly provisioned: Provisioning;
  readonly log: Log;
  readonly clock: Clock;
  readonly settingsFile: SettingsFile;
  readonly windows: Windows;
  readonly atLogin: boolean;
  /** Nothing is to hold the program up from now on. */
  readonly leaving: () => void;
}): Promise<Core> {
  const { dataDir, log, clock, windows } = parts;
  const { platform } = process;
  trustSystemCertificates(log);
  const helpers = createHelpers(log);
  const desktop = createDesktop({ windows, helpers, clock, log });
  const patienceMs = keychainPatience({ platform, uptime: uptime(), atLogin: parts.atLogin });
  const core = await createCore(
    {
      shell: 'electron',
      clock,
      vault: await openVault({ profile: profileId(dataDir), patienceMs }),
      settingsFile: parts.settingsFile,
      opener,
      helpers,
      proxy: sessionProxy,
      wake: watchWake({ clock, interfaces: networkInterfaces, onResume }),
      desktop,
      log,
    },
    { dataDir, version: app.getVersion(), platform, provisioning: parts.provisioned },
  );
  // The first press is to wait no longer than the next.
  desktop.selection.prepare();
  app.on('will-quit', () => desktop.selection.stop());
  if (app.isPackaged && desktop.linkOwner.owns('flowdial') === false) desktop.linkOwner.claim('flowdial');
  startUpdates({ router: core.router, clock, log, leaving: parts.leaving });
  return core;
}
