import { type Analyser, isMeaning } from '../analyser/analyser.js';
import { type DocumentWords, passagesOf } from '../embedded/collection.js';
import type { IndexDocument } from '../search-index.js';
import { dayNumber, documentId, type facetAttributes, plain } from './filter.js';
import type { Searchable } from './settings.js';
import { MeilisearchTrouble } from './trouble.js';

/** A document as Meilisearch keeps it: what it looks in, what it filters by, and the whole of it as one text. */
export type MeilisearchDocument = Record<Searchable, string> & {
  id: string;
  restricted: boolean;
  ownerPath: string[];
  releasedUnits: string[];
  day: number;
  length: number;
  date: string;
  source: string;
  terms: string;
} & Record<(typeof facetAttributes)[keyof typeof facetAttributes], string | string[] | null>;

export function toMeilisearch(document: IndexDocument, analyser: Analyser): MeilisearchDocument {
  const terms: DocumentWords = [...analyser.indexWords(passagesOf(document))];
  const words = terms.flatMap(([word]) => (isMeaning(word) ? [] : [word]));
  const features = words.map((word) => analyser.features(word));
  const { kind, verdict, authenticity, topic } = document;
  return {
    id: documentId(document.id),
    words: words.join(' '),
    stems: distinct(features.map(({ stem }) => stem)),
    // Numbers, and scripts without a key, stand for themselves.
    keys: distinct(features.map(({ key }, at) => key || (words[at] ?? ''))),
    skeletons: distinct(features.map(({ skeleton }) => skeleton)),
    meanings: distinct(terms.map(([word]) => meaningToken(word))),
    restricted: document.restricted,
    ownerPath: document.ownerPath.map(plain),
    releasedUnits: document.releasedUnits.map(plain),
    kind,
    verdict,
    authenticity,
    languages: [...new Set(document.texts.map(({ language }) => plain(language)))],
    topic: topic === null ? null : plain(topic),
    places: document.places.map(plain),
    mediaKinds: document.mediaKinds.map(plain),
    day: dayNumber(document.date),
    length: lengthOf(terms),
    date: document.date,
    source: JSON.stringify(document),
    terms: JSON.stringify(terms),
  };
}

/** How long it is, in steps that double: among documents about as long, other things decide. */
function lengthOf(terms: DocumentWords): number {
  const words = terms.reduce((sum, [word, times]) => sum + (isMeaning(word) ? 0 : times), 0);
  return Math.round(Math.log2(1 + words));
}

/** A mark of the lexicon as a word; nothing for words that are none. */
export function meaningToken(word: string): string {
  return isMeaning(word) ? `m${word.slice(1)}` : '';
}

/** The document and its words as they went in: nobody else writes to the index. */
export function fromMeilisearch({ source, terms }: { source: string; terms?: string | undefined }): {
  document: IndexDocument;
  words?: DocumentWords;
} {
  try {
    const document = JSON.parse(source) as IndexDocument;
    return terms === undefined ? { document } : { document, words: JSON.parse(terms) as DocumentWords };
  } catch (cause) {
    throw new MeilisearchTrouble('malformed', 'Meilisearch gave a document that was not written by us', {
      cause,
    });
  }
}

function distinct(tokens: string[]): string {
  return [...new Set(tokens)].filter((token) => token !== '').join(' ');
}
