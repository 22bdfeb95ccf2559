import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Log } from '../ports.ts';

/**
 * Trusts what this computer trusts, beside the authorities that come with Node: many offices read TLS on its way out
 * and sign it with an authority of their own, which their computers know. For every connection of this thread made
 * from now on.
 */
export function trustSystemCertificates(log: Log): void {
  try {
    setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system')]);
  } catch (error) {
    log.warn('the system’s certificates cannot be used', { error: String(error) });
  }
}
