import { useEffect, useState } from 'react';

const lateMs = 200;

/** True once something has gone on for so long that a person notices: nothing is shown to be loading before. */
export function useLate(going: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setLate(true), lateMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [going]);
  return late;
}
