/** A pause that can be cut short. */
export interface Bell {
  /** Ends the wait under way, or the next one before it begins. */
  ring(): void;
  wait(ms: number): Promise<void>;
  /** Not cut short by `ring`, which is kept for later. */
  waitDeaf(ms: number): Promise<void>;
  /** Ends every wait, now and later. */
  breakOff(): void;
}

export function createBell(): Bell {
  let rung = false;
  let broken = false;
  let deaf = false;
  let end: (() => void) | null = null;

  function pause(ms: number): Promise<void> {
    if (broken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => end?.(), ms);
      end = () => {
        clearTimeout(timer);
        end = null;
        resolve();
      };
    });
  }

  return {
    ring() {
      rung = true;
      if (!deaf) end?.();
    },
    async wait(ms) {
      if (!rung) await pause(ms);
      rung = false;
    },
    async waitDeaf(ms) {
      deaf = true;
      await pause(ms);
      deaf = false;
    },
    breakOff() {
      broken = true;
      end?.();
    },
  };
}
