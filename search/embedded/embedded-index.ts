import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Query } from 'minisearch';
import type { VerdictCode } from '../../server/contract/lists.js';
import { maySee } from '../audience.js';
import type { SearchLogger } from '../logger.js';
import type { IndexDocument, SearchHit, SearchIndex, SearchQuery, SearchResult } from '../search-index.js';
import {
  type Collection,
  createCollection,
  type Found,
  newestFirst,
  ownWords,
  passagesOf,
} from './collection.js';
import { forwardQuery, typedQueries } from './queries.js';

/** How long indexing may hold the event loop, in milliseconds: requests are answered in between. */
const sliceMs = 12;

/** The search index inside the process: nothing to install, filled again at every start. */
export function createEmbeddedIndex({ logger }: { logger?: SearchLogger } = {}): SearchIndex {
  let current = createCollection();
  let filled = false;
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

  return {
    upsert: (documents) => inTurn(() => inSlices(documents, (document) => write(document.id, document))),

    remove: (ids) => inTurn(() => inSlices(ids, (id) => write(id, null))),

    async search(query) {
      return page(query, visibleMatches(current, query));
    },

    async candidates({ text, audience, kinds, limit = 50, excludeIds = [] }) {
      const query = forwardQuery(text);
      if (!query) return [];
      const excluded = new Set(excludeIds);
      const found = current.find(
        query,
        (document) => !excluded.has(document.id) && maySee(document, audience) && oneOf(kinds, document.kind),
      );
      return found
        .slice(0, within(limit, 1, 200))
        .map((item) => ({ ...toHit(item, found[0]), passages: passagesOf(item.document) }));
    },

    async rebuild(documents) {
      const started = performance.now();
      const fresh = createCollection();
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
      logger?.info({ documents: fresh.size(), ms }, 'search index rebuilt');
    },

    async health() {
      const documents = current.size();
      return filled ? { ready: true, documents } : { ready: false, documents, reason: 'not filled yet' };
    },
  };
}

/** Only what the asker may see decides anything here, also whether every word can be met. */
function visibleMatches(collection: Collection, { text, audience, kinds }: SearchQuery): Found[] {
  const visible = (document: IndexDocument) => maySee(document, audience) && oneOf(kinds, document.kind);
  if (text.trim() === '') {
    const all = collection.all().filter(visible).sort(newestFirst);
    return all.map((document) => ({ document, score: 1, terms: [] }));
  }
  const queries = typedQueries(text);
  if (!queries) return [];
  const find = (query: Query) => collection.find(query, visible);
  const withEveryWord = find(queries.every);
  return withEveryWord.length > 0 ? withEveryWord : find(queries.any);
}

function page({ verdicts, offset = 0, limit = 20 }: SearchQuery, matches: Found[]): SearchResult {
  const verdictCounts: Partial<Record<VerdictCode, number>> = {};
  for (const { document } of matches) {
    if (document.verdict) verdictCounts[document.verdict] = (verdictCounts[document.verdict] ?? 0) + 1;
  }
  const chosen = matches.filter(({ document }) => oneOf(verdicts, document.verdict));
  const from = within(offset, 0, 200);
  const hits = chosen.slice(from, from + within(limit, 1, 100)).map((item) => toHit(item, chosen[0]));
  return { hits, total: chosen.length, verdictCounts };
}

function toHit(found: Found, best: Found | undefined): SearchHit {
  const { id, kind, objectId, clusterId } = found.document;
  const score = best && best.score > 0 ? found.score / best.score : 1;
  return { id, kind, objectId, clusterId, score, matched: ownWords(found) };
}

function apply(collection: Collection, id: string, document: IndexDocument | null): void {
  if (document) collection.put(document);
  else collection.drop(id);
}

async function inSlices<T>(items: T[], each: (item: T) => void): Promise<void> {
  let started = performance.now();
  for (const item of items) {
    if (performance.now() - started > sliceMs) {
      await nextTurn();
      started = performance.now();
    }
    each(item);
  }
}

/** No list, or an empty one, asks for all. */
function oneOf<T>(wanted: T[] | undefined, value: T | null): boolean {
  return wanted === undefined || wanted.length === 0 || (value !== null && wanted.includes(value));
}

function within(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low;
}
