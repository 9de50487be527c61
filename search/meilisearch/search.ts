import type { FederatedMultiSearchParams, Meilisearch } from 'meilisearch';
import type { Analyser } from '../analyser/analyser.js';
import { createCollection } from '../embedded/collection.js';
import { typedMix } from '../embedded/mix.js';
import { toHit, within, wordsToMark } from '../embedded/page.js';
import type { TermStatistics } from '../embedded/statistics.js';
import { noFacets, type SearchQuery, type SearchResult } from '../search-index.js';
import { checked, FederatedAnswer } from './answers.js';
import { fromMeilisearch } from './document.js';
import {
  type AudienceFilter,
  type FacetName,
  facetAttributes,
  filterFor,
  filtersOf,
  unplain,
} from './filter.js';
import { asking } from './trouble.js';
import { typedWords, type Way, waysWithAll, waysWithSome } from './ways.js';

const searchCharacters = 1_000;
/** Meilisearch looks at ten words of a query and forgets the rest. */
const mostWords = 10;
const mostWordsOfSome = 8;
const deepest = 200;
const facetNames = Object.keys(facetAttributes) as FacetName[];

export interface Asking {
  client: Meilisearch;
  indexUid: string;
  analyser: Analyser;
}

interface Page {
  sort: string[] | null;
  offset: number;
  limit: number;
  facets: FacetName[];
}

/** The documents of one page are too few to say which words are rare. */
const evenly: TermStatistics = {
  documents: 1_000_000,
  withStem: () => 1_000,
  withKey: () => 1_000,
  withSkeleton: () => 1_000,
};

const nothing: Omit<Page, 'facets'> = { sort: null, offset: 0, limit: 0 };
const newestFirst = ['date:desc', 'id:asc'];

/** What a person types, answered by Meilisearch: every way of writing it in one federated search. */
export async function search(asked: Asking, query: SearchQuery): Promise<SearchResult> {
  const { analyser } = asked;
  const text = query.text.slice(0, searchCharacters);
  const words = analyser.askedWords(text).filter(({ word }) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) {
    if (query.text.trim() !== '') return { hits: [], total: 0, facets: noFacets() };
    return answer(asked, { ...query, sort: 'newest' }, [{ q: '', attributesToSearchOn: [], weight: 1 }]);
  }
  const typed = typedWords(words.slice(0, mostWords), analyser);
  const all = waysWithAll(typed);
  const found = await answer(asked, query, all);
  if (found.total > 0) return found;
  // Whether some document has every word is asked without the filters: they narrow what was found, not how.
  const narrowed = filtersOf(query).some((part) => part !== null);
  if (
    narrowed &&
    (await federated(asked, all, filterFor(query.audience), { ...nothing, facets: [] })).total > 0
  )
    return found;
  const some = waysWithSome(typed.slice(0, mostWordsOfSome));
  return some.length === 0 ? found : answer(asked, query, some);
}

async function answer(asked: Asking, query: SearchQuery, ways: Way[]): Promise<SearchResult> {
  const { audience } = query;
  const offset = within(query.offset ?? 0, 0, deepest);
  const limit = within(query.limit ?? 20, 1, 100);
  const sort = query.sort === 'newest' ? newestFirst : null;
  const filter = filterFor(audience, ...filtersOf(query));
  const countable = facetNames.filter((name) => name !== 'places' || audience.desk);
  // A facet counts before its own filter; only those that have one need a search of their own.
  const own = countable.filter((name) => filterFor(audience, ...filtersOf(query, name)) !== filter);
  const facets = countable.filter((name) => !own.includes(name));
  const isFirstBest = offset === 0 && sort === null;
  const [page, best, ...counted] = await Promise.all([
    federated(asked, ways, filter, { sort, offset, limit, facets }),
    isFirstBest ? null : federated(asked, ways, filter, { ...nothing, limit: 1, facets: [] }),
    ...own.map((name) =>
      federated(asked, ways, filterFor(audience, ...filtersOf(query, name)), { ...nothing, facets: [name] }),
    ),
  ]);
  const counts = Object.assign({}, ...[page, ...counted].map((each) => each.counts)) as Counts;
  return {
    hits: hitsOf(asked.analyser, query.text, page.found, (best ?? page).found[0]?.score ?? 1),
    total: page.total,
    facets: { ...noFacets(), ...counts },
  };
}

type Counts = Partial<Record<FacetName, Record<string, number>>>;

interface Found {
  found: { source: string; score: number }[];
  total: number;
  counts: Counts;
}

/** One federated search: whoever meets any of the ways is found once, with the best of its scores. */
async function federated(
  { client, indexUid }: Asking,
  ways: Way[],
  filter: AudienceFilter,
  { sort, offset, limit, facets }: Page,
): Promise<Found> {
  const request: FederatedMultiSearchParams = {
    federation: {
      offset,
      limit,
      ...(facets.length > 0 && {
        facetsByIndex: { [indexUid]: facets.map((name) => facetAttributes[name]) },
      }),
    },
    queries: ways.map(({ q, attributesToSearchOn, weight }) => ({
      indexUid,
      q,
      filter,
      attributesToRetrieve: ['source'],
      ...(attributesToSearchOn.length > 0 && { attributesToSearchOn, matchingStrategy: 'all' as const }),
      ...(sort && { sort }),
      federationOptions: { weight },
    })),
  };
  const what = 'search';
  const { hits, estimatedTotalHits, facetsByIndex } = checked(
    FederatedAnswer,
    await asking(what, () => client.multiSearch(request)),
    what,
  );
  const distribution = facetsByIndex?.[indexUid]?.distribution ?? {};
  return {
    found: hits.map(({ source = '', _federation }) => ({ source, score: _federation.weightedRankingScore })),
    total: estimatedTotalHits,
    counts: Object.fromEntries(
      facets.map((name) => [name, readable(distribution[facetAttributes[name]] ?? {})]),
    ),
  };
}

function readable(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([value, count]) => [unplain(value), count]));
}

/** The words to highlight are found as in the embedded engine, in a small collection of what is on the page. */
function hitsOf(analyser: Analyser, text: string, found: Found['found'], best: number): SearchResult['hits'] {
  const collection = createCollection({ analyser, statistics: evenly });
  const documents = found.map(({ source, score }) => ({ ...fromMeilisearch({ source }), score }));
  for (const { document } of documents) collection.put(document);
  const words = analyser.askedWords(text.slice(0, searchCharacters));
  const marked =
    words.length === 0
      ? new Set<string>()
      : wordsToMark(collection, collection.ask({ words, mix: typedMix, unfinished: true, romanised: false }));
  return documents.map(({ document, score }) =>
    toHit(document, analyser, { score: best > 0 ? Math.min(1, score / best) : 1, words: marked }),
  );
}
