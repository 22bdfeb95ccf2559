import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { makeDataDir } from '../../support/core-harness.ts';
import { makeCertificates } from '../../support/fake-ngrok/certificates.ts';

/*
 * Linux: the system's store is the file that SSL_CERT_FILE names. On Windows and macOS a test would have to put an
 * authority into the person's own keychain.
 */
const why = 'only Linux lets a test choose the system’s certificates';

async function askOfficeServer(trust: boolean): Promise<unknown> {
  const { ca, cert, key } = makeCertificates();
  const server = createServer({ cert, key }, (_, response) => response.end('reached')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const dir = makeDataDir();
  onTestFinished(() => dir.remove());
  const file = path.join(dir.dir, 'office-authority.pem');
  writeFileSync(file, ca);
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.
  const child = fileURLToPath(new URL('../../support/trusting-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [child, `https://127.0.0.1:${port}`, ...(trust ? ['trust'] : [])],
    { env: { PATH: process.env['PATH'], SSL_CERT_FILE: file } },
  );
  return JSON.parse(stdout);
}

it('an office’s own authority, which the system knows, is trusted', async (context) => {
  if (process.platform !== 'linux') context.skip(why);
  expect(await askOfficeServer(true)).toMatchObject({ kind: 'answered', status: 200, body: 'reached' });
});

it('without the system’s certificates the same server is not spoken to', async (context) => {
  if (process.platform !== 'linux') context.skip(why);
  expect(await askOfficeServer(false)).toMatchObject({ kind: 'failed', maybeSent: false });
});
