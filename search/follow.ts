import { createBell } from './bell.js';
import { type ChangeLog, FollowerUnknownError, type IndexChange } from './change-log.js';
import type { SearchLogger } from './logger.js';
import type { IndexDocument, IndexedKind, SearchIndex } from './search-index.js';

export interface DocumentRef {
  kind: IndexedKind;
  objectId: string;
}

export interface FollowerHealth {
  state: 'stopped' | 'starting' | 'following' | 'failing';
  /** Milliseconds since the index was last known to be in step; 0 while it is; null before the first time. */
  behindMs: number | null;
  lastError?: string;
}

export interface Follower {
  /** Begins to follow in the background; failures are retried until `stop`. */
  start(): void;
  /** Says that something changed, so that the next poll is now. */
  wake(): void;
  /** Resolves once everything committed before the call is in the index; rejects if stopped first. */
  caughtUp(): Promise<void>;
  health(): FollowerHealth;
  /** Finishes the batch at hand and keeps the index for the next start, or else leaves the change log. */
  stop(): Promise<void>;
}

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

const batchSize = 200;
/** Longest pause between retries, in milliseconds. */
const longestPauseMs = 30_000;
/** This many failures in a row mean that the trouble is not one document. */
const hopelessAfter = 5;

/**
 * Keeps one index in step with the database's change log. `build` returns the documents of the references that
 * should be findable; the others are removed. `name` must be unique among running processes.
 */
export function createFollower({
  name,
  changes,
  index,
  build,
  logger,
  pollMs = 1_000,
  checkMs = 30_000,
}: {
  name: string;
  changes: ChangeLog;
  index: SearchIndex;
  build: (refs: DocumentRef[]) => Promise<IndexDocument[]>;
  logger: SearchLogger;
  pollMs?: number;
  /** How often it is looked whether the index still is what it was: a server may have come back empty. */
  checkMs?: number;
}): Follower {
  let running: Promise<void> | null = null;
  let stopping = false;
  let filled = false;
  /** An index taken up where it was left goes on under the name it had then. */
  let followed = name;
  let resumed = false;
  let failures = 0;
  let lastError: string | undefined;
  let lastInStep: number | null = null;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let inStep = false;
  const waiters = new Set<Waiter>();
  const bell = createBell();

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        const more = await step();
        if (failures > 0) logger.info({ follower: name }, 'search index follows again');
        failures = 0;
        lastError = undefined;
        if (!more && !stopping) await bell.wait(pollMs);
      } catch (error) {
        failures += 1;
        inStep = false;
        checkedAt = Number.NEGATIVE_INFINITY;
        lastError = error instanceof Error ? error.message : String(error);
        if (error instanceof FollowerUnknownError) filled = false;
        const doubled = error instanceof StuckObjectsError ? 0 : Math.min(failures - 1, 10);
        const pauseMs = Math.min(longestPauseMs, pollMs * 2 ** doubled);
        if (isPowerOfTwo(failures)) {
          logger.warn(
            { follower: name, err: error, failures, pauseMs },
            'search index cannot follow; will retry',
          );
        }
        // Not woken by changes: a flood of them must not become a flood of failures.
        if (!stopping) await bell.waitDeaf(pauseMs);
      }
    }
  }

  /** One round; tells whether there may be more to do at once. */
  async function step(): Promise<boolean> {
    if (!resumed) {
      const mark = await index.resume();
      resumed = true;
      if (mark !== null) {
        followed = mark;
        filled = true;
      }
    }
    if (filled && performance.now() - checkedAt >= checkMs) {
      if ((await index.health()).unfilled) filled = false;
      checkedAt = performance.now();
    }
    if (!filled) {
      // Not the name of one that was given up: nobody may think its changes were seen.
      followed = name;
      await changes.register(followed);
      await index.rebuild(changes.allDocuments());
      filled = true;
    }
    // Only those who asked before the look can be answered by it.
    const asked = [...waiters];
    const found = await changes.pending(followed, batchSize);
    if (found.length > 0) {
      inStep = false;
      await bring(found);
      return true;
    }
    inStep = true;
    lastInStep = performance.now();
    for (const waiter of asked) {
      waiters.delete(waiter);
      waiter.resolve();
    }
    return false;
  }

  /** After a failure each object goes alone, so that one that cannot be built does not hold up the others. */
  async function bring(found: IndexChange[]): Promise<void> {
    if (failures === 0) return indexAndAcknowledge(found);
    let firstError: unknown;
    let failedInARow = 0;
    for (const group of byObject(found)) {
      if (stopping || failedInARow === hopelessAfter) break;
      try {
        await indexAndAcknowledge(group);
        failedInARow = 0;
      } catch (error) {
        firstError ??= error;
        failedInARow += 1;
      }
    }
    if (firstError === undefined) return;
    throw failedInARow === hopelessAfter ? firstError : new StuckObjectsError(firstError);
  }

  async function indexAndAcknowledge(found: IndexChange[]): Promise<void> {
    const refs = byObject(found).flatMap(([first]) =>
      first ? [{ kind: first.kind, objectId: first.objectId }] : [],
    );
    const documents = await build(refs);
    const built = new Set(documents.map(({ id }) => id));
    const gone = refs.map(idOf).filter((id) => !built.has(id));
    if (documents.length > 0) await index.upsert(documents);
    if (gone.length > 0) await index.remove(gone);
    // Last, so that a crash repeats the work instead of losing it.
    await changes.acknowledge(
      followed,
      found.map(({ seq }) => seq),
    );
  }

  async function leave(): Promise<void> {
    for (const waiter of waiters) waiter.reject(new Error('the follower was stopped'));
    waiters.clear();
    try {
      // Kept as it stands: what changes meanwhile stays owed to this name, until the log gives it up.
      if (filled && failures === 0 && (await index.keep(followed))) return;
      await changes.forget(followed);
    } catch (error) {
      // The log cleans up followers it has not seen for long.
      logger.warn({ follower: name, err: error }, 'search index follower could not sign off');
    }
  }

  return {
    start() {
      if (running || stopping) return;
      running = run();
    },
    wake: bell.ring,
    caughtUp() {
      if (stopping) return Promise.reject(new Error('the follower was stopped'));
      return new Promise((resolve, reject) => {
        waiters.add({ resolve, reject });
        bell.ring();
      });
    },
    health() {
      const behindMs = inStep ? 0 : lastInStep === null ? null : Math.round(performance.now() - lastInStep);
      if (!running || stopping) return { state: 'stopped', behindMs };
      if (lastError !== undefined) return { state: 'failing', behindMs, lastError };
      return { state: filled ? 'following' : 'starting', behindMs };
    },
    async stop() {
      if (stopping) return void (await running);
      stopping = true;
      bell.breakOff();
      await running;
      await leave();
    },
  };
}

/** A few objects cannot be indexed while the others can: no reason to slow down. */
class StuckObjectsError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StuckObjectsError';
  }
}

/** A long trouble is logged ever more rarely. */
function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}

function idOf({ kind, objectId }: DocumentRef): string {
  return `${kind}:${objectId}`;
}

function byObject(found: IndexChange[]): IndexChange[][] {
  const groups = new Map<string, IndexChange[]>();
  for (const change of found) {
    const group = groups.get(idOf(change));
    if (group) group.push(change);
    else groups.set(idOf(change), [change]);
  }
  return [...groups.values()];
}
