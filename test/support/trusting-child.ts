/**
 * A process of its own, because a process reads the system's certificates once: `trusting-child.ts URL [trust]` asks a
 * server over TLS, after it trusts the system's certificates or without, and prints what came.
 */
import { createTransport } from '../../src-main/exotel/transport.ts';
import { trustSystemCertificates } from '../../src-main/shells/system-certificates.ts';

const [origin = '', trust] = process.argv.slice(2);
const silent = () => undefined;
if (trust === 'trust') trustSystemCertificates({ info: silent, warn: silent, error: silent });

const transport = createTransport({ origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' });
process.stdout.write(JSON.stringify(await transport.get('/')));
await transport.close();
