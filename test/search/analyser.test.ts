import { describe, expect, it } from 'vitest';
import { createAnalyser } from '../../search/analyser/analyser.js';
import { cleanPost, postAuthor, withoutLinks } from '../../search/analyser/clean.js';
import { foldWord } from '../../search/analyser/fold.js';
import { loanWords } from '../../search/analyser/lexicon/loan-words.js';
import { moreLoanWords } from '../../search/analyser/lexicon/loan-words-p-to-z.js';
import { createLexicon } from '../../search/analyser/lexicon.js';
import { createLoanWords } from '../../search/analyser/loan-words.js';
import { phoneticKey, skeletonOf } from '../../search/analyser/phonetic.js';
import { stemOf } from '../../search/analyser/stem.js';
import { contentWords } from '../../search/analyser/stop-words.js';
import { tokenise } from '../../search/analyser/tokenise.js';

const wordsOf = (text: string) => tokenise(text).map(({ word }) => word);

describe('tokeniser', () => {
  it('keeps Hindi vowel signs inside words and cuts at danda, punctuation and emoji', () => {
    expect(wordsOf('नहर टूटी।पानी-पानी!😀हुआ')).toEqual(['नहर', 'टूटी', 'पानी', 'पानी', 'हुआ']);
  });

  it('gives the word as written beside the folded one', () => {
    expect(tokenise('गाँव Ｎｅｗ')).toEqual([
      { original: 'गाँव', word: 'गांव' },
      { original: 'Ｎｅｗ', word: 'new' },
    ]);
  });

  it('reads Indian number grouping as one number, and a list of years as years', () => {
    expect(wordsOf('₹12,34,567 या 1,500')).toEqual(['1234567', 'या', '1500']);
    expect(wordsOf('2019,2020')).toEqual(['2019', '2020']);
  });

  it('folds digits of Devanagari, Bengali, Gurmukhi and Gujarati', () => {
    expect(['०९', '০৯', '੦੯', '૦૯'].map(foldWord)).toEqual(['09', '09', '09', '09']);
  });

  it('keeps conjuncts that are no nasal spelling', () => {
    expect(foldWord('जन्म')).toBe('जन्म');
    expect(foldWord('उन्हें')).toBe('उन्हें');
    expect(foldWord('अन्न')).toBe('अन्न');
  });

  it('takes addresses out of a text', () => {
    expect(withoutLinks('देखो https://example.org/a?b=c और www.example.org/x अभी')).toMatch(
      /^देखो\s+और\s+अभी$/u,
    );
  });

  it('falls back to common words when there are no others', () => {
    expect(contentWords(tokenise('नहर का पानी')).map(({ word }) => word)).toEqual(['नहर', 'पानी']);
    expect(contentWords(tokenise('का की')).map(({ word }) => word)).toEqual(['का', 'की']);
  });
});

describe('phonetic key', () => {
  it.each([
    ['बिजली', 'bijli', 'bijlee', 'bijlii'],
    ['सरकार', 'sarkar', 'sarkaar'],
    ['चुनाव', 'chunav', 'chunaav', 'chunaw'],
    ['ज़मीन', 'zameen', 'jamin'],
    ['फोटो', 'photo', 'foto'],
    ['शिक्षा', 'shiksha', 'siksha'],
    ['पैसा', 'paisa'],
    ['संपर्क', 'sampark', 'sanpark'],
    ['आयोग', 'ayog', 'aayog'],
    ['किसानों', 'kisanon', 'kisaanon'],
    ['ज्ञान', 'gyan', 'gyaan'],
    ['लक्ष्मी', 'lakshmi', 'laxmi'],
    ['स्कूल', 'skool', 'skul'],
    ['विधायक', 'vidhayak', 'vidhaayak'],
    ['मुख्यमंत्री', 'mukhyamantri'],
    ['ਪੰਜਾਬ', 'panjab', 'panjaab'],
    ['ਸਰਕਾਰ', 'sarkar'],
    ['ਕਿਸਾਨ', 'kisan', 'kisaan'],
  ])('brings the spellings of %s together', (indic, ...latin) => {
    const key = phoneticKey(foldWord(indic ?? ''));
    expect(key).not.toBe('');
    expect(latin.map((word) => phoneticKey(foldWord(word)))).toEqual(latin.map(() => key));
  });

  it.each([
    ['बिजली', 'bijalee', 'bijalii'],
    ['पंजाब', 'punjab', 'panjaab'],
    ['चिकित्सा', 'chikitsa', 'chikatsa'],
    ['कांग्रेस', 'congress', 'kongress'],
    ['प्रधानमंत्री', 'pradhanmantri', 'pardhanmantri'],
    ['अस्पताल', 'aspatal', 'asptal'],
    ['वीडियो', 'video', 'vidio'],
  ])('gives spellings of %s that sound otherwise the same consonants', (hindi, ...latin) => {
    const skeleton = skeletonOf(phoneticKey(foldWord(hindi)));
    expect(latin.map((word) => skeletonOf(phoneticKey(foldWord(word))))).toEqual(latin.map(() => skeleton));
  });

  it('reads Punjabi and Hindi spellings of a word as one', () => {
    for (const [punjabi, hindi] of [
      ['ਸਰਕਾਰ', 'सरकार'],
      ['ਪੰਜਾਬ', 'पंजाब'],
      ['ਕਿਸਾਨ', 'किसान'],
      ['ਹਸਪਤਾਲ', 'हसपताल'],
    ] as const) {
      expect(phoneticKey(foldWord(punjabi)), punjabi).toBe(phoneticKey(foldWord(hindi)));
      expect(stemOf(foldWord(punjabi)), punjabi).toBe(stemOf(foldWord(hindi)));
    }
  });

  it('keeps different words apart', () => {
    const words = ['पानी', 'पुल', 'सड़क', 'स्कूल', 'किसान', 'चुनाव', 'नहर', 'हार'];
    expect(new Set(words.map((word) => phoneticKey(foldWord(word)))).size).toBe(words.length);
  });

  it('has none for numbers, scripts without sounds here, and single sounds', () => {
    expect(['2024', 'covid19', 'தமிழ்', 'ए', 'a'].map((word) => phoneticKey(foldWord(word)))).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['5 लाख', '500000'],
    ['5 lakh', '500000'],
    ['5,00,000', '500000'],
    ['५ लाख', '500000'],
    ['पाँच लाख', '500000'],
    ['five lakhs', '500000'],
    ['1.5 crore', '15000000'],
    ['डेढ़ करोड़', '15000000'],
    ['10k', '10000'],
    ['2 लाख करोड़', '2000000000000'],
    ['50 हज़ार', '50000'],
    ['2 million', '2000000'],
    ['₹500', '500'],
    ['40%', '40'],
  ])('reads %s as %s', (written, number) => {
    expect(wordsOf(written)).toEqual([number]);
  });

  it('leaves small counting words alone that stand without a scale', () => {
    expect(wordsOf('दो साल')).toEqual(['दो', 'साल']);
    expect(wordsOf('7 days')).toEqual(['7', 'days']);
  });
});

describe('posts', () => {
  it('reads hashtags and handles as the words they are made of', () => {
    expect(cleanPost('#BharatYatra और @DelhiPolice')).toMatch(/^\s*Bharat Yatra\s+और\s+Delhi Police\s*$/u);
    expect(cleanPost('#बिजली_बिल')).toMatch(/बिजली बिल/u);
  });

  it('takes the author of a copied post aside and keeps the month, not the day', () => {
    expect(postAuthor('The dam broke — Asha Rao (@asharao12) May 24, 2019')).toEqual({
      said: 'The dam broke',
      name: 'Asha Rao',
      handle: '@asharao',
      day: 'May 2019',
    });
    expect(postAuthor('बाँध टूटा')).toEqual({ said: 'बाँध टूटा', name: '', handle: '', day: '' });
  });

  it('counts a handle and the day less than what is said, a repeated word a little more, a letter hardly', () => {
    const asked = createAnalyser().askedWords('dam dam broke h — Asha Rao (@lokvani) May 24, 2019');
    const weights = new Map(asked.map(({ word, weight }) => [word, weight]));
    expect(weights.get('broke')).toBe(1);
    expect(weights.get('dam')).toBeGreaterThan(1);
    expect(weights.get('asha')).toBe(1);
    expect(weights.get('lokvani')).toBeLessThan(1);
    expect(weights.get('2019')).toBeLessThan(1);
    expect(weights.get('h')).toBeLessThan(0.5);
    expect(weights.get('24')).toBeUndefined();
  });
});

describe('lexicon', () => {
  const lexicon = createLexicon();
  const meaningsOf = (text: string) =>
    new Set(lexicon.meaningsIn(tokenise(text).map(({ word }) => word)).flat());
  const meet = (one: string, other: string) =>
    [...meaningsOf(one)].some((meaning) => meaningsOf(other).has(meaning));

  it('knows at least five hundred meanings', () => {
    expect(lexicon.meanings).toBeGreaterThan(500);
  });

  it.each([
    ['election', 'चुनाव', 'chunav', 'ਚੋਣਾਂ'],
    ['prime minister', 'प्रधानमंत्री', 'PM', 'pradhanmantri'],
    ['hospital', 'अस्पताल', 'aspataal', 'ਹਸਪਤਾਲ'],
    ['photographs', 'तस्वीरें', 'tasveer', 'फोटो'],
    ['Supreme Court', 'सुप्रीम कोर्ट', 'सर्वोच्च न्यायालय'],
    ['died', 'मौत', 'maut'],
    ['Uttar Pradesh', 'यूपी', 'उत्तर प्रदेश'],
    ['November', 'नवंबर', 'navambar'],
    ['kidnapped', 'अपहरण', 'apharan', 'ਅਗਵਾ'],
    ['hunger strike', 'भूख हड़ताल', 'anshan'],
    ['graveyard', 'कब्रिस्तान', 'kabr'],
  ])('brings together what says %s', (first, ...others) => {
    for (const other of others) expect(meet(first, other), other).toBe(true);
  });

  it('keeps meanings apart', () => {
    expect(meet('hospital', 'चुनाव')).toBe(false);
    expect(meet('water', 'fire')).toBe(false);
  });
});

describe('loan words', () => {
  const { markOf, begunBy } = createLoanWords();

  it.each([
    ['election', 'elections', 'इलेक्शन', 'एलेक्शन'],
    ['school', 'स्कूल', 'स्कूलों', 'ਸਕੂਲ'],
    ['machine', 'मशीन', 'मशीनें', 'ਮਸ਼ੀਨ'],
    ['licence', 'license', 'लाइसेंस', 'ਲਾਇਸੰਸ'],
    ['media', 'मीडिया', 'ਮੀਡੀਆ'],
  ])('are one word: %s', (...spellings) => {
    const marks = new Set(spellings.map((word) => markOf(foldWord(word))));
    expect(marks.size).toBe(1);
    expect([...marks][0]).toMatch(/^=l\w{1,2}$/);
  });

  it('leave other words alone, and those of a short stem', () => {
    for (const word of ['मैदान', 'maidan', 'बसा', 'news1', 'चुनाव']) expect(markOf(word)).toBeNull();
  });

  it.each([
    ['elec', 'इलेक्शन'],
    ['इले', 'election'],
    ['reg', 'रजिस्ट्रेशन'],
  ])('are known by the beginning %s', (beginning, word) => {
    expect(begunBy(beginning)).toContain(markOf(word));
  });

  it('are not guessed from two letters, nor more than a few at once', () => {
    expect(begunBy('el')).toEqual([]);
    expect(begunBy('con').length).toBeLessThanOrEqual(8);
  });

  it('have each spelling once', () => {
    const words = (loanWords + moreLoanWords).split(/\s+/u).filter((word) => word !== '');
    const twice = words.filter((word, at) => words.indexOf(word) !== at);
    expect(twice).toEqual([]);
  });
});
