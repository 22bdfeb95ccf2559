/** How many answers are kept: more than a screen of calls, little memory. */
const most = 1000;

/** The same pure function, which remembers its last answers. */
export function remember<Answer extends object | string | null>(
  answer: (text: string) => Answer,
): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // Emptied rather than aged: what is asked for now is back at once.
    if (known.size >= most) known.clear();
    const now = answer(text);
    known.set(text, now);
    return now;
  };
}
