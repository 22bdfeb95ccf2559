import type { Helper, Helpers } from '../../src-main/ports.ts';

/** Passes everything on to real helpers, and knows which of their processes run, and how many messages came of them. */
export function countedHelpers(
  helpers: Helpers,
): Helpers & { readonly running: ReadonlySet<Helper>; readonly messages: number } {
  const running = new Set<Helper>();
  let messages = 0;
  return {
    running,
    get messages() {
      return messages;
    },
    start(name, on) {
      const helper = helpers.start(name, {
        message(message) {
          on.message(message);
          messages++;
        },
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
