import MiniSearch from 'minisearch';
import sqlite from 'node-sqlite3-wasm';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import type { IndexDocument, SearchAudience, SearchIndex } from '../../search/search-index.js';
import { factDocument } from '../contracts/search-documents.js';
import type { SetFact } from './search-set.js';

/** A search engine as the sets ask it: ids, best first. */
export interface Engine {
  name: string;
  fill(facts: readonly SetFact[]): Promise<void>;
  ask(text: string, options: { typed: boolean; limit: number }): Promise<string[]>;
  close(): void;
}

export const everyone: SearchAudience = { desk: true, units: [], releasedTo: [] };

function asDocument({ id, text, title }: SetFact): IndexDocument {
  const texts = title === undefined ? [] : [{ language: 'en', headline: title, body: '' }];
  return factDocument(id, '', { id, clusterId: id, claimTexts: [text], texts });
}

/** In batches as the database gives them; facts made on the way are never in memory all at once. */
export async function* documentsOf(facts: Iterable<SetFact>): AsyncGenerator<IndexDocument[]> {
  let batch: IndexDocument[] = [];
  for (const fact of facts) {
    batch.push(asDocument(fact));
    if (batch.length < 500) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** The product's own, through its port. */
export function ownEngine(index: SearchIndex = createEmbeddedIndex()): Engine {
  return {
    name: 'own',
    fill: (facts) => index.rebuild(documentsOf(facts)),
    async ask(text, { typed, limit }) {
      if (typed) return (await index.search({ text, audience: everyone, limit })).hits.map(({ id }) => id);
      return (await index.candidates({ text, audience: everyone, limit })).map(({ id }) => id);
    },
    close: () => {},
  };
}

export const words = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

export function miniSearchEngine(): Engine {
  const index = new MiniSearch<SetFact>({ fields: ['text', 'title'], tokenize: words });
  return {
    name: 'minisearch',
    fill: async (facts) => index.addAll([...facts]),
    ask: async (text, { typed, limit }) =>
      index
        .search(text, typed ? { fuzzy: 0.2, prefix: true } : {})
        .slice(0, limit)
        .map(({ id }) => String(id)),
    close: () => {},
  };
}

/** SQLite's full-text index in its best form here: English stems, Indic vowel signs kept inside words. */
export function sqliteEngine(): Engine {
  const database = new sqlite.Database(':memory:');
  const ids: string[] = [];
  return {
    name: 'sqlite-fts5',
    async fill(facts) {
      database.exec(
        `create virtual table facts using fts5(text, tokenize = "porter unicode61 categories 'L* N* Co Mn Mc'")`,
      );
      database.exec('begin');
      const insert = database.prepare('insert into facts(rowid, text) values (?, ?)');
      for (const { id, text, title = '' } of facts) insert.run([ids.push(id), `${title}\n${text}`]);
      insert.finalize();
      database.exec('commit');
    },
    async ask(text, { limit }) {
      const asked = [...new Set(words(text))].map((word) => `"${word}"`).join(' OR ');
      if (asked === '') return [];
      const rows = database.all('select rowid as row from facts where facts match ? order by rank limit ?', [
        asked,
        limit,
      ]);
      return rows.map(({ row }) => ids[Number(row) - 1] ?? '');
    },
    close: () => database.close(),
  };
}
