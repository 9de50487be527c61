/**
 * Runs `work` again and again, `everyMs` after its last end, until stopped. An error goes to `failed` and
 * the next turn comes all the same. `stop` waits for a turn under way.
 */
export function repeat({
  everyMs,
  work,
  failed,
}: {
  everyMs: number;
  work: () => Promise<void>;
  failed: (error: unknown) => void;
}): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;
  const next = () => {
    timer = setTimeout(() => {
      turn = work()
        .catch(failed)
        .finally(() => {
          if (!stopped) next();
        });
    }, everyMs);
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return turn;
    },
  };
}
