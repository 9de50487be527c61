import { beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { createMatcher } from '../../search/match.js';
import type { SearchIndex } from '../../search/search-index.js';
import { claimDocument, desk, districtOf, factDocument } from '../contracts/search-documents.js';

describe('claim matching', () => {
  let index: SearchIndex;
  beforeEach(() => {
    index = createEmbeddedIndex();
  });

  const bandsFor = async (text: string, excludeIds: string[] = []): Promise<[string, string][]> =>
    (await createMatcher({ index }).matchText({ text, audience: desk, excludeIds })).map(({ id, band }) => [
      id,
      band,
    ]);

  const claim = 'कल से राज्य के सभी सरकारी स्कूल दस दिन बंद रहेंगे, आदेश जारी हुआ';

  it('calls a long text with the same words the same, whatever stands around and in between', async () => {
    await index.upsert([claimDocument('a', claim), claimDocument('b', 'नई बस सेवा शुरू होगी')]);
    const forwarded = 'राज्य के सभी सरकारी स्कूल कल से दस दिन बंद रहेंगे! आदेश जारी हुआ है https://example.org/x';
    expect(await bandsFor(forwarded)).toEqual([['claim:a', 'same']]);
  });

  it('meets across scripts and gives the words that met, each as written', async () => {
    await index.upsert([claimDocument('a', claim)]);
    const text = 'kal se rajya ke sabhi sarkari school das din band rahenge aadesh jari hua';
    const [match] = await createMatcher({ index }).matchText({ text, audience: desk });
    expect(match?.band).toBe('same');
    expect(match?.reasons).toContainEqual({ text: 'sarkari', document: 'सरकारी' });
    expect(match?.score).toBeGreaterThan(0.6);
    expect(match?.score).toBeLessThan(1);
  });

  it.each([
    ['another number', claim.replace('दस', '15'), claim.replace('दस', '10')],
    ['a denial', claim, claim.replace('रहेंगे', 'नहीं रहेंगे')],
  ])('never calls it the same with %s', async (_, told, known) => {
    await index.upsert([claimDocument('a', known)]);
    expect(await bandsFor(told)).toEqual([['claim:a', 'likely']]);
  });

  it('calls a short text the same only when it is identical', async () => {
    await index.upsert([claimDocument('a', 'टोल टैक्स पूरी तरह बंद')]);
    expect(await bandsFor('टोल टैक्स पूरी तरह बंद!!')).toEqual([['claim:a', 'same']]);
    expect(await bandsFor('टोल टैक्स बंद पूरी तरह')).toEqual([['claim:a', 'likely']]);
    expect(await bandsFor('टोल टैक्स')).toEqual([['claim:a', 'related']]);
  });

  it('finds a claim inside a long forward', async () => {
    await index.upsert([claimDocument('a', 'नहर का पानी तीन दिन बाद छोड़ा जाएगा')]);
    const forward = `जरूरी सूचना सभी साथियों के लिए, ध्यान से पढ़ें। ${'यह संदेश अपने परिवार को भेजें। '.repeat(6)} नहर का पानी तीन दिन बाद छोड़ा जाएगा।`;
    expect(await bandsFor(forward)).toEqual([['claim:a', 'likely']]);
  });

  it('compares with each passage alone, so a long body does not hide the claim', async () => {
    const body = 'विभाग ने बताया कि ऐसा कोई आदेश नहीं है और पुरानी सूचना फिर से चल रही है। '.repeat(10);
    const texts = [{ language: 'hi', headline: 'स्कूल बंद होने की बात गलत', body }];
    await index.upsert([factDocument('a', '', { texts, claimTexts: [claim] })]);
    expect(await bandsFor(claim)).toEqual([['fact:a', 'same']]);
  });

  it('puts the closest first and drops what shares a single word among many', async () => {
    await index.upsert([
      claimDocument('far', 'स्कूल की नई इमारत का रंग नीला रखा गया'),
      claimDocument('near', 'राज्य के सरकारी स्कूल दस दिन खुले रहेंगे'),
      claimDocument('exact', claim),
    ]);
    expect(await bandsFor(claim)).toEqual([
      ['claim:exact', 'same'],
      ['claim:near', 'likely'],
    ]);
  });

  it('calls a plea to pass it on that many messages end with only related', async () => {
    const plea = 'सभी भाई तुरंत यह जरूरी सूचना परिवार मित्र समूह आगे भेजें';
    const towns = ['इंदौर', 'नागपुर', 'सूरत', 'कोच्चि', 'गया', 'अलवर', 'मेरठ', 'कटक'];
    await index.upsert([
      claimDocument('near', claim.replace('दस', '15')),
      claimDocument('plea', plea),
      ...towns.map((town, at) => claimDocument(`town-${at}`, `${town} ${plea} मेला उत्सव ${town} बाजार रौनक`)),
    ]);
    const found = await bandsFor(`${claim} ${plea}`);
    expect(found[0]).toEqual(['claim:near', 'likely']);
    expect(found).toContainEqual(['claim:plea', 'related']);
  });

  it('calls a fact likely however far behind a copy of the message it stands', async () => {
    const fact = 'राज्य के सरकारी स्कूल दस दिन बंद नहीं, आदेश जाली';
    await index.upsert([claimDocument('copy', claim), factDocument('answer', fact)]);
    expect(await bandsFor(claim)).toEqual([
      ['claim:copy', 'same'],
      ['fact:answer', 'likely'],
    ]);
  });

  it('leaves out the excluded and what the asker may not see', async () => {
    await index.upsert([
      claimDocument('a', claim),
      factDocument('b', claim, { releasedUnits: ['district-a'] }),
    ]);
    expect(await bandsFor(claim, ['claim:a'])).toEqual([['fact:b', 'same']]);
    const matcher = createMatcher({ index });
    const ofDistrict = await matcher.matchText({ text: claim, audience: districtOf('district-a') });
    expect(ofDistrict.map(({ id }) => id)).toEqual(['fact:b']);
    expect(await matcher.matchText({ text: claim, audience: districtOf('district-b') })).toEqual([]);
  });

  it('has nothing to say about a text without words', async () => {
    await index.upsert([claimDocument('a', claim)]);
    expect(await bandsFor('😀 !!! https://example.org')).toEqual([]);
  });

  it.each([
    ['another town', claim.replace('राज्य', 'पटना'), claim.replace('राज्य', 'रांची')],
    ['the opposite', claim.replace('बंद', 'खुले'), claim],
  ])('never calls it the same with %s in place of a word', async (_, told, known) => {
    await index.upsert([claimDocument('a', known)]);
    expect(await bandsFor(told)).toEqual([['claim:a', 'likely']]);
  });

  it.each([
    ['greetings and a plea to pass it on', `राम राम भाइयों 🙏 ${claim} सबको आगे भेजें, कृपया शेयर करें`],
    ['hashtags', `${claim} #बड़ीखबर #SchoolNews`],
    ['an author', `${claim} — Asha Rao (@asharao12) May 24, 2019`],
    ['Latin letters', 'kal se rajy ke sabhi sarkaari skool das din band rahege, adesh jaari hua'],
    ['other endings', claim.replace('सरकारी स्कूल', 'सरकारी स्कूलों')],
  ])('finds it at least likely through %s', async (_, told) => {
    await index.upsert([claimDocument('a', claim), claimDocument('b', 'नई बस सेवा शुरू होगी')]);
    const [first] = await bandsFor(told);
    expect(first?.[0]).toBe('claim:a');
    expect(['same', 'likely']).toContain(first?.[1]);
  });

  it('takes the amount for the same however it is written', async () => {
    await index.upsert([claimDocument('a', 'हर किसान के बैंक खाते में 5 लाख रुपये सोमवार तक जमा होंगे')]);
    const told = 'हर किसान के बैंक खाते में ५,००,००० रुपये सोमवार तक जमा होंगे';
    expect(await bandsFor(told)).toEqual([['claim:a', 'same']]);
    expect(await bandsFor(told.replace('५,००,०००', '6 लाख'))).toEqual([['claim:a', 'likely']]);
  });

  it('meets a claim in another language by meaning, and says by which words', async () => {
    await index.upsert([
      claimDocument('a', 'The chief minister closed every hospital in the district before the election'),
    ]);
    const text = 'चुनाव से पहले मुख्यमंत्री ने जिला के सब अस्पताल बंद किए';
    const [match] = await createMatcher({ index }).matchText({ text, audience: desk });
    expect(match?.id).toBe('claim:a');
    expect(match?.reasons).toContainEqual({ text: 'अस्पताल', document: 'hospital' });
  });

  it('takes a word of English as Hindi writes it for that word, more than one of its meaning', async () => {
    await index.upsert([
      claimDocument('same', 'कल से हर इलेक्शन में मीडिया पर रोक'),
      claimDocument('meant', 'कल से हर निर्वाचन में मीडिया पर रोक'),
    ]);
    const text = 'kal se har election me media par rok';
    const found = await createMatcher({ index }).matchText({ text, audience: desk });
    expect(found.map(({ id }) => id)).toEqual(['claim:same', 'claim:meant']);
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 1);
    expect(found[0]?.reasons).toContainEqual({ text: 'election', document: 'इलेक्शन' });
  });
});
