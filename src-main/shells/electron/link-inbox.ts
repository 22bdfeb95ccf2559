/** Takes links as they come, also before the core is there to open them. */
export interface LinkInbox {
  put(link: string): void;
  /** Nothing waits to be opened. */
  isEmpty(): boolean;
  /** Opens what has come, and from now on each link as it comes. Each is opened once. */
  openWith(open: (link: string) => void): void;
}

export function createLinkInbox(): LinkInbox {
  const waiting: string[] = [];
  let open: ((link: string) => void) | null = null;
  return {
    put(link) {
      if (open === null) waiting.push(link);
      else open(link);
    },
    isEmpty: () => waiting.length === 0,
    openWith(to) {
      open = to;
      for (const link of waiting.splice(0)) to(link);
    },
  };
}
