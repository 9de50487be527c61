import { describe, expect, it } from 'vitest';
import { romanKey } from '../../search/analyser/romanise.js';
import { contentWords } from '../../search/analyser/stop-words.js';
import { foldWord, tokenise, withoutLinks } from '../../search/analyser/tokenise.js';

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

describe('roman key', () => {
  it.each([
    ['बिजली', 'bijli', 'bijlee', 'bijalee'],
    ['सरकार', 'sarkar', 'sarkaar'],
    ['चुनाव', 'chunav', 'chunaav', 'chunaw'],
    ['ज़मीन', 'zameen', 'jamin'],
    ['फोटो', 'photo', 'foto'],
    ['शिक्षा', 'shiksha', 'siksha'],
    ['पैसा', 'paisa'],
    ['संपर्क', 'sampark', 'sanpark'],
    ['आयोग', 'ayog', 'aayog'],
    ['किसानों', 'kisanon', 'kisano'],
    ['ज्ञान', 'gyan', 'gyaan'],
    ['लक्ष्मी', 'lakshmi', 'laxmi'],
    ['स्कूल', 'skool', 'skul'],
  ])('brings the spellings of %s together', (hindi, ...latin) => {
    expect(romanKey(foldWord(hindi))).not.toBe('');
    expect(latin.map((word) => romanKey(foldWord(word)))).toEqual(latin.map(() => romanKey(foldWord(hindi))));
  });

  it('keeps different words apart', () => {
    const words = ['पानी', 'पुल', 'सड़क', 'स्कूल', 'किसान', 'चुनाव', 'नहर', 'हार'];
    expect(new Set(words.map((word) => romanKey(foldWord(word)))).size).toBe(words.length);
  });

  it('has none for numbers, other scripts and single letters', () => {
    expect(['2024', 'covid19', 'தமிழ்', 'का', 'a'].map((word) => romanKey(foldWord(word)))).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});
