import { foldWord } from './fold.js';
import { dailyLife } from './lexicon/daily-life.js';
import { deeds } from './lexicon/deeds.js';
import { mediaAndPlaces } from './lexicon/media-and-places.js';
import { publicLife } from './lexicon/public-life.js';
import { memo } from './memo.js';
import { phoneticKey } from './phonetic.js';
import { stemOf } from './stem.js';

/** Brings words of one meaning together: "election", "chunav" and "चुनाव". */
export interface Lexicon {
  /** For each of the folded words its meanings, as marks no word can be; those of a phrase stand with its first word. */
  meaningsIn(words: readonly string[]): (readonly string[])[];
  meanings: number;
}

/** Shorter keys are shared by too many words. */
const shortestKey = 3;
const longestPhrase = 4;

export function createLexicon(text: string = publicLife + dailyLife + mediaAndPlaces + deeds): Lexicon {
  const byStem = new Map<string, string[]>();
  const byKey = new Map<string, string[]>();
  const byPhrase = new Map<string, string[]>();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const add = (index: Map<string, string[]>, entry: string, meaning: string) => {
    const known = index.get(entry) ?? [];
    if (!known.includes(meaning)) index.set(entry, [...known, meaning]);
  };

  for (const [at, line] of lines.entries()) {
    const meaning = `=${at}`;
    for (const entry of line.trim().split(/\s+/u)) {
      const words = entry.split('_').map(foldWord);
      const [word = ''] = words;
      if (words.length > 1) {
        add(byPhrase, words.map(stemOf).join(' '), meaning);
        continue;
      }
      add(byStem, stemOf(word), meaning);
      const key = /^[a-z]/u.test(word) ? '' : phoneticKey(word);
      if (key.length >= shortestKey) add(byKey, key, meaning);
    }
  }

  const opening = new Set([...byPhrase.keys()].map((phrase) => phrase.slice(0, phrase.indexOf(' '))));
  const look = memo((word) => {
    const stem = stemOf(word);
    const sound = /^[a-z]+$/u.test(word) ? byKey.get(phoneticKey(word)) : undefined;
    return { stem, meanings: byStem.get(stem) ?? sound ?? [], opens: opening.has(stem) };
  });

  return {
    meanings: lines.length,
    meaningsIn(words) {
      const looked = words.map(look);
      return looked.map(({ stem, meanings, opens }, at) => {
        if (!opens) return meanings;
        const found = [...meanings];
        let phrase = stem;
        for (let size = 2; size <= longestPhrase; size += 1) {
          const next = looked[at + size - 1];
          if (!next) break;
          phrase = `${phrase} ${next.stem}`;
          found.push(...(byPhrase.get(phrase) ?? []));
        }
        return found;
      });
    },
  };
}
