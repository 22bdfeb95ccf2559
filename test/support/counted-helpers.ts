import type { Helper, Helpers } from '../../src-main/ports.ts';

/** Passes everything on to real helpers, and knows which of their processes run. */
export function countedHelpers(helpers: Helpers): Helpers & { readonly running: ReadonlySet<Helper> } {
  const running = new Set<Helper>();
  return {
    running,
    start(name, on) {
      const helper = helpers.start(name, {
        message: on.message,
        exit(reason) {
          running.delete(helper);
          on.exit(reason);
        },
      });
      running.add(helper);
      return helper;
    },
  };
}
