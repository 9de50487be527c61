/** Lets work go on side by side, and now and then one by itself. */
export interface Gate {
  /**
   * Resolves in the order of asking: at once or when whoever works alone has left, and for one who wants to be alone
   * when all have. Whoever entered calls what it was given when its work is over, once.
   */
  enter(wish: { alone: boolean }): Promise<() => void>;
}

export function createGate(): Gate {
  const waiting: { alone: boolean; open: () => void }[] = [];
  let inside = 0;
  let alone = false;

  function admit(): void {
    for (let next = waiting[0]; next; next = waiting[0]) {
      if (alone || (next.alone && inside > 0)) return;
      waiting.shift();
      inside += 1;
      alone = next.alone;
      next.open();
    }
  }

  return {
    async enter({ alone: wanted }) {
      await new Promise<void>((open) => {
        waiting.push({ alone: wanted, open });
        admit();
      });
      return () => {
        inside -= 1;
        alone = false;
        admit();
      };
    },
  };
}
