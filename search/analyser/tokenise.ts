import { foldWord } from './fold.js';
import { readNumbers } from './numbers.js';
import type { Token } from './token.js';

// Combining marks stay inside words (Hindi vowels are marks), and so do zero-width joiners, which
// keyboards put inside words. A number keeps the commas of 1,00,000 and the point of 1.5.
const wordPattern =
  /\p{Nd}+(?:,\p{Nd}{2,3})+(?!\p{Nd})(?:\.\p{Nd}+)?|\p{Nd}+\.\p{Nd}+(?![\p{Nd}.])|[\p{L}\p{M}\p{N}\u200b-\u200d\u2060\ufeff\u00ad]+(?:['’](?=s\b)s)?/gu;

/** Every word of a text in order; numbers and days in one form ("5 लाख" is 500000). Any script with spaces between words. */
export function tokenise(text: string, fold: (written: string) => string = foldWritten): Token[] {
  const tokens: Token[] = [];
  for (const original of text.match(wordPattern) ?? []) {
    const word = fold(original);
    if (word !== '') tokens.push({ original, word });
  }
  return readNumbers(tokens);
}

/** The folded form of what stands between spaces: a word, or a number with its point. */
export function foldWritten(original: string): string {
  return /^\p{Nd}+\.\p{Nd}+$/u.test(original)
    ? original.split('.').map(foldWord).join('.')
    : foldWord(original.replace(/['’]s$/u, ''));
}
