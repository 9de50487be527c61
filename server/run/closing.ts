export interface ClosingOptions {
  logger: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  say: (line: string) => void;
  /** Ends the process; replaced by tests. */
  exit?: (code: number) => void;
}

/** What has to be closed, and in which order: last opened first, so the database goes last. */
export interface Closing {
  add(name: string, close: () => Promise<void>): void;
  /** Closes everything once and ends the process. */
  close(code: number): Promise<void>;
  onSignals(): void;
}

/** No stop may take longer: a supervisor would kill us in the middle of it. */
const patienceMs = 28_000;

export function createClosing({ logger, say, exit = (code) => process.exit(code) }: ClosingOptions): Closing {
  const open: { name: string; close: () => Promise<void> }[] = [];
  let closing: Promise<void> | null = null;

  async function closeAll(code: number): Promise<void> {
    const impatient = setTimeout(() => exit(1), patienceMs);
    let worst = code;
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      try {
        await next.close();
        logger.info({ part: next.name }, 'closed');
      } catch (error) {
        worst = 1;
        logger.error({ err: error, part: next.name }, 'could not be closed in order');
      }
    }
    clearTimeout(impatient);
    exit(worst);
  }

  return {
    add(name, close) {
      open.push({ name, close });
    },
    close(code) {
      closing ??= closeAll(code);
      return closing;
    },
    onSignals() {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          if (closing === null) say('Stopping …');
          void this.close(0);
        });
      }
    },
  };
}
