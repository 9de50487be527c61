import { beforeEach, describe, expect, it } from 'vitest';
import { createLoanWords } from '../../search/analyser/loan-words.js';
import type { SearchQuery } from '../../search/search-index.js';
import { desk, districtOf, factDocument } from '../contracts/search-documents.js';
import { createSeam, noHits, type Seam } from './meilisearch-seam.js';

let seam: Seam;
let answers: Seam['answers'];
beforeEach(() => {
  seam = createSeam();
  ({ answers } = seam);
});
const open = (more?: Parameters<Seam['open']>[0]) => seam.open(more);
const acts = () => seam.acts();
const federated = () => seam.multiSearches();

const deskFilter = '(restricted = false OR ownerPath IN ["state"])';

describe('what is asked of Meilisearch', () => {
  it('asks for the typed words in every way of writing them, in one federated search', async () => {
    await open().search({ text: 'नहर टूटी', audience: desk });
    const way = (q: string, attributesToSearchOn: string[], weight: number) => ({
      indexUid: 'p_documents',
      q,
      filter: deskFilter,
      attributesToRetrieve: ['source'],
      attributesToSearchOn,
      matchingStrategy: 'all',
      federationOptions: { weight },
    });
    expect(federated()[0]).toEqual({
      federation: {
        offset: 0,
        limit: 20,
        facetsByIndex: {
          p_documents: ['kind', 'verdict', 'authenticity', 'languages', 'topic', 'places', 'mediaKinds'],
        },
      },
      queries: [
        way('नहर टूटी ', ['words', 'stems'], 1),
        way('नहर टूट ', ['stems'], 0.98),
        way('नहर टूटी', ['words', 'stems'], 0.95),
        way('nahar tuti ', ['keys'], 0.9),
        way('nahar टूटी', ['keys', 'words'], 0.85),
        way('nahar tuti', ['keys'], 0.8),
      ],
    });
    // Nothing has both: then whatever has one of them, as it is written.
    expect(federated()).toHaveLength(2);
    const { queries } = federated()[1] as { queries: { q: string; attributesToSearchOn: string[] }[] };
    expect(queries.map(({ q, attributesToSearchOn }) => `${q} in ${attributesToSearchOn}`)).toEqual([
      '"नहर" in stems',
      '"nahar" in keys',
      '"टूट" in stems',
      '"tuti" in keys',
      'टूटी in words',
    ]);
  });

  it('asks for a loan word by what its spellings share', async () => {
    await open().search({ text: 'नहर school', audience: desk });
    const { queries } = federated()[0] as { queries: { q: string; attributesToSearchOn: string[] }[] };
    const shared = queries.filter(({ attributesToSearchOn }) => attributesToSearchOn.includes('meanings'));
    expect(shared.map(({ q }) => q)).toEqual([expect.stringMatching(/^nahar ml\w{1,2} $/)]);
    expect(shared[0]?.attributesToSearchOn).toEqual(['keys', 'meanings']);
  });

  it('asks for the loan words that the last one may be the beginning of', async () => {
    const { markOf } = createLoanWords();
    await open().search({ text: 'school elec', audience: desk });
    const { queries } = federated()[0] as { queries: { q: string }[] };
    const shared = ['school', 'election'].map((word) => markOf(word)?.replace('=', 'm')).join(' ');
    expect(queries.map(({ q }) => q)).toContain(`${shared} `);
  });

  it('does not look for some of the words where a filter alone left nothing', async () => {
    answers['POST /multi-search'] = ({ queries }: { queries: { filter: string }[] }) =>
      queries[0]?.filter === deskFilter ? { ...noHits, estimatedTotalHits: 3 } : noHits;
    const { total } = await open().search({ text: 'नहर टूटी', audience: desk, verdicts: ['true'] });
    expect(total).toBe(0);
    expect(federated()).toHaveLength(3);
  });

  it('counts each facet that is filtered by without its own filter, and the others with all', async () => {
    const query: SearchQuery = {
      text: '',
      audience: desk,
      kinds: ['fact'],
      verdicts: ['true', 'false'],
      languages: ['hi'],
      topics: ['a b'],
      places: ['d-1'],
      mediaKinds: ['image'],
      from: '2026-01-01',
      to: '2026-01-31',
      offset: 40,
      limit: 10,
    };
    await open().search(query);
    const parts = {
      kind: '(kind IN ["fact"])',
      verdict: '(verdict IN ["true", "false"])',
      languages: '(languages IN ["hi"])',
      topic: '(topic IN ["a%20;b"])',
      places: '(places IN ["d-1"])',
      mediaKinds: '(mediaKinds IN ["image"])',
      from: '(day >= 20260101)',
      to: '(day <= 20260131)',
    };
    const filterWithout = (left?: string) =>
      [deskFilter, ...Object.entries(parts).flatMap(([name, part]) => (name === left ? [] : [part]))].join(
        ' AND ',
      );
    const asked = (filter: string, federation: object, more: object = {}) => ({
      federation,
      queries: [
        {
          indexUid: 'p_documents',
          q: '',
          filter,
          attributesToRetrieve: ['source'],
          ...more,
          federationOptions: { weight: 1 },
        },
      ],
    });
    expect(federated()).toEqual([
      asked(
        filterWithout(),
        { offset: 40, limit: 10, facetsByIndex: { p_documents: ['authenticity'] } },
        { sort: ['date:desc', 'id:asc'] },
      ),
      asked(filterWithout(), { offset: 0, limit: 1 }),
      ...['kind', 'verdict', 'languages', 'topic', 'places', 'mediaKinds'].map((name) =>
        asked(filterWithout(name), { offset: 0, limit: 0, facetsByIndex: { p_documents: [name] } }),
      ),
    ]);
  });

  it('reads hits and counts as they are documented', async () => {
    const [a, b] = [factDocument('a', 'किसान मेला', { topic: 'a b' }), factDocument('b', 'kisan mela')];
    answers['POST /multi-search'] = () => ({
      hits: [
        {
          source: JSON.stringify(a),
          _federation: { indexUid: 'p_documents', queriesPosition: 0, weightedRankingScore: 0.8 },
        },
        {
          source: JSON.stringify(b),
          _federation: { indexUid: 'p_documents', queriesPosition: 3, weightedRankingScore: 0.6 },
        },
      ],
      processingTimeMs: 1,
      limit: 20,
      offset: 0,
      estimatedTotalHits: 2,
      facetsByIndex: {
        p_documents: {
          distribution: { kind: { fact: 2 }, verdict: { false: 2 }, topic: { 'a%20;b': 1 } },
          stats: {},
        },
      },
    });
    expect(await open().search({ text: 'किसान', audience: desk })).toEqual({
      hits: [
        { id: 'fact:a', kind: 'fact', objectId: 'a', clusterId: 'cluster-a', score: 1, matched: ['किसान'] },
        {
          id: 'fact:b',
          kind: 'fact',
          objectId: 'b',
          clusterId: 'cluster-b',
          score: 0.6 / 0.8,
          matched: ['kisan'],
        },
      ],
      total: 2,
      facets: {
        kinds: { fact: 2 },
        verdicts: { false: 2 },
        authenticities: {},
        languages: {},
        topics: { 'a b': 1 },
        places: {},
        mediaKinds: {},
      },
    });
  });

  it('asks for a forward by its words one by one: first how many have them, then who, then what they are', async () => {
    const released = { releasedUnits: ['d'] };
    const [a, b] = [factDocument('a', 'टोल बंद', released), factDocument('b', 'टोल', released)];
    answers['POST /multi-search'] = ({ queries }: { queries: { q: string; limit: number }[] }) => ({
      results: queries.map(({ q, limit }) => {
        if (limit === 0)
          return {
            hits: [],
            estimatedTotalHits: q === '' ? 500 : q === '"tol"' ? 80 : q === '"band"' ? 70 : 0,
          };
        return {
          hits: [{ id: 'fact_3a_a' }, ...(q === '"tol"' ? [{ id: 'fact_3a_b' }] : [])],
          estimatedTotalHits: 80,
        };
      }),
    });
    answers['POST /indexes/p_documents/search'] = () => ({
      hits: [a, b].map((document) => ({
        source: JSON.stringify(document),
        terms: JSON.stringify(document.texts[0]?.headline.split(' ').map((word) => [word, 1])),
      })),
      estimatedTotalHits: 2,
    });
    const query = {
      text: 'टोल बंद',
      audience: districtOf('d'),
      kinds: ['fact' as const],
      excludeIds: ['fact:c'],
    };
    const found = await open().candidates(query);
    expect(found.map(({ id, passages }) => ({ id, passages }))).toEqual([
      { id: 'fact:a', passages: ['टोल बंद'] },
      { id: 'fact:b', passages: ['टोल'] },
    ]);
    const audience = '(kind IN ["fact"] AND releasedUnits IN ["d", "state"])';
    const filter = `${audience} AND (kind IN ["fact"]) AND (NOT id IN ["fact_3a_c"])`;
    const one = (q: string, attribute: string, more: object) => ({
      indexUid: 'p_documents',
      q,
      attributesToSearchOn: [attribute],
      matchingStrategy: 'all',
      filter,
      ...more,
    });
    const counted = { limit: 0, attributesToRetrieve: [] };
    const [counts, who, ...rest] = acts();
    expect(counts?.body).toEqual({
      queries: expect.arrayContaining([
        { indexUid: 'p_documents', q: '', filter, ...counted },
        one('"टोल"', 'stems', counted),
        one('"tol"', 'keys', counted),
        one('"बंद"', 'stems', counted),
        one('"band"', 'keys', counted),
        one('"bnd"', 'skeletons', counted),
      ]),
    });
    const wanted = { limit: 60, attributesToRetrieve: ['id'] };
    expect(who?.body).toEqual({
      queries: [
        one('"band"', 'keys', wanted),
        one('"tol"', 'keys', wanted),
        one('"band" "tol"', 'keys', wanted),
      ],
    });
    expect(rest).toEqual([
      {
        method: 'POST',
        path: '/indexes/p_documents/search',
        body: {
          q: '',
          filter: `${audience} AND (id IN ["fact_3a_a", "fact_3a_b"])`,
          limit: 2,
          attributesToRetrieve: ['source', 'terms'],
        },
      },
    ]);
  });

  it('sends no search without its audience, and no value that could end one', async () => {
    const evil = '"] OR restricted = true OR kind IN ["x';
    const audience = { desk: true, units: [evil], releasedTo: [] };
    const index = open();
    await index.search({ text: 'नहर', audience, topics: [evil], languages: [evil] });
    await index.search({ text: '', audience: { ...audience, desk: false, releasedTo: [evil] } });
    await index.candidates({ text: 'नहर टूटी', audience, excludeIds: [evil] });
    const filters = acts().flatMap(({ body }) =>
      (body as { queries: { filter: string }[] }).queries.map(({ filter }) => filter),
    );
    expect(filters.length).toBeGreaterThan(10);
    for (const filter of filters) {
      expect(filter).toMatch(
        /^\((restricted = false OR ownerPath IN \["[^"]+"\]|kind IN \["fact"\] AND releasedUnits IN \["[^"]+"\])\)/,
      );
      expect(filter).not.toContain('restricted = true');
      expect(filter.match(/"/g)?.length).toBe((filter.match(/"[%;\p{L}\p{N}_-]*"/gu)?.length ?? 0) * 2);
    }
    expect(
      (await index.search({ text: '', audience: { desk: false, units: [], releasedTo: [] } })).total,
    ).toBe(0);
    expect(acts().at(-1)?.body).toMatchObject({
      queries: [{ filter: '(kind IN ["fact"] AND releasedUnits IN [])' }],
    });
  });
});
