import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/**
 * A certificate authority and a certificate for 127.0.0.1 that it signed, made fresh in memory: no key lies in the
 * repository, no tool need be installed. X.509 v3 by hand (RFC 5280), as much as a TLS client checks.
 */
export function makeCertificates(): { readonly ca: string; readonly cert: string; readonly key: string } {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ca = certificate({
    serial: 1,
    subject: 'Fake ngrok authority',
    publicKey: authority.publicKey,
    extension: sequence(oid(basicConstraints), boolean(true), octets(sequence(boolean(true)))),
    signedBy: authority.privateKey,
  });
  const cert = certificate({
    serial: 2,
    subject: 'Fake ngrok',
    publicKey: server.publicKey,
    extension: sequence(
      oid(subjectAltName),
      octets(
        sequence(
          der(0x82, Buffer.from('localhost')),
          der(0x82, Buffer.from('exotel.localhost')),
          der(0x87, Buffer.from([127, 0, 0, 1])),
        ),
      ),
    ),
    signedBy: authority.privateKey,
  });
  return { ca, cert, key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const basicConstraints = [0x55, 0x1d, 0x13];
const subjectAltName = [0x55, 0x1d, 0x11];
const commonName = [0x55, 0x04, 0x03];
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

function certificate(of: {
  readonly serial: number;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
  readonly signedBy: KeyObject;
}): string {
  const algorithm = sequence(oid(ecdsaWithSha256));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([of.serial])),
    algorithm,
    name('Fake ngrok authority'),
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name(of.subject),
    of.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(of.extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, of.signedBy));
  const base64 = sequence(signed, algorithm, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

/** Tag, length, content: the whole of DER. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
const octets = (content: Buffer) => der(0x04, content);
const oid = (bytes: readonly number[]) => der(0x06, Buffer.from(bytes));
const boolean = (value: boolean) => der(0x01, Buffer.from([value ? 0xff : 0]));
const utcTime = (text: string) => der(0x17, Buffer.from(text));
const name = (text: string) => sequence(der(0x31, sequence(oid(commonName), der(0x0c, Buffer.from(text)))));
