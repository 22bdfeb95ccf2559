import type { Proxy } from '../../ports.ts';

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name, as curl and npm read them: in either case, the lower one
 * first; NO_PROXY a list of `host`, `.domain`, `host:port`, or `*`. A value that is no http(s) address counts as none.
 */
export function environmentProxy(env: Readonly<NodeJS.ProcessEnv>): Proxy {
  const read = (name: string) => (env[name.toLowerCase()] ?? env[name] ?? '').trim();
  const proxies: Readonly<Record<string, string | null>> = {
    'https:': proxyAddress(read('HTTPS_PROXY')),
    'http:': proxyAddress(read('HTTP_PROXY')),
  };
  const exceptions = read('NO_PROXY')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');

  return {
    async forUrl(url) {
      const { protocol, hostname, port } = new URL(url);
      const authority = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
      if (exceptions.some((entry) => excepts(entry, hostname, authority))) return null;
      return proxies[protocol] ?? null;
    },
  };
}

/** `proxy:3128` is written too, and means http. */
function proxyAddress(text: string): string | null {
  if (text === '') return null;
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** A domain excepts itself and what lies below it, with or without a dot before it. */
function excepts(entry: string, hostname: string, authority: string): boolean {
  if (entry === '*') return true;
  const name = entry.replace(/^\*?\./, '');
  const of = name.includes(':') ? authority : hostname;
  return of === name || of.endsWith(`.${name}`);
}
