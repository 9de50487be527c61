import { foldWord } from './fold.js';
import { loanWords } from './lexicon/loan-words.js';
import { moreLoanWords } from './lexicon/loan-words-p-to-z.js';
import { stemOf } from './stem.js';

/** Knows words that are one and the same in several scripts though their spellings do not sound alike. */
export interface LoanWords {
  /** The mark that all spellings of the folded word share; null for words that are not in the list. */
  markOf(word: string): string | null;
  /** The marks of words one spelling of which begins so, the shortest spelling first. */
  begunBy(beginning: string): string[];
}

/** How these marks begin; those of the lexicon go on with a digit. */
export const spellingMark = '=l';

const isIndic = (word: string): boolean => /^[\u0900-\u0b7f]/u.test(word);
/** Shorter stems are those of other words too: बसा is no bus. */
const shortestStem = 4;
/** Shorter beginnings are those of too many words. */
const shortestBeginning = 3;
const mostBegun = 8;

/**
 * English spelling tells little of how a word is said, so "election" and "इलेक्शन" do not meet by sound. Forms with an
 * Indic ending, and English ones with an s, are the same word.
 */
export function createLoanWords(text: string = loanWords + moreLoanWords): LoanWords {
  const byWord = new Map<string, string>();
  const byStem = new Map<string, string>();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const [at, line] of lines.entries()) {
    // Short, so that a search server forgives no typing mistake in it.
    const mark = `${spellingMark}${at.toString(36)}`;
    for (const word of line.trim().split(/\s+/u).map(foldWord)) {
      byWord.set(word, mark);
      const stem = stemOf(word);
      if (!isIndic(word)) byWord.set(`${word}s`, mark);
      else if (stem.length >= shortestStem) byStem.set(stem, mark);
    }
  }
  const spellings = [...byWord].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return {
    markOf: (word) => byWord.get(word) ?? (isIndic(word) ? byStem.get(stemOf(word)) : undefined) ?? null,
    begunBy(beginning) {
      if (beginning.length < shortestBeginning) return [];
      const begun = spellings.flatMap(([spelling, mark]) => (spelling.startsWith(beginning) ? [mark] : []));
      return [...new Set(begun)].slice(0, mostBegun);
    },
  };
}
