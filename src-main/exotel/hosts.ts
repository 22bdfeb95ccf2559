import { assertNever } from '../../src-shared/errors.ts';
import { isLegacyHost, knownHosts, type Settings } from '../../src-shared/settings.ts';

/** Where requests go: Exotel's own hosts speak https; a host of one's own brings its scheme. */
export function originOf(host: string): string {
  return knownHosts.some((known) => known === host) ? `https://${host}` : host;
}

/** What a flow's Url is made of; the settings of the same names. */
export interface FlowSource {
  readonly host: string;
  readonly accountSid: string;
  readonly appId: string;
  readonly form: Settings['flowUrlForm'];
  readonly own: string;
}

/**
 * The `Url` of Calls/connect: the legacy host's form (seed) or today's (exotel-api.md, "Connect a customer to a
 * flow"). Null while a part of it is not set. Both are http by Exotel's own writing: they name a flow, and only
 * Exotel asks for them.
 */
export function flowUrl({ host, accountSid, appId, form, own }: FlowSource): string | null {
  switch (form) {
    case 'own':
      return own === '' ? null : own;
    case 'by-host': {
      const legacy = isLegacyHost(host.replace(/^https?:\/\//, ''));
      return flowUrl({ host, accountSid, appId, form: legacy ? 'legacy' : 'today', own });
    }
    case 'legacy':
      return appId === '' ? null : `http://my.exotel.in/exoml/start/${encodeURIComponent(appId)}`;
    case 'today':
      return appId === '' || accountSid === ''
        ? null
        : `http://my.exotel.com/${encodeURIComponent(accountSid)}/exoml/start_voice/${encodeURIComponent(appId)}`;
    default:
      return assertNever(form);
  }
}
