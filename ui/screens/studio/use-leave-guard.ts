import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';

/** The address of a link that the router would follow within this page. */
function addressOfClick(event: MouseEvent): URL | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return null;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.origin !== location.origin || link.target === '_blank' || link.download) return null;
  return new URL(link.href);
}

export interface LeaveGuard {
  /** Where the person wanted to go when something would have been lost by it. */
  wanted: string | null;
  stay: () => void;
  leave: () => void;
}

/**
 * Holds links, the way back and closing the tab while `loses` says something would be lost at that path; the caller
 * asks and then calls `stay` or `leave`.
 */
export function useLeaveGuard(loses: (path: string) => boolean): LeaveGuard {
  const { route, url } = useLocation();
  const [wanted, setWanted] = useState<string | null>(null);
  const latest = useRef({ loses, url });
  latest.current = { loses, url };

  useEffect(() => {
    const click = (event: MouseEvent) => {
      const target = addressOfClick(event);
      if (!target || !latest.current.loses(target.pathname)) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(target.pathname + target.search);
    };
    const wentBack = (event: PopStateEvent) => {
      if (!latest.current.loses(location.pathname)) return;
      const target = location.pathname + location.search;
      event.stopImmediatePropagation();
      history.pushState(null, '', latest.current.url);
      setWanted(target);
    };
    const closing = (event: BeforeUnloadEvent) => {
      if (latest.current.loses('')) event.preventDefault();
    };
    document.addEventListener('click', click, true);
    addEventListener('popstate', wentBack, true);
    addEventListener('beforeunload', closing);
    return () => {
      document.removeEventListener('click', click, true);
      removeEventListener('popstate', wentBack, true);
      removeEventListener('beforeunload', closing);
    };
  }, []);

  return {
    wanted,
    stay: () => setWanted(null),
    leave: () => {
      setWanted(null);
      if (wanted !== null) route(wanted);
    },
  };
}
