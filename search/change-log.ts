import type { IndexDocument, IndexedKind } from './search-index.js';

/** Something in the database an index may have to show otherwise. */
export interface IndexChange {
  seq: number;
  kind: IndexedKind;
  objectId: string;
}

/**
 * The database's record of what changed, read by each follower at its own pace. Commits arrive out of order
 * (a low sequence may appear after a high one), so what a follower has done is kept per change, not as a cursor.
 */
export interface ChangeLog {
  /**
   * Makes a follower known, owing it every change from a safe while ago on (10 minutes: longer than any
   * write transaction may run). Doing it again starts it afresh.
   */
  register(follower: string): Promise<void>;
  /** Changes not yet acknowledged, oldest first. Throws `FollowerUnknownError` if the follower was cleaned away. */
  pending(follower: string, limit: number): Promise<IndexChange[]>;
  acknowledge(follower: string, seqs: number[]): Promise<void>;
  forget(follower: string): Promise<void>;
  /** Every document as it stands now, in batches. */
  allDocuments(): AsyncIterable<IndexDocument[]>;
}

/** The log no longer knows the follower (asleep too long): it must register and rebuild. */
export class FollowerUnknownError extends Error {
  constructor(follower: string) {
    super(`the change log does not know follower ${follower}`);
    this.name = 'FollowerUnknownError';
  }
}
