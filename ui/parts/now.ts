import { useEffect, useState } from 'preact/hooks';

/** The clock, read anew at this pace; for "12 minutes ago" and for what is due. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
