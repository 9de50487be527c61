import { randomBytes } from 'node:crypto';
import type { Config } from 'meilisearch';
import { type Analyser, createAnalyser } from '../analyser/analyser.js';
import type { SearchLogger } from '../logger.js';
import type { IndexDocument, SearchIndex } from '../search-index.js';
import { candidates } from './candidates.js';
import { connect, type MeilisearchAddress } from './connection.js';
import { toMeilisearch } from './document.js';
import { documentId } from './filter.js';
import { type Asking, search } from './search.js';
import { settingsVersion } from './settings.js';
import { createTasks } from './tasks.js';
import { MeilisearchTrouble } from './trouble.js';
import { createUpkeep, type Upkeep } from './upkeep.js';

export interface MeilisearchIndexOptions extends MeilisearchAddress {
  /** Begins the name of every index of this installation, so that several can share a server. */
  prefix: string;
  /** The name under which the change log knows whoever follows for this index; it outlives processes, as the index does. */
  mark?: string;
  analyser?: Analyser;
  logger?: SearchLogger;
  /** Ends a rebuild that is under way. */
  signal?: AbortSignal;
  /** How long a task may take, in milliseconds. */
  taskTimeoutMs?: number;
  /** How long a search may take, in milliseconds. */
  readTimeoutMs?: number;
  httpClient?: Config['httpClient'];
}

const usualTaskTimeoutMs = 5 * 60_000;
const usualReadTimeoutMs = 3_000;

interface Opened extends Asking {
  upkeep: Upkeep;
}

/**
 * The search index on a Meilisearch server (1.18 or newer), which keeps it by itself. Every method rejects with a
 * `MeilisearchTrouble` while the server is away or refuses; nothing is retried here.
 */
export function createMeilisearchIndex({
  url,
  key,
  prefix,
  mark,
  analyser = createAnalyser(),
  logger,
  signal,
  taskTimeoutMs = usualTaskTimeoutMs,
  readTimeoutMs = usualReadTimeoutMs,
  httpClient,
}: MeilisearchIndexOptions): SearchIndex {
  const uid = `${prefix}_documents`;
  let opening: Promise<Opened> | null = null;
  let prepared = false;
  let lastWrite: Promise<void> = Promise.resolve();
  let lastRebuild: Promise<void> = Promise.resolve();
  /** While a rebuild runs, what was written since it began; null is a removal. */
  let meanwhile: Map<string, IndexDocument | null> | null = null;

  async function open(): Promise<Opened> {
    const { reader, writer } = await connect(
      { url, key },
      { prefix, readTimeoutMs, ...(httpClient && { httpClient }) },
    );
    const tasks = createTasks({ client: writer, timeoutMs: taskTimeoutMs, ...(signal && { signal }) });
    const upkeep = createUpkeep({ client: writer, tasks, timeoutMs: taskTimeoutMs });
    return { client: reader, indexUid: uid, analyser, upkeep };
  }

  /** Opened once; what could not be opened is tried again by whoever asks next. */
  function opened(): Promise<Opened> {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  /** The index is there, with settings, before the first document. */
  async function prepare({ upkeep }: Opened): Promise<void> {
    if (prepared) return;
    if (!(await upkeep.exists(uid))) await upkeep.create(uid);
    prepared = true;
  }

  async function ask<T>(question: (asking: Asking) => Promise<T>): Promise<T> {
    const server = await opened();
    try {
      return await question(server);
    } catch (error) {
      if (!(error instanceof MeilisearchTrouble)) throw error;
      // A line kept open from before the server was started again, or closed by it just now.
      if (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET') return question(server);
      // The server was changed under us: a new key, or an empty one. The next question opens it anew.
      if (error.kind === 'refused') forget();
      throw error;
    }
  }

  function forget(): void {
    opening = null;
    prepared = false;
  }

  /** Writes keep the order they were asked for in. */
  function inTurn(work: (server: Opened) => Promise<void>): Promise<void> {
    const done = lastWrite.then(async () => {
      const server = await opened();
      try {
        await prepare(server);
        await work(server);
      } catch (error) {
        forget();
        throw error;
      }
    });
    // The caller gets the error; the next write only waits.
    lastWrite = done.catch(() => undefined);
    return done;
  }

  function* analysed(documents: Iterable<IndexDocument>) {
    for (const document of documents) yield toMeilisearch(document, analyser);
  }

  async function apply(
    { upkeep }: Opened,
    index: string,
    written: Map<string, IndexDocument | null>,
  ): Promise<void> {
    const gone = [...written].flatMap(([id, document]) => (document === null ? [documentId(id)] : []));
    const there = [...written.values()].filter((document) => document !== null);
    if (there.length > 0) await upkeep.put(index, analysed(there));
    if (gone.length > 0) await upkeep.remove(index, gone);
  }

  /** Kept before it is handed in: a rebuild that ends meanwhile must not miss it. */
  function remember(written: Map<string, IndexDocument | null>): void {
    for (const [id, document] of written) meanwhile?.set(id, document);
  }

  function write(written: Map<string, IndexDocument | null>): Promise<void> {
    return inTurn(async (server) => {
      remember(written);
      await apply(server, uid, written);
    });
  }

  async function rebuild(documents: AsyncIterable<IndexDocument[]>): Promise<void> {
    const started = performance.now();
    const server = await opened();
    const { upkeep } = server;
    await prepare(server);
    const next = `${prefix}_next_${randomBytes(4).toString('hex')}`;
    // Left behind by a process that died.
    for (const left of await upkeep.named(`${prefix}_next_`)) await upkeep.drop(left);
    const written = new Map<string, IndexDocument | null>();
    meanwhile = written;
    try {
      await upkeep.create(next);
      for await (const batch of documents) {
        signal?.throwIfAborted();
        await upkeep.put(next, analysed(batch));
      }
      await inTurn(async () => {
        await apply(server, next, written);
        await upkeep.noteUnfilled(uid);
        await upkeep.swap(uid, next);
        meanwhile = null;
        await upkeep.noteFilled(uid);
      });
    } finally {
      meanwhile = null;
      await upkeep.drop(next).catch((error: unknown) => {
        logger?.warn({ err: error, index: next }, 'an index that is not needed could not be deleted');
      });
    }
    const [count, ms] = [await upkeep.countDocuments(uid), Math.round(performance.now() - started)];
    logger?.info({ documents: count, ms }, 'search index on Meilisearch rebuilt');
  }

  return {
    upsert: (documents) => write(new Map(documents.map((document) => [document.id, document]))),
    remove: (ids) => write(new Map(ids.map((id) => [id, null]))),
    search: (query) => ask((server) => search(server, query)),
    candidates: (query) => ask((server) => candidates(server, query)),
    rebuild(documents) {
      const done = lastRebuild.then(() => rebuild(documents));
      lastRebuild = done.catch(() => undefined);
      return done;
    },

    async keep(given) {
      // Kept already: the server has every write that was acknowledged.
      return given === mark;
    },

    async resume() {
      if (mark === undefined) return null;
      const { upkeep } = await opened();
      const filled = (await upkeep.standing(uid)) === settingsVersion && (await upkeep.exists(uid));
      if (filled) logger?.info({ index: uid }, 'search index on Meilisearch taken up where it was left');
      return filled ? mark : null;
    },

    async health() {
      try {
        const { upkeep } = await opened();
        const documents = (await upkeep.exists(uid)) ? await upkeep.countDocuments(uid) : 0;
        const standing = await upkeep.standing(uid);
        if (standing === settingsVersion) return { ready: true, documents };
        const reason = standing === null ? 'not filled yet' : 'filled by another version of the program';
        return { ready: false, documents, reason, unfilled: true };
      } catch (error) {
        if (!(error instanceof MeilisearchTrouble)) throw error;
        if (error.kind === 'refused') forget();
        return { ready: false, documents: 0, reason: error.message };
      }
    },
  };
}
