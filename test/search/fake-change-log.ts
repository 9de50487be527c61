import { type ChangeLog, FollowerUnknownError, type IndexChange } from '../../search/change-log.js';
import type { IndexDocument, IndexedKind } from '../../search/search-index.js';

/** A database in memory whose transactions take a sequence when they write and show it when they commit. */
export interface FakeDatabase {
  changes: ChangeLog;
  documents: Map<string, IndexDocument>;
  /** Writes and commits at once; null deletes. */
  write(id: string, document: IndexDocument | null): void;
  /** Takes the sequence now; nothing can be seen before `commit`. */
  begin(id: string, document: IndexDocument | null): { commit(): void };
  /** Sequences the follower has acknowledged. */
  acknowledged(follower: string): number[];
  followers(): string[];
  /** Cleans a follower away, as the server does with those not seen for long. */
  lose(follower: string): void;
  /** Runs in every read of pending changes, before it looks. */
  beforePending: () => void;
  /** Runs after the first batch of all documents was read. */
  duringAll: () => void;
}

export function createFakeDatabase(): FakeDatabase {
  const committed: IndexChange[] = [];
  const acks = new Map<string, Set<number>>();
  const documents = new Map<string, IndexDocument>();
  let lastSeq = 0;

  function acksOf(follower: string): Set<number> {
    const found = acks.get(follower);
    if (!found) throw new FollowerUnknownError(follower);
    return found;
  }

  function begin(id: string, document: IndexDocument | null): { commit(): void } {
    lastSeq += 1;
    const seq = lastSeq;
    const kind: IndexedKind = id.startsWith('fact:') ? 'fact' : 'claim';
    return {
      commit() {
        if (document) documents.set(id, document);
        else documents.delete(id);
        committed.push({ seq, kind, objectId: id.slice(id.indexOf(':') + 1) });
      },
    };
  }

  const database: FakeDatabase = {
    documents,
    begin,
    write: (id, document) => begin(id, document).commit(),
    acknowledged: (follower) => [...acksOf(follower)].sort((a, b) => a - b),
    followers: () => [...acks.keys()],
    lose: (follower) => void acks.delete(follower),
    beforePending: () => {},
    duringAll: () => {},
    changes: {
      async register(follower) {
        acks.set(follower, new Set());
      },
      async pending(follower, limit) {
        database.beforePending();
        const done = acksOf(follower);
        const owed = committed.filter(({ seq }) => !done.has(seq)).sort((a, b) => a.seq - b.seq);
        return owed.slice(0, limit);
      },
      async acknowledge(follower, seqs) {
        for (const seq of seqs) acksOf(follower).add(seq);
      },
      async forget(follower) {
        acks.delete(follower);
      },
      async *allDocuments() {
        const snapshot = [...documents.values()];
        yield snapshot.slice(0, 1);
        database.duringAll();
        yield snapshot.slice(1);
      },
    },
  };
  return database;
}
