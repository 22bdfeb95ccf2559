import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { appRouter } from './app.ts';
import { callsRouter } from './calls.ts';
import { contactsRouter, doNotCallRouter } from './contacts.ts';
import { desktopRouter } from './desktop.ts';
import { flowsRouter } from './flows.ts';
import type { RouterParts } from './parts.ts';
import { practiceRouter } from './practice.ts';
import { repRouter } from './rep.ts';
import { accountRouter, settingsRouter } from './settings.ts';
import { storageRouter } from './storage.ts';

/** The contract, implemented: what a shell serves to its windows. */
export function createRouter(parts: RouterParts) {
  return implement(contract).router({
    app: appRouter(parts),
    account: accountRouter(parts),
    calls: callsRouter(parts),
    contacts: contactsRouter(parts),
    doNotCall: doNotCallRouter(parts),
    desktop: desktopRouter(parts),
    flows: flowsRouter(parts),
    practice: practiceRouter(parts),
    rep: repRouter(parts),
    settings: settingsRouter(parts),
    storage: storageRouter(parts),
  });
}

export type Router = ReturnType<typeof createRouter>;
