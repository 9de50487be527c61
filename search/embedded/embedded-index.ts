import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Analyser, createAnalyser } from '../analyser/analyser.js';
import type { SearchLogger } from '../logger.js';
import type { IndexDocument, SearchIndex } from '../search-index.js';
import { bestCandidates } from './candidates.js';
import { type Collection, createCollection } from './collection.js';
import { answer } from './page.js';
import { createSnapshot } from './snapshot.js';

/** How long indexing may hold the event loop, in milliseconds: requests are answered in between. */
const sliceMs = 8;

/** The search index inside the process: nothing to install, filled again from the database at every start. */
export function createEmbeddedIndex({
  logger,
  analyser = createAnalyser(),
  snapshotFile,
}: {
  logger?: SearchLogger;
  analyser?: Analyser;
  /** How the files begin in which the index survives a restart, shared by all processes of a folder; none when left out. */
  snapshotFile?: string;
} = {}): SearchIndex {
  let current = createCollection({ analyser });
  let filled = false;
  const snapshot =
    snapshotFile === undefined ? null : createSnapshot({ file: snapshotFile, ...(logger && { logger }) });
  let lastWrite: Promise<void> = Promise.resolve();
  /** For each running rebuild, what was written since it began; null is a removal. */
  const rebuilds = new Set<Map<string, IndexDocument | null>>();

  /** Writes keep the order they were asked for in, though each pauses on its way. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = lastWrite.then(work);
    // The caller gets the error; the next write only waits.
    lastWrite = done.catch(() => undefined);
    return done;
  }

  function write(id: string, document: IndexDocument | null): void {
    apply(current, id, document);
    for (const meanwhile of rebuilds) meanwhile.set(id, document);
  }

  async function writeAll<T>(items: T[], each: (item: T) => void): Promise<void> {
    await inSlices(items, each);
    const cleaning = current.cleaning();
    if (cleaning) await inSlices({ [Symbol.iterator]: () => cleaning }, () => {});
  }

  return {
    upsert: (documents) => inTurn(() => writeAll(documents, (document) => write(document.id, document))),

    remove: (ids) => inTurn(() => writeAll(ids, (id) => write(id, null))),

    async search(query) {
      return answer(current, analyser, query);
    },

    async candidates(query) {
      return bestCandidates(current, analyser, query);
    },

    async rebuild(documents) {
      const started = performance.now();
      const fresh = createCollection({ analyser });
      const meanwhile = new Map<string, IndexDocument | null>();
      rebuilds.add(meanwhile);
      try {
        for await (const batch of documents) await inSlices(batch, (document) => fresh.put(document));
        await inTurn(async () => {
          await inSlices([...meanwhile], ([id, document]) => apply(fresh, id, document));
          current = fresh;
          filled = true;
        });
      } finally {
        rebuilds.delete(meanwhile);
      }
      const ms = Math.round(performance.now() - started);
      logger?.info({ documents: fresh.documents.size(), ms }, 'search index rebuilt');
    },

    async keep(mark) {
      if (!snapshot || !filled) return false;
      await inTurn(() => snapshot.write(current, mark));
      return true;
    },

    async resume() {
      if (!snapshot) return null;
      const kept = await snapshot.take(() => createCollection({ analyser }));
      if (kept === null) return null;
      current = kept.collection;
      filled = true;
      logger?.info({ documents: current.documents.size() }, 'search index taken up where it was left');
      return kept.mark;
    },

    async health() {
      const documents = current.documents.size();
      return filled ? { ready: true, documents } : { ready: false, documents, reason: 'not filled yet' };
    },
  };
}

function apply(collection: Collection, id: string, document: IndexDocument | null): void {
  if (document) collection.put(document);
  else collection.drop(id);
}

async function inSlices<T>(items: Iterable<T>, each: (item: T) => void): Promise<void> {
  let started = performance.now();
  for (const item of items) {
    if (performance.now() - started > sliceMs) {
      await nextTurn();
      started = performance.now();
    }
    each(item);
  }
}
