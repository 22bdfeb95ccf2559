import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** How long a person has to undo a call that would go out by itself, ms. */
export const undoMs = 2000;

/**
 * Whether the time to undo runs: once for each card, only while the person can see it, and no longer than something
 * `holds` for it. What runs out without them calls `over`; what stops does not begin again.
 */
export function useUndoTime(holds: boolean, over: () => void): boolean {
  const visible = useSyncExternalStore(watchVisible, isVisible);
  const [stopped, setStopped] = useState(false);
  const [begun, setBegun] = useState(false);
  const latest = useRef(over);
  useEffect(() => {
    latest.current = over;
  });
  const runs = holds && visible && !stopped;
  if (runs && !begun) setBegun(true);
  if (begun && !runs && !stopped) setStopped(true);
  useEffect(() => {
    if (!runs) return;
    const timer = setTimeout(() => {
      setStopped(true);
      latest.current();
    }, undoMs);
    return () => clearTimeout(timer);
  }, [runs]);
  return runs;
}

function watchVisible(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
