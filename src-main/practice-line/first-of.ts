/** Something that will happen once: it tells `happen`, unless the function returned calls it off before. */
export type Coming<What> = (happen: (what: What) => void) => () => void;

/** The first of these to happen; the others are called off. Never resolves where none happens. */
export function firstOf<What>(...comings: readonly Coming<What>[]): Promise<What> {
  return new Promise((resolve) => {
    const callOff: (() => void)[] = [];
    let happened = false;
    for (const coming of comings) {
      if (happened) return;
      const off = coming((what) => {
        if (happened) return;
        happened = true;
        for (const each of callOff) each();
        resolve(what);
      });
      callOff.push(off);
    }
  });
}

/** Runs once after `ms`, unless the practice line is closed, or the function returned is called, before. */
export type After = (ms: number, run: () => void) => () => void;

/** `what`, after so long. */
export const later =
  <What>(after: After, ms: number, what: What): Coming<What> =>
  (happen) =>
    after(ms, () => happen(what));
