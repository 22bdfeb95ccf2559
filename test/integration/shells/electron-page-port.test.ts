import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os, type RouterClient } from '@orpc/server';
import type { WebContents } from 'electron';
import { expect, it, vi } from 'vitest';
import { connectPage } from '../../../src-main/shells/electron/page-port.ts';
import type { End } from '../../support/electron-stand-in/message-ports.ts';
import { createContents } from '../../support/electron-stand-in/web-contents.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron.ts'));

const page = 'app://flowdial';

/** A window's contents, connected to a router that counts who listens to its stream. */
function setUp(core?: Promise<unknown>) {
  let listening = 0;
  const counted = { now: () => listening };
  const router = {
    ping: os.handler(() => 'pong'),
    live: os.handler(async function* ({ signal }) {
      listening++;
      try {
        yield 'first';
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      } finally {
        listening--;
      }
    }),
  };
  const { contents, inside } = createContents();
  // The stand-in has not all that Electron has; what it has is checked against Electron's types where it is made.
  connectPage(
    contents as unknown as WebContents,
    Promise.resolve(core).then(() => ({ router })),
  );

  /** What a frame gets that says it is ready: a client, or null where it gets no port. */
  function ask(from: { origin: string; isMainFrame: boolean }) {
    const ends: End[] = [];
    inside.receive('flowdial-ready', { ...from, post: (_channel, posted) => ends.push(...posted) });
    return ends[0] === undefined ? null : clientOver(ends[0]);
  }
  return { inside, ask, counted };

  function clientOver(end: End) {
    const port = new EventTarget();
    const closed = new Promise((resolve) => port.addEventListener('close', resolve));
    end.receive((item) => {
      port.dispatchEvent(
        item.type === 'close' ? new Event('close') : new MessageEvent('message', { data: item.data }),
      );
    });
    const link = new RPCLink({
      port: {
        addEventListener: port.addEventListener.bind(port),
        postMessage: (data: unknown) => end.send({ type: 'message', data }),
      },
    });
    return { client: createORPCClient<RouterClient<typeof router>>(link), closed };
  }
}

const mainFrame = { origin: page, isMainFrame: true };

/** Listens to the stream until it is cut. */
async function listen(asked: ReturnType<ReturnType<typeof setUp>['ask']>) {
  const stream = await asked?.client.live();
  expect(await stream?.next()).toEqual({ done: false, value: 'first' });
}

it('answers the page over its port', async () => {
  expect(await setUp().ask(mainFrame)?.client.ping()).toBe('pong');
});

it('keeps what the page says before the core has started', async () => {
  const core = Promise.withResolvers<void>();
  const answer = setUp(core.promise).ask(mainFrame)?.client.ping();
  core.resolve();
  expect(await answer).toBe('pong');
});

it('closes the port where the core does not start', async () => {
  await setUp(Promise.reject(new Error('the disk is full'))).ask(mainFrame)?.closed;
});

it.each([
  ['another origin', { origin: 'https://evil.example', isMainFrame: true }],
  ['an origin that begins like ours', { origin: 'app://flowdial.evil.example', isMainFrame: true }],
  ['no origin', { origin: 'null', isMainFrame: true }],
  ['a frame within our page', { origin: page, isMainFrame: false }],
])('gives no port to %s, and leaves the page its own', async (_, frame) => {
  const { ask, counted } = setUp();
  const own = ask(mainFrame);
  await listen(own);
  expect(ask(frame)).toBeNull();
  expect(counted.now()).toBe(1);
  expect(await own?.client.ping()).toBe('pong');
});

it('gives no port to a frame that is gone', () => {
  expect(() => setUp().inside.receive('flowdial-ready', null)).not.toThrow();
});

it('keeps one listener, however often the page loads or asks again', async () => {
  const { ask, counted } = setUp();
  for (let load = 1; load <= 3; load++) {
    await listen(ask(mainFrame));
    await vi.waitFor(() => expect(counted.now()).toBe(1));
  }
});

it.each([
  ['navigates', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }],
  ['crashes', 'render-process-gone', {}],
  ['is closed', 'destroyed', {}],
] as const)('cuts every stream of a page that %s', async (_, event, details) => {
  const { ask, counted, inside } = setUp();
  const asked = ask(mainFrame);
  await listen(asked);
  inside.emit(event, details);
  await asked?.closed;
  await vi.waitFor(() => expect(counted.now()).toBe(0));
});

it.each([
  ['moves within its document', { isMainFrame: true, isSameDocument: true }],
  ['has a frame that navigates', { isMainFrame: false, isSameDocument: false }],
])('keeps the port of a page that %s', async (_, details) => {
  const { ask, inside } = setUp();
  const asked = ask(mainFrame);
  await listen(asked);
  inside.emit('did-start-navigation', details);
  expect(await asked?.client.ping()).toBe('pong');
});
