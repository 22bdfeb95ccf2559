import type { Helpers } from '../../src-main/ports.ts';
import { type NgrokServer, startMessageSchema } from '../../src-main/tunnel/ngrok-messages.ts';

/** Real helpers, which go to this ingress instead of ngrok's own. */
export function helpersTo(server: NgrokServer, helpers: Helpers): Helpers {
  return {
    start(name, on) {
      const helper = helpers.start(name, on);
      return {
        send: (message) => helper.send({ ...startMessageSchema.parse(message), server }),
        kill: () => helper.kill(),
      };
    },
  };
}
