export interface ClockOptions {
  /** Each is tried on its own: one that fails does not keep the others. */
  tasks: Readonly<Record<string, () => Promise<unknown>>>;
  everyMs: number;
  logger: { warn(fields: object, message: string): void };
}

/** Housekeeping in the background: once at start and then at every beat, never twice at the same time. */
export function startClock({ tasks, everyMs, logger }: ClockOptions): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function round(): Promise<void> {
    for (const [name, task] of Object.entries(tasks)) {
      if (stopped) return;
      try {
        await task();
      } catch (error) {
        logger.warn({ err: error, task: name }, 'housekeeping failed and is tried again');
      }
    }
    if (!stopped) {
      timer = setTimeout(() => {
        running = round();
      }, everyMs);
    }
  }
  let running = round();

  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
