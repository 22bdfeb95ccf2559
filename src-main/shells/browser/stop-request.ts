import type { Clock } from '../../ports.ts';
import { type Starter, watchStarter } from './starter-watch.ts';

/**
 * Resolves when the program is asked to end: by SIGTERM or SIGINT, and, unless it was told to `detach`, when its
 * terminal closes or whoever started it is gone. A second SIGTERM or SIGINT ends it at once, as Node does.
 */
export function stopRequest(options: {
  readonly detach: boolean;
  readonly starter: Starter;
  readonly clock: Clock;
}): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (options.detach) {
      // Without a listener, the end of the terminal would be the program's.
      process.on('SIGHUP', () => {});
    } else {
      process.once('SIGHUP', resolve);
      watchStarter(options.starter, options.clock, resolve);
    }
  });
}
