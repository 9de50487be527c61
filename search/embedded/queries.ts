import type { Query, SearchOptions } from 'minisearch';
import { romanKey } from '../analyser/romanise.js';
import { contentWords } from '../analyser/stop-words.js';
import { tokenise, withoutLinks } from '../analyser/tokenise.js';
import { keyTerm } from './collection.js';

/** More words than this is a pasted text: typing mistakes no longer decide, and looking for them is slow. */
const fuzzyWords = 6;
const searchWords = 32;
const searchCharacters = 1_000;
const candidateWords = 48;
const candidateCharacters = 20_000;

/** What a person types: first documents with every word, then with any. Null when there is no word in it. */
export function typedQueries(text: string): { every: Query; any: Query } | null {
  const tokens = tokenise(text.slice(0, searchCharacters));
  const last = tokens.at(-1)?.word;
  const words = unique(contentWords(tokens).map(({ word }) => word)).slice(0, searchWords);
  if (words.length === 0) return null;
  const fuzzy = words.length <= fuzzyWords;
  const queries = words.map((word) => wordQuery(word, { prefix: word === last && word.length > 1, fuzzy }));
  return { every: { combineWith: 'AND', queries }, any: { combineWith: 'OR', queries } };
}

/** A whole forward: any word counts, exactly as it stands. Of very long texts the longest words, which are the rarest. */
export function forwardQuery(text: string): Query | null {
  const tokens = tokenise(withoutLinks(text.slice(0, candidateCharacters)));
  const words = unique(contentWords(tokens).map(({ word }) => word))
    .sort((a, b) => b.length - a.length)
    .slice(0, candidateWords);
  if (words.length === 0) return null;
  return {
    combineWith: 'OR',
    queries: words.map((word) => wordQuery(word, { prefix: false, fuzzy: false })),
  };
}

function wordQuery(word: string, { prefix, fuzzy }: { prefix: boolean; fuzzy: boolean }): Query {
  const queries: Query[] = [term(word, { prefix, fuzzy: fuzzy ? edits(word) : false })];
  const key = romanKey(word);
  if (key !== '') {
    // Spellings that only sound alike count half.
    queries.push(term(keyTerm(key), { prefix, fuzzy: fuzzy ? edits(key) : false, boostTerm: () => 0.5 }));
  }
  return { combineWith: 'OR', queries };
}

/** One index term taken as it is: no second pass through the tokeniser. */
function term(text: string, options: SearchOptions): Query {
  return { ...options, queries: [text], tokenize: (whole) => [whole], processTerm: (whole) => whole };
}

/** Typing mistakes forgiven, by length. None in numbers: 2024 is not 2025. */
function edits(word: string): number | false {
  if (word.length < 5 || /\p{N}/u.test(word)) return false;
  return word.length < 9 ? 1 : 2;
}

function unique(words: string[]): string[] {
  return [...new Set(words)];
}
