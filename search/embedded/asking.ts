import type { Analyser, AskedWord } from '../analyser/analyser.js';
import { stopWords } from '../analyser/stop-words.js';
import { complete, expand, takeApart } from './expand.js';
import type { Mix } from './mix.js';
import type { Asked } from './scorer.js';
import type { Vocabulary } from './vocabulary.js';

export interface Question {
  words: AskedWord[];
  mix: Mix;
  /** The last word may be the beginning of another. */
  unfinished: boolean;
  /** Hindi in Latin letters. */
  romanised: boolean;
}

const partWeight = 0.8;

/** Looks up what a question's words may be written as in the index. */
export function lookUp(
  { words, mix, unfinished, romanised }: Question,
  { vocabulary, analyser, documents }: { vocabulary: Vocabulary; analyser: Analyser; documents: number },
): Asked {
  const all = [...words, ...partsOf(words, vocabulary, analyser)];
  const last = words.at(-1);
  const options = { romanised, vocabulary, analyser, mix, documents };
  const expanded = telling(all, { most: mix.mostWords, vocabulary, analyser, documents }).map((asked, at) => {
    const guessing = at < mix.mostGuessed && (!unfinished || all.length > 1);
    const found = expand(asked, { ...options, guessing });
    return unfinished && asked === last ? { ...found, sure: complete(found, options) } : found;
  });
  return { words: expanded, mix };
}

/** Words run together, as in hashtags, that the index knows apart. */
function partsOf(words: AskedWord[], vocabulary: Vocabulary, analyser: Analyser): AskedWord[] {
  const known = new Set(words.map(({ word }) => word));
  return words.flatMap(({ word, weight }) => {
    if (vocabulary.stems.total(vocabulary.stems.find(analyser.features(word).stem)) > 0) return [];
    return takeApart(word, vocabulary)
      .filter((part) => !known.has(part) && !stopWords.has(part))
      .map((part) => ({ word: part, weight: weight * partWeight, meanings: [] }));
  });
}

/** Of a long text the rarest words; unknown ones may still be known by their sound. */
function telling(
  words: AskedWord[],
  {
    most,
    vocabulary: { keys, stems },
    analyser,
    documents,
  }: { most: number; vocabulary: Vocabulary; analyser: Analyser; documents: number },
): AskedWord[] {
  const ranked = words.map((word) => {
    const { stem, key } = analyser.features(word.word);
    const holding = Math.max(keys.total(keys.find(key)), stems.total(stems.find(stem)));
    return { word, holding: holding === 0 ? documents / 10 : holding };
  });
  return ranked
    .sort((a, b) => a.holding - b.holding)
    .slice(0, most)
    .map(({ word }) => word);
}
