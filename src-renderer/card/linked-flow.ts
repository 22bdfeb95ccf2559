import type { Flow } from '../../src-shared/flow.ts';

/** The flow that a link names by its id, key or name; undefined: none is called so. */
export function linkedFlow(named: string, flows: readonly Flow[]): Flow | undefined {
  const wanted = named.trim().toLowerCase();
  return (
    flows.find(({ id }) => id === named) ??
    flows.find(({ name }) => name.trim().toLowerCase() === wanted) ??
    flows.find(({ key }) => key !== null && String(key) === wanted)
  );
}
