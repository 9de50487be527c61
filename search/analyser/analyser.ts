import { cleanPost, postAuthor } from './clean.js';
import { createLexicon, type Lexicon } from './lexicon.js';
import { createLoanWords, type LoanWords, spellingMark } from './loan-words.js';
import { memo } from './memo.js';
import { phoneticKey, skeletonOf } from './phonetic.js';
import { stemOf } from './stem.js';
import { contentWords, looksRomanised } from './stop-words.js';
import type { Token } from './token.js';
import { foldWritten, tokenise } from './tokenise.js';

/** Changes whenever a text may give other words or features than before: what was stored under another is worthless. */
export const analyserVersion = 3;

/** What one folded word is known by. Empty where a script or a word has none. */
export interface WordFeatures {
  stem: string;
  key: string;
  skeleton: string;
}

/** A word of a question, with what else it may stand for and how much it counts. */
export interface AskedWord {
  word: string;
  weight: number;
  /** Marks of the lexicon, as indexed by `indexWords`. */
  meanings: readonly string[];
}

/** One reading of texts for every engine: what is indexed and what is asked go through the same steps. */
export interface Analyser {
  features(word: string): WordFeatures;
  /** Words to index, with marks of meaning among them; each with how often it stands there. */
  indexWords(texts: readonly string[]): Map<string, number>;
  /** The distinct words of a question, in order. Of a copied post the author's handle and the day count less than what it says. */
  askedWords(text: string): AskedWord[];
  tokens(text: string): Token[];
  /** Marks of loan words, then of the lexicon, for each of the folded words: the closest first. */
  meaningsOf(words: readonly string[]): (readonly string[])[];
  /** Marks of the loan words that a folded word may be the beginning of, in whichever script. */
  spellingsBegunBy(word: string): readonly string[];
  /** Whether a text is Hindi in Latin letters: then its words are no English ones, though spelled alike. */
  isRomanised(text: string): boolean;
}

const handleWeight = 0.3;
/** A single Latin letter is an initial or what is left of a word. */
const letterWeight = 0.3;
const authorWeight = 1;
const dayWeight = 0.6;
/** A word said again counts a little more, and from the third time no more. */
const repeatPower = 0.4;
const mostRepeats = 3;
/** The beginning of a text tells its language. */
const tellingCharacters = 2_000;

export function createAnalyser({
  lexicon = createLexicon(),
  loans = createLoanWords(),
}: {
  lexicon?: Lexicon;
  loans?: LoanWords;
} = {}): Analyser {
  const fold = memo(foldWritten);
  const tokensOf = (text: string) => tokenise(cleanPost(text), fold);
  const markOf = memo(loans.markOf);
  const meaningsOf = (words: readonly string[]): (readonly string[])[] => {
    const meanings = lexicon.meaningsIn(words);
    return words.map((word, at) => {
      const [known = [], mark] = [meanings[at], markOf(word)];
      return mark === null ? known : [mark, ...known];
    });
  };
  const wordsOf = (text: string) => contentWords(tokensOf(text)).map(({ word }) => word);

  return {
    features: memo((word) => {
      if (isMeaning(word)) return { stem: word, key: '', skeleton: '' };
      const key = phoneticKey(word);
      const skeleton = key.length > 2 ? skeletonOf(key) : '';
      return { stem: stemOf(word), key, skeleton: skeleton.length > 1 ? skeleton : '' };
    }),

    indexWords(texts) {
      const counts = new Map<string, number>();
      for (const text of texts) {
        const words = wordsOf(text);
        const meanings = new Set(meaningsOf(words).flat());
        for (const word of [...words, ...meanings]) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      return counts;
    },

    askedWords(text) {
      const { said, name, handle, day } = postAuthor(text);
      const words = wordsOf(said);
      const meanings = meaningsOf(words);
      const asked = new Map<string, AskedWord & { times: number }>();
      for (const [at, word] of words.entries()) {
        const known = asked.get(word);
        if (known) known.times += 1;
        else asked.set(word, { word, weight: 1, meanings: meanings[at] ?? [], times: 1 });
      }
      for (const entry of asked.values()) {
        entry.weight = Math.min(entry.times, mostRepeats) ** repeatPower;
        if (/^[a-z]$/u.test(entry.word)) entry.weight *= letterWeight;
      }
      const aside = (text: string, weight: number) => {
        for (const word of wordsOf(text)) {
          const known = asked.get(word);
          if (known) known.weight = Math.max(known.weight, weight);
          else asked.set(word, { word, weight, meanings: [], times: 1 });
        }
      };
      aside(name, authorWeight);
      aside(handle, handleWeight);
      aside(day, dayWeight);
      return [...asked.values()].map(({ word, weight, meanings }) => ({ word, weight, meanings }));
    },

    tokens: tokensOf,
    meaningsOf,
    spellingsBegunBy: memo(loans.begunBy),

    isRomanised: (text) => looksRomanised(tokensOf(text.slice(0, tellingCharacters)).map(({ word }) => word)),
  };
}

/** Marks of the lexicon and of loan words begin with a sign no word has. */
export function isMeaning(word: string): boolean {
  return word.startsWith('=');
}

/** A mark of the very same word in whichever script, and not only of its meaning. */
export function isSpelling(mark: string): boolean {
  return mark.startsWith(spellingMark);
}
