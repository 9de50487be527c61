import { useEffect, useState } from 'preact/hooks';

/** The value once it has stood still for so many milliseconds: a pause in typing asks the server, not every letter. */
export function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
