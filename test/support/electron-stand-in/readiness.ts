/** What Electron refuses before, or after, the app is ready. */
const { promise, resolve } = Promise.withResolvers<void>();
let ready = false;

export const whenReady = () => promise;
export const isReady = () => ready;

/**
 * Electron becomes ready only once the entry module has been evaluated, top-level awaits included: a module that
 * awaits readiness at its top level may wait for ever.
 */
export function becomeReady(): void {
  ready = true;
  resolve();
}

export function onlyBeforeReady(call: string): void {
  if (ready) throw new Error(`${call} can only be called before app is ready`);
}

export function onlyAfterReady(call: string): void {
  if (!ready) throw new Error(`${call} cannot be used before app is ready`);
}
