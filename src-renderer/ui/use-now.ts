import { useEffect, useState } from 'react';

const everyMs = 60_000;

/** The time, ms UTC, new each minute: enough for "today" and "yesterday", also past midnight. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
