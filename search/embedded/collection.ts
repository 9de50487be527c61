import MiniSearch, { type Query } from 'minisearch';
import { romanKey } from '../analyser/romanise.js';
import { tokenise } from '../analyser/tokenise.js';
import type { IndexDocument } from '../search-index.js';

export interface Found {
  document: IndexDocument;
  score: number;
  /** Index terms that matched, for `ownWords`. */
  terms: string[];
}

/** Documents with their words indexed; knows nothing of who may see what. */
export interface Collection {
  size(): number;
  all(): IndexDocument[];
  put(document: IndexDocument): void;
  drop(id: string): void;
  /** Matching documents that the filter lets through, best first; equal ones newest first. */
  find(query: Query, filter: (document: IndexDocument) => boolean): Found[];
}

export function createCollection(): Collection {
  const documents = new Map<string, IndexDocument>();
  const index = new MiniSearch<IndexDocument>({
    fields: ['headline', 'body', 'claimTexts'],
    extractField: fieldText,
    tokenize: (text) => tokenise(text).map(({ word }) => word),
    processTerm: termsOf,
    searchOptions: { boost: { headline: 2, claimTexts: 1.5 } },
  });

  function drop(id: string): void {
    if (documents.delete(id)) index.discard(id);
  }

  return {
    size: () => documents.size,
    all: () => [...documents.values()],
    put(document) {
      drop(document.id);
      index.add(document);
      documents.set(document.id, document);
    },
    drop,
    find(query, filter) {
      const found: Found[] = [];
      for (const { id, score, terms } of index.search(query)) {
        const document = documents.get(String(id));
        if (document && filter(document)) found.push({ document, score, terms });
      }
      return found.sort((a, b) => b.score - a.score || newestFirst(a.document, b.document));
    },
  };
}

/** A total order, so that pages neither repeat nor lose a document. */
export function newestFirst(a: IndexDocument, b: IndexDocument): number {
  return b.date.localeCompare(a.date) || a.id.localeCompare(b.id);
}

/** A word is indexed as itself and under the key where scripts meet. */
export function termsOf(word: string): string[] {
  const key = romanKey(word);
  return key === '' ? [word] : [word, keyTerm(key)];
}

/** Three signs no word contains: more than the two edits by which a typo could turn a word into a key. */
export function keyTerm(key: string): string {
  return `~~~${key}`;
}

/** The document's own words behind the matched terms, as written there. */
export function ownWords({ document, terms }: Found, limit = 40): string[] {
  const matched = new Set(terms);
  const words = new Set<string>();
  for (const passage of passagesOf(document)) {
    for (const { original, word } of tokenise(passage)) {
      if (words.size >= limit) return [...words];
      if (termsOf(word).some((term) => matched.has(term))) words.add(original);
    }
  }
  return [...words];
}

export function passagesOf(document: IndexDocument): string[] {
  const texts = document.texts.flatMap(({ headline, body }) => [headline, body]);
  return [...new Set([...document.claimTexts, ...texts])].filter((passage) => passage !== '');
}

function fieldText(document: IndexDocument, field: string): string {
  if (field === 'id') return document.id;
  if (field === 'claimTexts') return document.claimTexts.join('\n');
  return document.texts.map((text) => (field === 'headline' ? text.headline : text.body)).join('\n');
}
