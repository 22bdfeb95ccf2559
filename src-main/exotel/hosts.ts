import { isLegacyHost, knownHosts, type Settings } from '../../src-shared/settings.ts';

/** Where requests go: Exotel's own hosts speak https; a host of one's own brings its scheme. */
export function originOf(host: string): string {
  return knownHosts.some((known) => known === host) ? `https://${host}` : host;
}

/** What a flow's Url is made of: the settings and the flow's fields of the same names. */
export interface FlowSource {
  readonly host: string;
  readonly accountSid: string;
  readonly form: Settings['flowUrlForm'];
  readonly appId: string;
  /** Goes first. */
  readonly url: string;
}

/**
 * The `Url` of Calls/connect: the legacy host's form (seed) or today's (exotel-api.md, "Connect a customer to a
 * flow"). Null while a part of it is not set. Both are http by Exotel's own writing: they name a flow, and only
 * Exotel asks for them.
 */
export function flowUrl({ host, accountSid, form, appId, url }: FlowSource): string | null {
  if (url !== '') return url;
  if (appId === '') return null;
  const isLegacy =
    form === 'legacy' || (form === 'by-host' && isLegacyHost(host.replace(/^https?:\/\//, '')));
  if (isLegacy) return `http://my.exotel.in/exoml/start/${encodeURIComponent(appId)}`;
  if (accountSid === '') return null;
  return `http://my.exotel.com/${encodeURIComponent(accountSid)}/exoml/start_voice/${encodeURIComponent(appId)}`;
}
