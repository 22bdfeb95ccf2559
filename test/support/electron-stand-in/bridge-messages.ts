/** What the page's half and the process's half of the bridge say to each other, as JSON over a WebSocket. */

export type FromPage =
  | { readonly type: 'hello'; readonly isMainFrame: boolean }
  | { readonly type: 'ipc'; readonly channel: string }
  | { readonly type: 'port'; readonly port: number; readonly text: string }
  | { readonly type: 'port-closed'; readonly port: number };

export type ToPage =
  | { readonly type: 'ipc'; readonly channel: string; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly text: string }
  | { readonly type: 'port-closed'; readonly port: number }
  | { readonly type: 'reload' };
