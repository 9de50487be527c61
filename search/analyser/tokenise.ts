/** A word as it stands in the text, and the folded form in which spellings of it meet. */
export interface Token {
  original: string;
  word: string;
}

// Combining marks stay inside words (Hindi vowels are marks), and so do zero-width joiners, which
// keyboards put inside words. A number keeps the commas of 1,00,000.
const wordPattern = /\p{Nd}+(?:,\p{Nd}{2,3})+(?!\p{Nd})|[\p{L}\p{M}\p{N}\u200b-\u200d\u2060\ufeff\u00ad]+/gu;
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu;
const link = /\b(?:https?:\/\/|www\.)\S+/giu;

/**
 * Folds what differs between spellings of one word: width and case, invisible characters, nukta,
 * chandrabindu and nasal conjuncts against anusvara, Latin accents, Indic digits.
 */
export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(invisible, '')
    .replace(/(?<=[a-z])[\u0300-\u036f]+/gu, '')
    .replace(/\u093c/gu, '')
    .normalize('NFC')
    .replace(/\u0901/gu, '\u0902')
    .replace(/[ङञणन]\u094d(?=[क-ध])|म\u094d(?=[प-भ])/gu, '\u0902')
    .replace(/[\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef]/gu, indicDigit)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** Every word of a text in order; works for any script that puts spaces between words. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [original] of text.matchAll(wordPattern)) {
    const word = foldWord(original);
    if (word !== '') tokens.push({ original, word });
  }
  return tokens;
}

/** Forwards carry addresses whose parts would count as shared words. */
export function withoutLinks(text: string): string {
  return text.replace(link, ' ');
}

function indicDigit(digit: string): string {
  // The digits of these blocks all start at a code point ending in hexadecimal 6.
  return String((digit.charCodeAt(0) & 0xf) - 6);
}
