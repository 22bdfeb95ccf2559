/**
 * The two words that page, preload and core say to each other; everything else goes through the port. The page posts
 * `ready` to its own window once per load, and gets `port` back with a MessagePort (src-renderer/app/connection.ts).
 */
export const readyChannel = 'flowdial-ready';
export const portChannel = 'flowdial-port';
