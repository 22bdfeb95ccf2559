/**
 * A link that another program opens comes in a window of its own, and a window has a session only where Flowdial
 * itself opened it. Such a window gets none: it hands its link to one that has, and that one fills the dial card.
 */
const channelName = 'flowdial-links';

/** How long a window with a session has to answer, ms. */
const answerWithinMs = 1500;

type Message = { readonly kind: 'link' | 'taken'; readonly link: string };

/** Pages of this origin are ours, but may be of another version. */
function read(data: unknown): Message | null {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('link' in data)) return null;
  const { kind, link } = data;
  if ((kind !== 'link' && kind !== 'taken') || typeof link !== 'string') return null;
  return { kind, link };
}

/** Hands a link over. False: no window of Flowdial took it. */
export function handOver(link: string): Promise<boolean> {
  const channel = new BroadcastChannel(channelName);
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), answerWithinMs);
    channel.addEventListener('message', ({ data }) => {
      const message = read(data);
      if (message?.kind !== 'taken' || message.link !== link) return;
      clearTimeout(timer);
      resolve(true);
    });
    channel.postMessage({ kind: 'link', link } satisfies Message);
  }).finally(() => channel.close());
}

/** Opens what other windows hand over; the function returned ends that. Many windows may: the core takes a link once. */
export function takeHandedOver(open: (link: string) => Promise<unknown>): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => {
    const message = read(data);
    if (message?.kind !== 'link') return;
    void open(message.link).then(
      () => channel.postMessage({ kind: 'taken', link: message.link } satisfies Message),
      () => undefined,
    );
  });
  return () => channel.close();
}
