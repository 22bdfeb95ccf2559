import type { CustomScheme, Protocol } from 'electron';
import { onlyAfterReady, onlyBeforeReady } from './readiness.ts';
import { strict } from './strict.ts';

type Handler = Parameters<Protocol['handle']>[1];

const standardSchemes = new Set<string>();
const handlers = new Map<string, Handler>();

/** Electron's `protocol`. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure) standardSchemes.add(scheme);
    }
  },
  handle(scheme: string, handler: Handler) {
    onlyAfterReady('protocol.handle');
    if (handlers.has(scheme)) throw new Error(`The protocol ${scheme} has already been handled`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>);

/** Asks the handler that is registered for the address. Without one, or without privileges, the page cannot run. */
export async function answerPageRequest(url: string, method: string): Promise<Response> {
  const scheme = new URL(url).protocol.slice(0, -1);
  const handler = handlers.get(scheme);
  if (handler === undefined) throw new Error(`Nothing handles ${scheme}:`);
  if (!standardSchemes.has(scheme)) throw new Error(`${scheme}: has no origin and cannot hold the page`);
  return handler(new Request(url, { method }));
}
