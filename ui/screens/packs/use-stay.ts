import { useEffect } from 'preact/hooks';

/** While something is unsaved, closing the page or following a link out of it asks first. */
export function useStay(unsaved: boolean, question: string): void {
  useEffect(() => {
    if (!unsaved) return;
    const close = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      const link =
        event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
      if (!link || link.target === '_blank' || link.origin !== location.origin) return;
      if (link.pathname === location.pathname || confirm(question)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('beforeunload', close);
    // Before the router, which listens for the same press further in.
    addEventListener('click', follow, { capture: true });
    return () => {
      removeEventListener('beforeunload', close);
      removeEventListener('click', follow, { capture: true });
    };
  }, [unsaved, question]);
}
