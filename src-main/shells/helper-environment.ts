/** What a helper needs of our environment: its system's folders, and the way out through an office's proxy. */
const allowed = new Set([
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'WINDIR',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'TZ',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
]);

/** The environment that a helper gets: an allow-list, so that no secret of ours or of others is handed on. */
export function helperEnvironment(environment: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const entries = Object.entries(environment).filter(
    // Windows writes Path and SystemRoot, Unix tools write http_proxy.
    (entry): entry is [string, string] => entry[1] !== undefined && allowed.has(entry[0].toUpperCase()),
  );
  return Object.fromEntries(entries);
}
