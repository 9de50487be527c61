import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MultiSearchQuery } from 'meilisearch';
import type { AskedWord } from '../analyser/analyser.js';
import { bestCandidates, candidateCharacters } from '../embedded/candidates.js';
import { createCollection } from '../embedded/collection.js';
import { rarity } from '../embedded/expand.js';
import type { TermStatistics } from '../embedded/statistics.js';
import type { Candidate, CandidateQuery } from '../search-index.js';
import { checked, SearchAnswers, SourceAnswer } from './answers.js';
import { fromMeilisearch, meaningToken } from './document.js';
import { type AudienceFilter, anyOf, candidateFilter, filterFor } from './filter.js';
import type { Asking } from './search.js';
import type { Searchable } from './settings.js';
import { asking } from './trouble.js';
import { exact } from './ways.js';

/** Words of a forward that are counted, the longest first: long words tell more than short ones. */
const mostCounted = 64;
/** The rarest of them are searched for one by one, and each brings so many documents. */
const mostSearched = 16;
const documentsPerWord = 60;
/** Two common words together say more than each alone: pairs of so many of them. */
const mostPaired = 6;
/** Skeletons of words that no document has. */
const mostGuessed = 4;
const shortestSkeleton = 3;
/** Documents whose words are fetched and scored. */
const mostScored = 160;
const rarePower = 1.3;
const sliceMs = 8;

/** A word of the forward as one thing to search for, with how many documents have it. */
interface Term {
  attribute: Searchable;
  token: string;
  holding: number;
}

/**
 * The documents most like a forward. Meilisearch looks at ten words of a query and ranks by other rules, so it is
 * asked for the telling words one by one; what that brings is scored here, as the embedded engine would, with
 * Meilisearch's counts of the words.
 */
export async function candidates(asked: Asking, query: CandidateQuery): Promise<Candidate[]> {
  const { analyser } = asked;
  const words = analyser
    .askedWords(query.text.slice(0, candidateCharacters))
    .filter(({ word }) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return [];
  const filter = candidateFilter(query);
  const counts = await count(asked, words, filter);
  const found = await gather(asked, counts.terms, counts.documents, filter);
  if (found.length === 0) return [];
  const collection = createCollection({ analyser, statistics: counts });
  let started = performance.now();
  for (const { document, words: terms } of await fetchDocuments(asked, query, found)) {
    collection.put(document, terms);
    if (performance.now() - started > sliceMs) {
      await nextTurn();
      started = performance.now();
    }
  }
  return bestCandidates(collection, analyser, query);
}

interface Counted extends TermStatistics {
  terms: Term[];
}

/** How many visible documents have each word, by stem and by sound: the statistics both engines score with. */
async function count(asked: Asking, words: AskedWord[], filter: AudienceFilter): Promise<Counted> {
  const { analyser } = asked;
  const looked = [...words].sort((a, b) => b.word.length - a.word.length).slice(0, mostCounted);
  const featured = looked.map(({ word, meanings }) => ({ word, meanings, ...analyser.features(word) }));
  const wanted = new Map<string, Omit<Term, 'holding'>>();
  const want = (attribute: Searchable, token: string) => {
    if (token !== '') wanted.set(`${attribute} ${token}`, { attribute, token });
  };
  for (const { word, stem, key, skeleton, meanings } of featured) {
    want('stems', stem);
    want('keys', key || word);
    if (skeleton.length >= shortestSkeleton) want('skeletons', skeleton);
    for (const meaning of meanings) want('meanings', meaningToken(meaning));
  }
  const tokens = [...wanted.values()];
  const [everything, ...counted] = await multiSearch(asked, [
    { q: '', filter, limit: 0 },
    ...tokens.map(({ attribute, token }) => ({ ...one(attribute, token), filter, limit: 0 })),
  ]);
  const holding = new Map(
    tokens.map(({ attribute, token }, at) => [`${attribute} ${token}`, counted[at]?.estimatedTotalHits ?? 0]),
  );
  const term = (attribute: Searchable, token: string): Term => ({
    attribute,
    token,
    holding: holding.get(`${attribute} ${token}`) ?? 0,
  });
  const terms = featured.flatMap(({ word, stem, key, skeleton, meanings }) => {
    const [bySound, byStem] = [term('keys', key || word), term('stems', stem)];
    const known = bySound.holding > 0 ? bySound : byStem;
    return [
      known.holding > 0 ? known : term('skeletons', skeleton),
      ...meanings.map((meaning) => term('meanings', meaningToken(meaning))),
    ].filter(({ holding: documents }) => documents > 0);
  });
  return {
    terms,
    documents: Math.max(1, everything?.estimatedTotalHits ?? 0),
    withStem: (stem) => holding.get(`stems ${stem}`),
    withKey: (key) => holding.get(`keys ${key}`),
    withSkeleton: (skeleton) => holding.get(`skeletons ${skeleton}`),
  };
}

/** Ids of the documents that have most of the telling words, best first. */
async function gather(
  asked: Asking,
  terms: Term[],
  documents: number,
  filter: AudienceFilter,
): Promise<string[]> {
  const rarest = [...terms].sort((a, b) => a.holding - b.holding);
  const known = rarest.filter(({ attribute }) => attribute !== 'skeletons').slice(0, mostSearched);
  const guessed = rarest.filter(({ attribute }) => attribute === 'skeletons').slice(0, mostGuessed);
  const common = known.filter(({ attribute, holding }) => attribute === 'keys' && holding > documentsPerWord);
  const paired = common.slice(0, mostPaired);
  const groups = [
    ...[...known, ...guessed].map((term) => [term]),
    ...paired.flatMap((first, at) => paired.slice(at + 1).map((second) => [first, second])),
  ];
  const answers = await multiSearch(
    asked,
    groups.map((group) => ({
      ...one(group[0]?.attribute ?? 'keys', ...group.map(({ token }) => token)),
      filter,
      limit: documentsPerWord,
      attributesToRetrieve: ['id'],
    })),
  );
  const met = new Map<string, Set<Term>>();
  for (const [at, { hits }] of answers.entries()) {
    for (const { id } of hits) {
      const terms = met.get(id) ?? new Set();
      for (const term of groups[at] ?? []) terms.add(term);
      met.set(id, terms);
    }
  }
  const weight = (terms: Set<Term>) =>
    [...terms].reduce((sum, { holding }) => sum + rarity(documents, holding, rarePower), 0);
  return [...met]
    .map(([id, terms]) => ({ id, weight: weight(terms) }))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, mostScored)
    .map(({ id }) => id);
}

async function fetchDocuments(asked: Asking, query: CandidateQuery, ids: string[]) {
  const what = 'fetch candidates';
  // Asked with the audience once more: no document is read without it.
  const filter = filterFor(query.audience, anyOf('id', ids));
  const { hits } = checked(
    SourceAnswer,
    await asking(what, () =>
      asked.client.index(asked.indexUid).search('', {
        filter,
        limit: ids.length,
        attributesToRetrieve: ['source', 'terms'],
      }),
    ),
    what,
  );
  return hits.map(fromMeilisearch);
}

function one(attribute: Searchable, ...tokens: string[]) {
  const { q, attributesToSearchOn } = exact(tokens, [attribute]);
  return { q, attributesToSearchOn, matchingStrategy: 'all' as const };
}

async function multiSearch({ client, indexUid }: Asking, queries: Omit<MultiSearchQuery, 'indexUid'>[]) {
  if (queries.length === 0) return [];
  const what = 'look for the words of a forward';
  const request = { queries: queries.map((query) => ({ indexUid, attributesToRetrieve: [], ...query })) };
  const { results } = checked(SearchAnswers, await asking(what, () => client.multiSearch(request)), what);
  return results;
}
