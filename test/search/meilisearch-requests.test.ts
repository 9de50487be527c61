import type { Config } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createMeilisearchIndex,
  type MeilisearchIndexOptions,
} from '../../search/meilisearch/meilisearch-index.js';
import { indexSettings, settingsVersion } from '../../search/meilisearch/settings.js';
import type { SearchQuery } from '../../search/search-index.js';
import { claimDocument, desk, districtOf, factDocument } from '../contracts/search-documents.js';

interface Sent {
  method: string;
  path: string;
  body?: unknown;
}

let sent: Sent[];
/** Answers that differ from the usual ones, by method and path. */
let answers: Record<string, (body: never) => unknown>;
let authorizations: Set<string | null>;

beforeEach(() => {
  sent = [];
  answers = {};
  authorizations = new Set();
});

function refusal(status: number, code: string): never {
  throw new MeilisearchApiError(new Response(null, { status }), { message: code, code, type: '', link: '' });
}

const noHits = { hits: [], estimatedTotalHits: 0, facetsByIndex: {} };

/** What a server without any index answers. */
function usual(method: string, path: string, body: unknown): unknown {
  if (path.startsWith('/tasks/')) return { status: 'succeeded', error: null };
  if (path === '/multi-search') {
    const { federation, queries } = body as { federation?: unknown; queries: unknown[] };
    return federation === undefined ? { results: queries.map(() => noHits) } : noHits;
  }
  if (path.endsWith('/stats')) return { numberOfDocuments: 0 };
  if (method !== 'GET') return { taskUid: sent.length };
  if (path === '/indexes') return { results: [] };
  return refusal(404, path.startsWith('/keys/') ? 'api_key_not_found' : 'index_not_found');
}

const httpClient: NonNullable<Config['httpClient']> = async (input, init) => {
  const { pathname, search } = new URL(String(input));
  const [method, path] = [init?.method ?? 'GET', pathname + search];
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
  authorizations.add(new Headers(init?.headers).get('authorization'));
  sent.push({ method, path, ...(body !== undefined && { body }) });
  const answer = answers[`${method} ${path}`];
  return answer ? answer(body as never) : usual(method, path, body);
};

function open(more: Partial<MeilisearchIndexOptions> = {}) {
  return createMeilisearchIndex({ url: 'http://meili:7700', key: null, prefix: 'p', httpClient, ...more });
}

/** Requests but for those that look after tasks, or whether something is there. */
const acts = () => sent.filter(({ method }) => method !== 'GET');
const federated = () => sent.flatMap(({ path, body }) => (path === '/multi-search' ? [body] : []));

const deskFilter = '(restricted = false OR ownerPath IN ["state"])';

describe('what is sent to Meilisearch', () => {
  it('makes an index with its settings before the first document', async () => {
    await open().upsert([factDocument('a', 'बिजली का बिल 2024')]);
    expect(acts()).toEqual([
      { method: 'POST', path: '/indexes', body: { uid: 'p_documents', primaryKey: 'id' } },
      { method: 'PATCH', path: '/indexes/p_documents/settings', body: indexSettings },
      { method: 'POST', path: '/indexes/p_documents/documents?primaryKey=id', body: [expect.anything()] },
    ]);
    expect(indexSettings).toMatchObject({
      searchableAttributes: ['words', 'stems', 'keys', 'skeletons', 'meanings'],
      rankingRules: ['sort', 'words', 'typo', 'length:asc', 'date:desc', 'id:asc'],
      typoTolerance: { disableOnNumbers: true },
      pagination: { maxTotalHits: 10_000_000 },
      searchCutoffMs: 1_500,
    });
  });

  it('sends a document as words our analyser made, with what it is filtered by', async () => {
    const document = claimDocument('x:1', 'Bijli ka bill 2024 महँगा', {
      ownerPath: ['district-a', 'state'],
      restricted: true,
      date: '2026-02-03',
      topic: 'power & water',
      places: ['district-a'],
      mediaKinds: ['image'],
      texts: [{ language: 'hi', headline: 'बिजली', body: '' }],
    });
    await open().upsert([document]);
    const body = acts().at(-1)?.body as Record<string, unknown>[];
    expect(body).toEqual([
      {
        id: 'claim_3a_x_3a_1',
        words: 'bijli bill 2024 महंगा बिजली',
        stems: 'bijli bill 2024 महंग बिजल',
        keys: 'bijli bil 2024 mahanga',
        skeletons: expect.stringContaining('bjl'),
        meanings: expect.stringMatching(/^m\d+( m\d+)*$/),
        restricted: true,
        ownerPath: ['district-a', 'state'],
        releasedUnits: [],
        kind: 'claim',
        verdict: null,
        authenticity: null,
        languages: ['hi'],
        topic: 'power%20;%26;%20;water',
        places: ['district-a'],
        mediaKinds: ['image'],
        day: 20_260_203,
        length: 3,
        date: '2026-02-03',
        source: JSON.stringify(document),
        terms: expect.stringContaining('["bijli",1]'),
      },
    ]);
  });

  it('splits many or large documents into portions, and waits for each', async () => {
    const large = 'क ख '.repeat(120_000);
    await open().upsert([
      factDocument('a', 'नहर', { claimTexts: [large] }),
      ...Array.from({ length: 1_500 }, (_, at) => factDocument(`n${at}`, 'नहर')),
    ]);
    const portions = acts().filter(({ path }) => path.includes('/documents'));
    const sizes = portions.map(({ body }) => (body as unknown[]).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_501);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...portions.map(({ body }) => JSON.stringify(body).length))).toBeLessThan(9_000_000);
    const waits = sent.filter(({ path }) => path.startsWith('/tasks/'));
    expect(waits).toHaveLength(2 + portions.length);
  });

  it('removes by id', async () => {
    answers['GET /indexes/p_documents'] = () => ({ uid: 'p_documents', createdAt: 'then' });
    await open().remove(['fact:a', 'claim:b']);
    expect(acts()).toEqual([
      {
        method: 'POST',
        path: '/indexes/p_documents/documents/delete-batch',
        body: ['fact_3a_a', 'claim_3a_b'],
      },
    ]);
  });

  it('rebuilds in another index, swaps the two and deletes the old content', async () => {
    answers['GET /indexes/p_documents'] = () => ({ uid: 'p_documents', createdAt: 'then' });
    answers['GET /indexes?limit=1000'] = () => ({ results: [{ uid: 'p_documents' }, { uid: 'p_next_old' }] });
    const index = open();
    async function* documents() {
      yield [factDocument('a', 'नहर')];
      await index.remove(['fact:gone']);
      yield [factDocument('b', 'पुल')];
    }
    const next = /^p_next_[0-9a-f]{8}$/;
    let uid = '';
    answers['POST /indexes'] = ({ uid: made }: { uid: string }) => {
      if (next.test(made)) {
        uid = made;
        answers[`GET /indexes/${made}`] = () => ({ uid: made, createdAt: 'now' });
      }
      return { taskUid: 1 };
    };
    await index.rebuild(documents());
    expect(uid).toMatch(next);
    const document = (id: string) => expect.objectContaining({ id });
    expect(acts()).toEqual([
      { method: 'DELETE', path: '/indexes/p_next_old' },
      { method: 'POST', path: '/indexes', body: { uid, primaryKey: 'id' } },
      { method: 'PATCH', path: `/indexes/${uid}/settings`, body: indexSettings },
      { method: 'POST', path: `/indexes/${uid}/documents?primaryKey=id`, body: [document('fact_3a_a')] },
      { method: 'POST', path: '/indexes/p_documents/documents/delete-batch', body: ['fact_3a_gone'] },
      { method: 'POST', path: `/indexes/${uid}/documents?primaryKey=id`, body: [document('fact_3a_b')] },
      { method: 'POST', path: `/indexes/${uid}/documents/delete-batch`, body: ['fact_3a_gone'] },
      { method: 'DELETE', path: '/indexes/p_documents_standing/documents/content' },
      { method: 'POST', path: '/swap-indexes', body: [{ indexes: ['p_documents', uid], rename: false }] },
      { method: 'POST', path: '/indexes', body: { uid: 'p_documents_standing', primaryKey: 'id' } },
      {
        method: 'POST',
        path: '/indexes/p_documents_standing/documents?primaryKey=id',
        body: [{ id: 'content', settings: settingsVersion, filledAt: expect.any(String) }],
      },
      { method: 'DELETE', path: `/indexes/${uid}` },
    ]);
  });

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

describe('the key', () => {
  const keyPath = /^\/keys\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

  it('is narrowed once to what the program does with its own indexes', async () => {
    answers['POST /keys'] = () => ({ key: 'narrow' });
    answers['GET /indexes/p_documents'] = () => ({ uid: 'p_documents', createdAt: 'then' });
    const index = open({ key: 'master' });
    await index.remove(['fact:a']);
    await index.search({ text: 'नहर', audience: desk });
    const [looked, made, ...rest] = sent;
    expect(looked).toMatchObject({ method: 'GET', path: expect.stringMatching(keyPath) });
    expect(made).toEqual({
      method: 'POST',
      path: '/keys',
      body: {
        uid: looked?.path.slice('/keys/'.length),
        name: 'Tathya p',
        description: 'Search and its upkeep, for the indexes p* alone',
        actions: [
          'search',
          'documents.add',
          'documents.get',
          'documents.delete',
          'indexes.create',
          'indexes.get',
          'indexes.delete',
          'indexes.swap',
          'settings.update',
          'stats.get',
          'tasks.get',
        ],
        indexes: ['p*'],
        expiresAt: null,
      },
    });
    expect(rest.filter(({ path }) => path.startsWith('/keys'))).toEqual([]);
    expect([...authorizations]).toEqual(['Bearer master', 'Bearer narrow']);
  });

  it.each(['invalid_api_key', 'missing_master_key'])(
    'is taken as it is when the server says %s',
    async (code) => {
      const client: typeof httpClient = async (input, init) =>
        String(input).includes('/keys/') ? refusal(403, code) : httpClient(input, init);
      await open({ key: 'narrow already', httpClient: client }).search({ text: '', audience: desk });
      expect([...authorizations]).toEqual(['Bearer narrow already']);
    },
  );
});
