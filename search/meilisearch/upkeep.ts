import { setTimeout as delay } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import { checked, IndexAnswer, IndexList, StandingAnswer, StatsAnswer } from './answers.js';
import { inPortions } from './batches.js';
import type { MeilisearchDocument } from './document.js';
import { indexSettings, settingsVersion } from './settings.js';
import type { Tasks } from './tasks.js';
import { asking, MeilisearchTrouble } from './trouble.js';

/** Work on one server's indexes; every step is done when it resolves, not only accepted. */
export interface Upkeep {
  exists(uid: string): Promise<boolean>;
  /** An empty index with its settings, which come before any document. */
  create(uid: string): Promise<void>;
  drop(uid: string): Promise<void>;
  put(uid: string, documents: Iterable<MeilisearchDocument>): Promise<void>;
  remove(uid: string, ids: string[]): Promise<void>;
  /** Exchanges what two indexes hold, at once for everyone who searches. */
  swap(uid: string, other: string): Promise<void>;
  countDocuments(uid: string): Promise<number>;
  /** Indexes whose name begins so. */
  named(beginning: string): Promise<string[]>;
  /** Under which settings the index was filled; null when it never was. */
  standing(uid: string): Promise<string | null>;
  noteFilled(uid: string): Promise<void>;
  noteUnfilled(uid: string): Promise<void>;
}

const standingId = 'content';
const manyIndexes = 1_000;
/** Portions handed in before the first of them is done: the server puts them together. */
const mostUnderWay = 4;
const pauseMs = 50;

export function createUpkeep({
  client,
  tasks,
  timeoutMs,
}: {
  client: Meilisearch;
  tasks: Tasks;
  timeoutMs: number;
}): Upkeep {
  const standingOf = (uid: string) => `${uid}_standing`;

  async function describe(uid: string) {
    const what = `describe the index ${uid}`;
    return checked(IndexAnswer, await asking(what, () => client.getRawIndex(uid)), what);
  }

  async function orNull<T>(code: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof MeilisearchTrouble && error.code === code) return null;
      throw error;
    }
  }

  async function put(uid: string, documents: Iterable<MeilisearchDocument>): Promise<void> {
    const what = `take documents into ${uid}`;
    const underWay: number[] = [];
    for await (const portion of inPortions(documents)) {
      underWay.push(
        await tasks.enqueue(what, () => client.index(uid).addDocuments(portion, { primaryKey: 'id' })),
      );
      const [first] = underWay.length < mostUnderWay ? [] : underWay.splice(0, 1);
      if (first !== undefined) await tasks.finished(what, first);
    }
    for (const task of underWay) await tasks.finished(what, task);
  }

  async function createBare(uid: string): Promise<void> {
    try {
      await tasks.done(`make the index ${uid}`, () => client.createIndex(uid, { primaryKey: 'id' }));
    } catch (error) {
      // Another process was quicker.
      if (!(error instanceof MeilisearchTrouble) || error.code !== 'index_already_exists') throw error;
    }
  }

  /**
   * A swap is a task of two indexes, and a key made for some indexes may not see such tasks. So it is told by the day
   * of birth, which goes with the content.
   */
  async function arrived(uid: string, createdAt: string): Promise<void> {
    const end = performance.now() + timeoutMs;
    while ((await describe(uid)).createdAt !== createdAt) {
      if (performance.now() >= end) {
        const seconds = Math.round(timeoutMs / 1_000);
        throw new MeilisearchTrouble('slow', `Meilisearch did not swap ${uid} within ${seconds} s`);
      }
      await delay(pauseMs);
    }
  }

  return {
    put,
    exists: async (uid) => (await orNull('index_not_found', () => describe(uid))) !== null,
    async create(uid) {
      await createBare(uid);
      await tasks.done(`take the settings of ${uid}`, () => client.index(uid).updateSettings(indexSettings));
    },
    async drop(uid) {
      await orNull('index_not_found', () =>
        tasks.done(`delete the index ${uid}`, () => client.deleteIndex(uid)),
      );
    },
    async remove(uid, ids) {
      if (ids.length === 0) return;
      await tasks.done(`remove documents from ${uid}`, () => client.index(uid).deleteDocuments(ids));
    },
    async swap(uid, other) {
      const what = `swap ${uid} and ${other}`;
      const { createdAt } = await describe(other);
      const task = await tasks.enqueue(what, () =>
        client.swapIndexes([{ indexes: [uid, other], rename: false }]),
      );
      try {
        await tasks.finished(what, task);
      } catch (error) {
        if (!(error instanceof MeilisearchTrouble) || error.kind !== 'lost') throw error;
        await arrived(uid, createdAt);
      }
    },
    async countDocuments(uid) {
      const what = `count the documents of ${uid}`;
      const answer = await asking(what, () => client.index(uid).getStats());
      return checked(StatsAnswer, answer, what).numberOfDocuments;
    },
    async named(beginning) {
      const what = 'name its indexes';
      const answer = await asking(what, () => client.getRawIndexes({ limit: manyIndexes }));
      return checked(IndexList, answer, what).results.flatMap(({ uid }) =>
        uid.startsWith(beginning) ? [uid] : [],
      );
    },
    async standing(uid) {
      const what = `say how ${uid} stands`;
      const read = () => asking(what, () => client.index(standingOf(uid)).getDocument(standingId));
      const found = await orNull('index_not_found', () => orNull('document_not_found', read));
      return found === null ? null : checked(StandingAnswer, found, what).settings;
    },
    async noteFilled(uid) {
      await createBare(standingOf(uid));
      const note = { id: standingId, settings: settingsVersion, filledAt: new Date().toISOString() };
      await tasks.done(`note how ${uid} stands`, () =>
        client.index(standingOf(uid)).addDocuments([note], { primaryKey: 'id' }),
      );
    },
    async noteUnfilled(uid) {
      await orNull('index_not_found', () =>
        tasks.done(`note that ${uid} is to be filled`, () =>
          client.index(standingOf(uid)).deleteDocument(standingId),
        ),
      );
    },
  };
}
