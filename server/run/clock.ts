export interface ClockTask {
  everyMs: number;
  run(): Promise<unknown>;
}

export interface ClockOptions {
  /** By a name for the log. Each is tried on its own: one that fails or takes long does not keep the others. */
  tasks: Readonly<Record<string, ClockTask>>;
  logger: { warn(fields: object, message: string): void };
}

/** Housekeeping in the background: each task once at start and then `everyMs` after its last end, never twice at the same time. */
export function startClock({ tasks, logger }: ClockOptions): { stop(): Promise<void> } {
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function turn(name: string, { everyMs, run }: ClockTask): Promise<void> {
    try {
      await run();
    } catch (error) {
      logger.warn({ err: error, task: name }, 'housekeeping failed and is tried again');
    }
    if (stopped) return;
    timers.set(
      name,
      setTimeout(() => running.set(name, turn(name, { everyMs, run })), everyMs),
    );
  }
  for (const [name, task] of Object.entries(tasks)) running.set(name, turn(name, task));

  return {
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
