import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { refreshReads } from '../../api/queries.js';

/** The built files this page runs on: what a phone without a line needs to start. */
function assetsInUse(): string[] {
  const paths = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
  return [...new Set(paths)];
}

/** Starts the offline worker where the browser allows one: https or this machine. Without it nothing is kept. */
export function useInboxWorker(): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    // What was read before it took over was not kept: read it again through it.
    const takenOver = () => void refreshReads(queries, ['inbox.']);
    serviceWorker.addEventListener('controllerchange', takenOver);
    serviceWorker
      .register('/inbox-worker.js')
      .then(() => serviceWorker.ready)
      .then(({ active }) => {
        active?.postMessage({ assets: assetsInUse() });
        return navigator.storage?.persist?.();
      })
      // A browser may forbid it, in a private window for one; the inbox then needs a line.
      .catch(() => undefined);
    return () => serviceWorker.removeEventListener('controllerchange', takenOver);
  }, [queries]);
}

/** What the phone holds of an address, to show while the line is asked; `undefined` when nothing. */
export function useKept<T>(address: string): T | undefined {
  const [kept, setKept] = useState<T>();
  useEffect(() => {
    if (!('caches' in window)) return;
    let wanted = true;
    caches
      .match(address, { ignoreVary: true })
      .then((answer) => answer?.json())
      .then(
        // The worker keeps only answers the server filtered by their schema.
        (body: unknown) => wanted && setKept(body === undefined ? undefined : (body as T)),
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [address]);
  return kept;
}
