import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noFacets, type SearchAudience, type SearchIndex } from '../../search/search-index.js';
import { claimDocument, desk, districtOf, factDocument, inBatches } from './search-documents.js';
import { facetsContract } from './search-facets.contract.js';

/** What every search engine behind the port must do. */
export function searchIndexContract(
  engine: string,
  make: () => Promise<{ index: SearchIndex; close: () => Promise<void> }>,
): void {
  describe(`search index contract: ${engine}`, () => {
    let index: SearchIndex;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ index, close } = await make());
    });
    afterEach(() => close());

    const idsFor = async (text: string, audience = desk): Promise<string[]> =>
      (await index.search({ text, audience })).hits.map(({ id }) => id);
    const candidateIds = async (text: string, audience = desk): Promise<string[]> =>
      (await index.candidates({ text, audience })).map(({ id }) => id);

    describe('writing', () => {
      it('finds a document after upsert and its new words, not the old ones, after the next', async () => {
        await index.upsert([factDocument('a', 'पुल का उद्घाटन')]);
        expect(await idsFor('उद्घाटन')).toEqual(['fact:a']);
        await index.upsert([factDocument('a', 'नहर की मरम्मत')]);
        expect(await idsFor('मरम्मत')).toEqual(['fact:a']);
        expect(await idsFor('उद्घाटन')).toEqual([]);
        expect((await index.health()).documents).toBe(1);
      });

      it('forgets removed documents and takes unknown ids calmly', async () => {
        await index.upsert([factDocument('a', 'पुल'), factDocument('b', 'पुल')]);
        await index.remove(['fact:a', 'fact:never-was']);
        expect(await idsFor('पुल')).toEqual(['fact:b']);
        expect(await candidateIds('पुल टूटा')).toEqual(['fact:b']);
      });

      it('keeps writes in the order they were asked for', async () => {
        const many = Array.from({ length: 300 }, (_, at) => factDocument(`n${at}`, `गाँव संख्या ${at}`));
        await Promise.all([
          index.upsert(many),
          index.remove(['fact:n299']),
          index.upsert([factDocument('n0', 'शहर')]),
        ]);
        expect(await idsFor('शहर')).toEqual(['fact:n0']);
        expect((await index.health()).documents).toBe(299);
      });
    });

    describe('rebuilding', () => {
      it('replaces everything and is ready from then on', async () => {
        await index.upsert([factDocument('old', 'पुल')]);
        await index.rebuild(inBatches([factDocument('new', 'नहर')]));
        expect(await idsFor('पुल')).toEqual([]);
        expect(await idsFor('नहर')).toEqual(['fact:new']);
        expect(await index.health()).toEqual({ ready: true, documents: 1 });
      });

      it('answers from the old content until the new is complete', async () => {
        await index.upsert([factDocument('old', 'पुल')]);
        const seen: string[][] = [];
        async function* slowly() {
          yield [factDocument('new', 'पुल')];
          seen.push(await idsFor('पुल'));
          yield [factDocument('newer', 'पुल')];
          seen.push(await idsFor('पुल'));
        }
        await index.rebuild(slowly());
        expect(seen).toEqual([['fact:old'], ['fact:old']]);
        expect((await idsFor('पुल')).sort()).toEqual(['fact:new', 'fact:newer']);
      });

      it('keeps what was written while it ran', async () => {
        async function* whileOthersWrite() {
          yield [factDocument('gone', 'पुल'), factDocument('changed', 'पुल')];
          await index.upsert([factDocument('changed', 'नहर'), factDocument('added', 'नहर')]);
          await index.remove(['fact:gone']);
          yield [factDocument('last', 'पुल')];
        }
        await index.rebuild(whileOthersWrite());
        expect(await idsFor('पुल')).toEqual(['fact:last']);
        expect((await idsFor('नहर')).sort()).toEqual(['fact:added', 'fact:changed']);
      });

      it('rejects and keeps the old content when the documents cannot be read', async () => {
        await index.rebuild(inBatches([factDocument('old', 'पुल')]));
        async function* broken() {
          yield [factDocument('new', 'पुल')];
          throw new Error('database gone');
        }
        await expect(index.rebuild(broken())).rejects.toThrow('database gone');
        expect(await idsFor('पुल')).toEqual(['fact:old']);
        await index.upsert([factDocument('later', 'पुल')]);
        expect((await idsFor('पुल')).sort()).toEqual(['fact:later', 'fact:old']);
      });
    });

    describe('words', () => {
      it('finds Hindi by Hindi, Latin letters by Hindi and Hindi by Latin letters', async () => {
        await index.upsert([
          factDocument('hi', 'बिजली का बिल माफ नहीं हुआ'),
          claimDocument('latn', 'bijli ka bill maaf ho gaya'),
          factDocument('en', 'The bridge is standing'),
        ]);
        expect((await idsFor('बिजली')).sort()).toEqual(['claim:latn', 'fact:hi']);
        expect((await idsFor('bijlee')).sort()).toEqual(['claim:latn', 'fact:hi']);
        expect(await idsFor('BRIDGE')).toEqual(['fact:en']);
        expect((await candidateIds('sunne me aaya hai ki bijli muft')).sort()).toEqual([
          'claim:latn',
          'fact:hi',
        ]);
      });

      it('finds words of English as Hindi writes them, whichever way they are typed', async () => {
        await index.upsert([
          factDocument('a', 'इलेक्शन की मशीनों पर मीडिया की रिपोर्ट'),
          factDocument('b', 'मैदान में मचाने लगे शोर'),
          factDocument('c', 'ਸਕੂਲ ਦੀ ਬੱਸ'),
        ]);
        const first = async (text: string) => {
          const [hit] = (await index.search({ text, audience: desk })).hits;
          return [hit?.id, ...(hit?.matched ?? [])].join(' ');
        };
        expect(await first('election')).toBe('fact:a इलेक्शन');
        expect(await first('media')).toBe('fact:a मीडिया');
        expect(await first('machines report')).toBe('fact:a मशीनों रिपोर्ट');
        expect(await first('school bus')).toBe('fact:c ਸਕੂਲ ਬੱਸ');
        expect(await first('स्कूलों')).toBe('fact:c ਸਕੂਲ');
        // As one types.
        expect(await first('elec')).toBe('fact:a इलेक्शन');
        expect(await first('media machi')).toBe('fact:a मशीनों मीडिया');
      });

      it('ranks the spelling that was typed first', async () => {
        await index.upsert([factDocument('a', 'किसान मेला'), factDocument('b', 'kisan mela')]);
        expect((await idsFor('किसान मेला'))[0]).toBe('fact:a');
        expect((await idsFor('kisan mela'))[0]).toBe('fact:b');
      });

      it.each([
        ['nukta written or not', 'सड़क की ज़मीन', 'सडक जमीन'],
        ['nukta as one letter or two', 'सड\u093cक', 'स\u095cक'],
        ['chandrabindu and anusvara', 'गाँव में आँधी', 'गांव आंधी'],
        ['nasal conjunct and anusvara', 'हिन्दी सम्बन्ध', 'हिंदी संबंध'],
        ['invisible joiners', 'प\u094d\u200dयाज महँगा', 'प्याज महंगा'],
        ['Devanagari digits', 'वर्ष २०२४ की परीक्षा', 'परीक्षा 2024'],
        ['ASCII digits', 'वर्ष 2024 की परीक्षा', 'परीक्षा २०२४'],
        ['commas in numbers', '₹1,00,000 का चेक', 'चेक 100000'],
        ['full-width letters', 'ＮＯＴＩＣＥ board', 'notice'],
      ])('takes spellings as one word: %s', async (_, written, typed) => {
        await index.upsert([factDocument('a', written), factDocument('other', 'कुछ अलग')]);
        expect(await idsFor(typed)).toEqual(['fact:a']);
      });

      it('completes the last word and forgives a typing mistake, but not in numbers', async () => {
        await index.upsert([
          factDocument('a', 'विश्वविद्यालय की परीक्षा 45678'),
          factDocument('b', 'University notice 2025'),
        ]);
        expect(await idsFor('परीक्षा विश्व')).toEqual(['fact:a']);
        expect(await idsFor('univ')).toEqual(['fact:b']);
        expect(await idsFor('univeristy notice')).toEqual(['fact:b']);
        expect(await idsFor('परिक्षा')).toEqual(['fact:a']);
        expect(await idsFor('45679')).toEqual([]);
      });

      it('wants every word while some document has them all, and any word otherwise', async () => {
        await index.upsert([factDocument('both', 'नहर टूटी'), factDocument('one', 'नहर बनी')]);
        expect(await idsFor('नहर टूटी')).toEqual(['fact:both']);
        expect((await idsFor('नहर सूखी')).sort()).toEqual(['fact:both', 'fact:one']);
      });

      it('searches headline, body and the original claims in every language', async () => {
        const texts = [
          { language: 'hi', headline: 'अस्पताल', body: 'टीका' },
          { language: 'en', headline: 'hospital', body: 'vaccine' },
        ];
        await index.upsert([factDocument('a', '', { texts, claimTexts: ['dawai khatam'] })]);
        for (const word of ['अस्पताल', 'टीका', 'hospital', 'vaccine', 'दवाई']) {
          expect(await idsFor(word), word).toEqual(['fact:a']);
        }
      });

      it("gives the document's own words, in its own script, for highlighting", async () => {
        await index.upsert([factDocument('a', 'हिन्दी में बिजली का विज्ञापन')]);
        const { hits } = await index.search({ text: 'bijli हिंदी', audience: desk });
        expect(hits[0]?.matched.sort()).toEqual(['बिजली', 'हिन्दी']);
      });

      it('answers odd input without hits and without failing', async () => {
        await index.upsert([factDocument('a', 'नहर')]);
        for (const text of ['!!!', '\u200d', '😀', 'constructor', '__proto__', 'zzz '.repeat(5_000)]) {
          expect(await idsFor(text), text.slice(0, 20)).toEqual([]);
          expect(await candidateIds(text), text.slice(0, 20)).toEqual([]);
        }
      });
    });

    describe('pages and filters', () => {
      const documents = [
        factDocument('a', 'नहर टूटी', { date: '2026-01-03', verdict: 'false' }),
        factDocument('b', 'नहर टूटी', { date: '2026-01-02', verdict: 'true' }),
        factDocument('c', 'नहर टूटी', { date: '2026-01-01', verdict: 'false' }),
        claimDocument('d', 'नहर टूटी', { date: '2026-01-04' }),
      ];
      beforeEach(() => index.upsert(documents));

      it('filters by kind and verdict, and counts the verdicts one could filter by', async () => {
        const facts = await index.search({
          text: 'नहर',
          audience: desk,
          kinds: ['fact'],
          verdicts: ['true'],
        });
        expect(facts.hits.map(({ id }) => id)).toEqual(['fact:b']);
        expect(facts).toMatchObject({ total: 1, facets: { verdicts: { false: 2, true: 1 } } });
        const claims = await index.search({ text: 'नहर', audience: desk, kinds: ['claim'] });
        expect(claims).toMatchObject({
          total: 1,
          facets: { verdicts: {} },
          hits: [{ id: 'claim:d', kind: 'claim' }],
        });
      });

      it('pages without repeating or losing a document', async () => {
        const pages = [];
        for (const offset of [0, 2, 4])
          pages.push(await index.search({ text: 'नहर', audience: desk, offset, limit: 2 }));
        expect(pages.map(({ hits }) => hits.length)).toEqual([2, 2, 0]);
        expect(new Set(pages.flatMap(({ hits }) => hits.map(({ id }) => id))).size).toBe(4);
        expect(pages.map(({ total }) => total)).toEqual([4, 4, 4]);
      });

      it('scores against the best hit', async () => {
        await index.upsert([factDocument('e', 'नहर में पानी छोड़ने का समय और दूसरी बातें')]);
        const { hits } = await index.search({ text: 'नहर', audience: desk });
        expect(hits[0]?.score).toBe(1);
        expect(hits.every(({ score }) => score > 0 && score <= 1)).toBe(true);
      });

      it('lists everything visible for blank text, newest first', async () => {
        expect(await idsFor('  ')).toEqual(['claim:d', 'fact:a', 'fact:b', 'fact:c']);
      });

      it('keeps silly limits within bounds', async () => {
        for (const limit of [-5, 0, Number.NaN]) {
          expect((await index.search({ text: 'नहर', audience: desk, limit, offset: -1 })).hits).toHaveLength(
            1,
          );
        }
      });
    });

    describe('facets', () => facetsContract(() => index));

    describe('candidates', () => {
      it('takes a whole forward: any shared word, no completion, no guessing', async () => {
        await index.upsert([
          factDocument('a', 'टोल प्लाज़ा पर नया नियम'),
          factDocument('b', 'टोलीदार कुर्सी'),
          factDocument('c', 'खेल का मैदान'),
        ]);
        const forward = `सभी भाइयों को सूचना ${'कृपया आगे भेजें '.repeat(40)} कल से टोल बंद https://example.org/खेल`;
        expect(await candidateIds(forward)).toEqual(['fact:a']);
      });

      it('leaves out the excluded, obeys kinds and limit, and brings the passages', async () => {
        await index.upsert([
          factDocument('a', 'टोल बंद', { claimTexts: ['toll band hai'] }),
          claimDocument('b', 'टोल बंद'),
          claimDocument('c', 'टोल बंद'),
        ]);
        const query = { text: 'कल से टोल बंद', audience: desk };
        const facts = await index.candidates({ ...query, kinds: ['fact'] });
        expect(facts.map(({ id }) => id)).toEqual(['fact:a']);
        expect(facts[0]?.passages.sort()).toEqual(['toll band hai', 'टोल बंद']);
        const without = await index.candidates({ ...query, excludeIds: ['fact:a', 'claim:b'] });
        expect(without.map(({ id }) => id)).toEqual(['claim:c']);
        expect(await index.candidates({ ...query, limit: 1 })).toHaveLength(1);
      });

      it('leaves out what is far behind the best, after the first few', async () => {
        await index.upsert([
          factDocument('near', 'कल से टोल प्लाज़ा बंद रहेगा'),
          factDocument('beside', 'टोल पर ट्रकों की लंबी कतार से लोग परेशान'),
          factDocument('far', 'कल मेले में बच्चों ने झूले पर बहुत देर तक मज़ा किया'),
        ]);
        const query = { text: 'कल से टोल प्लाज़ा बंद', audience: desk };
        const idsWith = async (least: { after: number; score: number }) =>
          (await index.candidates({ ...query, least })).map(({ id }) => id);
        expect((await idsWith({ after: 0, score: 0 })).sort()).toEqual([
          'fact:beside',
          'fact:far',
          'fact:near',
        ]);
        expect(await idsWith({ after: 0, score: 0.9 })).toEqual(['fact:near']);
        expect(await idsWith({ after: 2, score: 0.9 })).toHaveLength(2);
      });
    });

    describe('who may see what', () => {
      const documents = [
        factDocument('to-a', 'मेला रद्द', { releasedUnits: ['district-a'], verdict: 'false' }),
        factDocument('to-all', 'मेला जारी', { releasedUnits: ['state'], verdict: 'true' }),
        factDocument('unreleased', 'मेला स्थगित', { verdict: 'misleading' }),
        claimDocument('open', 'मेला बंद', {
          ownerPath: ['district-a', 'state'],
          releasedUnits: ['district-a'],
        }),
        claimDocument('closed', 'मेला गुप्त सूचना', { ownerPath: ['district-a', 'state'], restricted: true }),
      ];
      beforeEach(() => index.upsert(documents));

      const elsewhere: SearchAudience = {
        desk: true,
        units: ['district-b'],
        releasedTo: ['district-b', 'state'],
      };
      const everything = ['claim:closed', 'claim:open', 'fact:to-a', 'fact:to-all', 'fact:unreleased'];
      const cases: [string, SearchAudience, string[]][] = [
        ['a desk placed above', desk, everything],
        ['a desk placed in the owner unit', { ...elsewhere, units: ['district-a'] }, everything],
        ['a desk placed elsewhere: no restricted ones', elsewhere, everything.slice(1)],
        ['a district: facts released to it or above', districtOf('district-a'), ['fact:to-a', 'fact:to-all']],
        ["another district: not its sibling's", districtOf('district-b'), ['fact:to-all']],
        ['a district in silence: nothing', { desk: false, units: ['district-a'], releasedTo: [] }, []],
      ];

      it.each(cases)(
        'search, counts, blank search and candidates agree for %s',
        async (_, audience, visible) => {
          const searched = await index.search({ text: 'मेला', audience });
          expect(searched.hits.map(({ id }) => id).sort()).toEqual(visible);
          expect(searched.total).toBe(visible.length);
          const verdicts = documents.flatMap(({ id, verdict }) =>
            visible.includes(id) && verdict ? [verdict] : [],
          );
          expect(Object.keys(searched.facets.verdicts).sort()).toEqual(verdicts.sort());
          expect((await idsFor('', audience)).sort()).toEqual(visible);
          expect((await candidateIds('क्या मेला बंद है', audience)).sort()).toEqual(visible);
        },
      );

      it('does not hint at hidden documents by a total, a count or a changed way of matching', async () => {
        const audience = districtOf('district-b');
        const hidden = await index.search({ text: 'गुप्त', audience, limit: 1 });
        expect(hidden).toEqual({
          hits: [],
          total: 0,
          facets: noFacets(),
        });
        // A hidden document holds both words; the visible one is found as if the hidden one did not exist.
        const before = await index.search({ text: 'मेला गुप्त', audience });
        await index.remove(['claim:closed']);
        const after = await index.search({ text: 'मेला गुप्त', audience });
        expect(before.hits.map(({ id }) => id)).toEqual(['fact:to-all']);
        expect(before).toEqual(after);
      });

      it('follows a release, a recall and a move', async () => {
        const [released] = documents;
        if (!released) throw new Error('the first document is missing');
        const audience = districtOf('district-b');
        await index.upsert([{ ...released, releasedUnits: ['district-a', 'district-b'] }]);
        expect((await idsFor('मेला', audience)).sort()).toEqual(['fact:to-a', 'fact:to-all']);
        await index.upsert([{ ...released, releasedUnits: [] }]);
        expect(await idsFor('मेला', audience)).toEqual(['fact:to-all']);
        expect(await idsFor('मेला', districtOf('district-a'))).toEqual(['fact:to-all']);
      });
    });
  });
}
