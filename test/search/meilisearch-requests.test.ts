import { beforeEach, describe, expect, it } from 'vitest';
import { indexSettings, settingsVersion } from '../../search/meilisearch/settings.js';
import { claimDocument, desk, factDocument } from '../contracts/search-documents.js';
import { createSeam, refusal, type Seam } from './meilisearch-seam.js';

let seam: Seam;
let answers: Seam['answers'];
beforeEach(() => {
  seam = createSeam();
  ({ answers } = seam);
});
const open = (more?: Parameters<Seam['open']>[0]) => seam.open(more);
const acts = () => seam.acts();

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
        // Of the lexicon, and one of a loan word.
        meanings: expect.stringMatching(/^m\d+( m\d+)* ml\w{1,2}( m\d+)*$/),
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
    const waits = seam.sent.filter(({ path }) => path.startsWith('/tasks/'));
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
});

describe('the key', () => {
  const keyPath = /^\/keys\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

  it('is narrowed once to what the program does with its own indexes', async () => {
    answers['POST /keys'] = () => ({ key: 'narrow' });
    answers['GET /indexes/p_documents'] = () => ({ uid: 'p_documents', createdAt: 'then' });
    const index = open({ key: 'master' });
    await index.remove(['fact:a']);
    await index.search({ text: 'नहर', audience: desk });
    const [looked, made, ...rest] = seam.sent;
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
    expect([...seam.authorizations]).toEqual(['Bearer master', 'Bearer narrow']);
  });

  it.each(['invalid_api_key', 'missing_master_key'])(
    'is taken as it is when the server says %s',
    async (code) => {
      const client: Seam['httpClient'] = async (input, init) =>
        String(input).includes('/keys/') ? refusal(403, code) : seam.httpClient(input, init);
      await open({ key: 'narrow already', httpClient: client }).search({ text: '', audience: desk });
      expect([...seam.authorizations]).toEqual(['Bearer narrow already']);
    },
  );
});
