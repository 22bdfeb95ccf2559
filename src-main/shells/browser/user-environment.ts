/**
 * The user's environment without what provisions Flowdial: for programs that belong to the user (a browser needs
 * their display, session bus and proxies) and must not learn Flowdial's secrets.
 */
export function userEnvironment(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('FLOWDIAL_')));
}
