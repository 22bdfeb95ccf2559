import type { MessagePortMain } from 'electron';
import { type Emits, emitter, strict } from './strict.ts';

type Item = { readonly type: 'message'; readonly data: unknown } | { readonly type: 'close' };

/** One end of a pipe. What arrives before somebody listens waits, the end of the other side too. */
export interface End {
  send(item: Item): void;
  receive(receiver: (item: Item) => void): void;
}

interface PortState {
  /** null: transferred, so that this object is no port any more. */
  end: End | null;
  closed: boolean;
}

type Port = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> & Emits;

const states = new WeakMap<object, PortState>();
let made = 0;
let open = 0;
let sentAfterClose = 0;

/** Channels made, ports of this process still open, and how often one was used after its end: streams that outlived it. */
export const portCounts = () => ({ made, open, sentAfterClose });

/** `new MessageChannelMain()`. */
export function createChannel(): { port1: Port; port2: Port } {
  made++;
  const [end1, end2] = createPipe();
  return { port1: createPort(end1), port2: createPort(end2) };
}

/** Takes a port's end to send it elsewhere; the port is neutered. Throws where it is one already, as Electron does. */
export function takeEnd(port: object, index: number): End {
  const state = states.get(port);
  if (!state?.end || state.closed) throw new Error(`Port at index ${index} is already neutered.`);
  const { end } = state;
  state.end = null;
  open--;
  return end;
}

function createPort(own: End): Port {
  const state: PortState = { end: own, closed: false };
  const { outside, emit } = emitter('MessagePortMain', ['message', 'close']);
  let started = false;
  open++;

  // Electron says `close` to the side that closes as well (shell/browser/api/message_port.cc, MessagePort::Close).
  function close(): void {
    if (state.closed || state.end === null) return;
    state.closed = true;
    open--;
    state.end.send({ type: 'close' });
    emit('close');
  }

  const port = strict('MessagePortMain', {
    ...outside,
    postMessage(message: unknown, transfer: readonly object[] = []) {
      if (transfer.length > 0) throw new Error('The electron stand-in sends no port through a port');
      if (state.closed) sentAfterClose++;
      if (!state.closed) state.end?.send({ type: 'message', data: structuredClone(message) });
    },
    start() {
      if (started) return;
      started = true;
      state.end?.receive((item) => {
        if (item.type === 'close') close();
        else if (!state.closed) emit('message', { data: item.data, ports: [] });
      });
    },
    close,
  } satisfies Port);
  states.set(port, state);
  return port;
}

function createPipe(): [End, End] {
  const sides = [createSide(), createSide()] as const;
  const end = (own: Side, other: Side): End => ({
    send: (item) => void setImmediate(other.take, item),
    receive: (receiver) => own.receive(receiver),
  });
  return [end(sides[0], sides[1]), end(sides[1], sides[0])];
}

type Side = ReturnType<typeof createSide>;

function createSide() {
  let receiver: ((item: Item) => void) | null = null;
  const waiting: Item[] = [];
  return {
    take: (item: Item) => void (receiver === null ? waiting.push(item) : receiver(item)),
    receive(to: (item: Item) => void) {
      receiver = to;
      for (const item of waiting.splice(0)) setImmediate(to, item);
    },
  };
}
