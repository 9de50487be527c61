import { beforeEach, expect, it } from 'vitest';
import {
  noFacets,
  type SearchFacets,
  type SearchIndex,
  type SearchQuery,
} from '../../search/search-index.js';
import { claimDocument, desk, districtOf, factDocument } from './search-documents.js';

/** Filters, counts and order, which every search engine behind the port must agree in; `index` is a fresh one per test. */
export function facetsContract(index: () => SearchIndex): void {
  const texts = (...languages: string[]) =>
    languages.map((language) => ({ language, headline: language === 'en' ? 'canal' : 'नहर', body: '' }));
  const documents = [
    factDocument('a', '', {
      texts: texts('hi', 'en'),
      verdict: 'false',
      authenticity: 'manipulated',
      topic: 'health',
      places: ['district-a', 'district-b'],
      mediaKinds: ['image', 'video'],
      date: '2026-03-01',
      releasedUnits: ['state'],
    }),
    factDocument('b', '', {
      texts: texts('hi'),
      verdict: 'true',
      authenticity: 'original',
      topic: 'health',
      places: ['district-a'],
      mediaKinds: ['image'],
      date: '2026-03-02',
      releasedUnits: ['state'],
    }),
    factDocument('c', '', {
      texts: texts('en'),
      claimTexts: ['नहर'],
      verdict: 'false',
      topic: 'prices',
      places: ['state'],
      mediaKinds: ['audio'],
      date: '2026-03-03',
    }),
    claimDocument('d', 'नहर', { topic: 'prices', places: ['district-b'], date: '2026-03-04' }),
  ];
  beforeEach(() => index().upsert(documents));

  const ask = (query: Partial<SearchQuery>) => index().search({ text: 'नहर', audience: desk, ...query });
  const found = async (query: Partial<SearchQuery>) =>
    (await ask(query)).hits.map(({ objectId }) => objectId).sort();

  it('count each value of what was found, with words and without', async () => {
    const counts: SearchFacets = {
      kinds: { fact: 3, claim: 1 },
      verdicts: { false: 2, true: 1 },
      authenticities: { manipulated: 1, original: 1 },
      languages: { hi: 2, en: 2 },
      topics: { health: 2, prices: 2 },
      places: { 'district-a': 2, 'district-b': 2, state: 1 },
      mediaKinds: { image: 2, video: 1, audio: 1 },
    };
    expect((await ask({})).facets).toEqual(counts);
    expect((await ask({ text: '' })).facets).toEqual(counts);
    expect((await ask({ text: 'ऊँट' })).facets).toEqual(noFacets());
  });

  const filters: [string, Partial<SearchQuery>, string[]][] = [
    ['one kind', { kinds: ['claim'] }, ['d']],
    ['a verdict', { verdicts: ['false'] }, ['a', 'c']],
    ['two verdicts', { verdicts: ['false', 'true'] }, ['a', 'b', 'c']],
    ['a language, by the texts and not by the claim', { languages: ['en'] }, ['a', 'c']],
    ['a topic', { topics: ['health'] }, ['a', 'b']],
    ['two topics', { topics: ['health', 'prices'] }, ['a', 'b', 'c', 'd']],
    ['a place', { places: ['district-b'] }, ['a', 'd']],
    ['two places', { places: ['district-b', 'state'] }, ['a', 'c', 'd']],
    ['a kind of media', { mediaKinds: ['video'] }, ['a']],
    ['two kinds of media', { mediaKinds: ['video', 'audio'] }, ['a', 'c']],
    ['a value nothing has', { topics: ['weather'] }, []],
    ['several filters at once', { verdicts: ['false'], topics: ['health'], places: ['district-a'] }, ['a']],
    ['filters that no document meets together', { verdicts: ['true'], mediaKinds: ['audio'] }, []],
    ['an empty list as no filter', { verdicts: [], topics: [], mediaKinds: [] }, ['a', 'b', 'c', 'd']],
    ['from a day on, that day included', { from: '2026-03-03' }, ['c', 'd']],
    ['up to a day, that day included', { to: '2026-03-02' }, ['a', 'b']],
    ['a single day', { from: '2026-03-02', to: '2026-03-02' }, ['b']],
    ['days before all', { to: '2026-02-28' }, []],
    ['days and values', { from: '2026-03-02', topics: ['health'] }, ['b']],
  ];
  it.each(filters)('filter by %s', async (_, query, ids) => {
    expect(await found(query)).toEqual(ids);
    expect(await found({ ...query, text: ' ' })).toEqual(ids);
    expect((await ask(query)).total).toBe(ids.length);
  });

  it('count before their own filter and after the others, so that other values can be offered', async () => {
    const { facets } = await ask({ topics: ['health'], verdicts: ['false'] });
    expect(facets).toEqual({
      kinds: { fact: 1 },
      verdicts: { false: 1, true: 1 },
      authenticities: { manipulated: 1 },
      languages: { hi: 1, en: 1 },
      topics: { health: 1, prices: 1 },
      places: { 'district-a': 1, 'district-b': 1 },
      mediaKinds: { image: 1, video: 1 },
    });
    const placed = await ask({ places: ['district-a'], mediaKinds: ['image'] });
    expect(placed.facets).toMatchObject({
      places: { 'district-a': 2, 'district-b': 1 },
      mediaKinds: { image: 2, video: 1 },
      topics: { health: 2 },
    });
  });

  it('count only within the days asked for', async () => {
    const { facets } = await ask({ from: '2026-03-03' });
    expect(facets).toMatchObject({
      verdicts: { false: 1 },
      topics: { prices: 2 },
      languages: { en: 1 },
      mediaKinds: { audio: 1 },
    });
  });

  it('follow a document that changes', async () => {
    const [first] = documents;
    if (!first) throw new Error('the first document is missing');
    await index().upsert([{ ...first, topic: 'weather', mediaKinds: [] }]);
    expect((await ask({})).facets).toMatchObject({
      topics: { health: 1, prices: 2, weather: 1 },
      mediaKinds: { image: 1, audio: 1 },
    });
    expect(await found({ topics: ['weather'] })).toEqual(['a']);
  });

  it('tell nobody but a desk where claims came from, neither by a count nor by a filter', async () => {
    const audience = districtOf('district-a');
    const asked = await ask({ audience });
    expect(asked.facets).toMatchObject({ places: {}, topics: { health: 2 }, mediaKinds: { image: 2 } });
    const guessed = await ask({ audience, places: ['state'] });
    expect(guessed).toEqual(asked);
  });

  it('sort by the newest when asked, by the best match otherwise', async () => {
    await index().upsert([
      factDocument('near', 'नहर टूटी', { date: '2026-01-01' }),
      factDocument('far', `नहर ${'और कई दूसरी बातें यहाँ लिखी हैं '.repeat(8)}`, { date: '2026-12-01' }),
    ]);
    const order = async (sort: 'best' | 'newest') =>
      (await ask({ text: 'नहर', sort, kinds: ['fact'] })).hits.map(({ objectId }) => objectId);
    expect(await order('newest')).toEqual(['far', 'c', 'b', 'a', 'near']);
    const best = await order('best');
    expect(best.indexOf('near')).toBeLessThan(best.indexOf('far'));
    expect((await ask({ text: '', sort: 'best' })).hits.map(({ objectId }) => objectId)).toEqual(
      (await ask({ text: '', sort: 'newest' })).hits.map(({ objectId }) => objectId),
    );
  });
}
