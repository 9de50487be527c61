import { useQueryClient } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import { refreshReads } from '../../api/queries.js';

/** How far a job has got is not told by live events, only where it stands. */
const everyMs = 2000;

/** Asks anew while something is being worked on and the page is looked at. */
export function usePolling(prefixes: readonly string[], active: boolean): void {
  const queries = useQueryClient();
  const names = prefixes.join(' ');
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (!document.hidden) void refreshReads(queries, names.split(' '));
    }, everyMs);
    return () => clearInterval(timer);
  }, [queries, names, active]);
}
