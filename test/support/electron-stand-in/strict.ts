/** An object that has the members listed and throws at any other: nothing can rest on what is not thought of here. */
export function strict<T extends object>(name: string, members: T): T {
  const refuse = (key: string): never => {
    throw new Error(`The electron stand-in has no ${name}.${key}`);
  };
  return new Proxy(members, {
    // Symbols and `then` are asked for by Node and by `await`, not by our code.
    get: (target, key) =>
      typeof key === 'symbol' || key in target || key === 'then' ? Reflect.get(target, key) : refuse(key),
    set: (_target, key) => refuse(String(key)),
  });
}

/** Electron's listeners take what each event brings; main.ts is checked against Electron's own types. */
export type Listener = (...args: never[]) => void;

export interface Emits {
  on(event: string, listener: Listener): void;
  once(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
}

/** The emitter's outside (`on`, `once`), which throws at events not listed, and `emit` for the stand-in itself. */
export function emitter<E extends string>(name: string, events: readonly E[]) {
  const listeners = new Map<string, Listener[]>(events.map((event) => [event, []]));
  const of = (event: string) => {
    const known = listeners.get(event);
    if (known === undefined) throw new Error(`The electron stand-in's ${name} has no event ${event}`);
    return known;
  };
  const outside: Emits = {
    on: (event, listener) => void of(event).push(listener),
    off(event, listener) {
      const at = of(event).indexOf(listener);
      if (at >= 0) of(event).splice(at, 1);
    },
    once(event, listener) {
      const onlyOnce = (...args: never[]) => {
        of(event).splice(of(event).indexOf(onlyOnce), 1);
        listener(...args);
      };
      of(event).push(onlyOnce);
    },
  };
  const emit = (event: E, ...args: unknown[]) => {
    // A copy: a listener that is called once takes itself out.
    for (const listener of of(event).slice()) Reflect.apply(listener, null, args);
  };
  return { outside, emit };
}

/** An event that a listener may prevent. */
export function preventable<T extends object>(details: T) {
  let prevented = false;
  const event = strict('event', { ...details, preventDefault: () => void (prevented = true) });
  return { event, prevented: () => prevented };
}
