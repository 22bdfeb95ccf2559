import { readNgrokError } from './ngrok-fault.ts';
import { type HelperMessage, type StartMessage, startMessageSchema } from './ngrok-messages.ts';

/**
 * A process of its own for ngrok's SDK: a connect that hangs there cannot be ended and blocks every later one, so the
 * supervisor ends the process instead (toolchain.md B2). Runs under `child_process.fork` and under Electron's
 * `utilityProcess`.
 */

/** Electron's `process.parentPort`, as far as it is used. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: HelperMessage): void;
}

// Cast: Electron adds parentPort to a utility process; its types are not to be had outside shells/electron.
const { parentPort } = process as { parentPort?: ParentPort };

function send(message: HelperMessage): void {
  if (parentPort === undefined) process.send?.(message);
  else parentPort.postMessage(message);
}

async function open(start: StartMessage): Promise<void> {
  let opened = false;
  try {
    const ngrok = await import('@ngrok/ngrok');
    send({ type: 'connecting' });
    const listener = await ngrok.forward({
      addr: `127.0.0.1:${start.targetPort}`,
      authtoken: start.authtoken,
      // What ngrok's dashboard shows; by default the SDK sends this computer's name and our path on its disk.
      forwards_to: 'Flowdial',
      ...(start.domain === '' ? {} : { domain: start.domain }),
      ...(start.server === null
        ? {}
        : { server_addr: start.server.address, session_ca_cert: start.server.caCert }),
      onStatusChange: (status) => {
        // Before the address is there it says "connected" before the token was looked at, and "closed" twice.
        if (opened) send({ type: 'session', connected: status === 'connected' });
      },
    });
    opened = true;
    send({ type: 'open', publicUrl: listener.url() ?? '' });
  } catch (error) {
    send({ type: 'failed', fault: readNgrokError(error, start) });
  }
}

function receive(message: unknown): void {
  void open(startMessageSchema.parse(message));
}

if (parentPort === undefined) {
  process.on('message', receive);
  // The program is gone without a word: nobody will end this process.
  process.on('disconnect', () => process.exit());
} else {
  parentPort.on('message', (event) => receive(event.data));
}
