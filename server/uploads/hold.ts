import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { AppError } from '../errors.js';
import { dropHold, keepHold, takeHold, type UploadRow } from './uploads.repository.js';

/** The right to write one upload, in the database, so that it counts for every process. */
export interface Hold {
  /** The fence: every change of the row names it. */
  holder: string;
  /** As it was when the hold was taken. */
  upload: UploadRow;
  /** Holds on and notes what is durable by now; throws `in_use` when another has taken over. */
  keep(received?: number): Promise<void>;
}

export interface HoldTimes {
  /** Without a sign of life for this long another may take over: a line that is half dead must not lock its sender out. */
  holdMs: number;
  /** A file nobody goes on with is forgotten after this. */
  keepMs: number;
}

export interface WithHoldOptions extends HoldTimes {
  db: Database;
  id: string;
}

/** Runs `work` as the only writer of an upload, or throws `in_use`. The caller has seen that it exists. */
export async function withHold<T>(
  { db, id, holdMs, keepMs }: WithHoldOptions,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  const upload = await takeHold(db, { id, holder, holdMs });
  if (upload === null) throw new AppError('in_use');
  try {
    return await work({
      holder,
      upload,
      async keep(received) {
        const kept = await keepHold(db, {
          id,
          holder,
          holdMs,
          keepMs,
          ...(received !== undefined && { received }),
        });
        if (!kept) throw new AppError('in_use');
      },
    });
  } finally {
    await dropHold(db, { id, holder });
  }
}

/** Holds on while `work` is busy with something that tells of no progress. */
export async function holdingOn<T>(hold: Hold, holdMs: number, work: () => Promise<T>): Promise<T> {
  // Whoever loses the hold finds out at the end: the creative's row names the holder.
  const timer = setInterval(() => void hold.keep().catch(() => undefined), holdMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
