/** What has been opened so far and must be closed again, in the reverse order. */
export interface Opened {
  add(close: () => Promise<unknown>): void;
  /** Closes everything once, also when a part fails to; rejects then with the first reason. */
  close(): Promise<void>;
}

export function createOpened(): Opened {
  const closers: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let next = closers.pop(); next !== undefined; next = closers.pop()) {
      await next().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add(close) {
      closers.push(close);
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** Runs `open`; when it fails half-way, what it had opened is closed before its error goes on. */
export async function openingAll<Result>(open: (opened: Opened) => Promise<Result>): Promise<Result> {
  const opened = createOpened();
  try {
    return await open(opened);
  } catch (error) {
    // The reason of the failure says more than what could not be closed after it.
    await opened.close().catch(() => undefined);
    throw error;
  }
}
