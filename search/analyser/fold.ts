const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|[\ufe00-\ufe0f]/gu;
const nuktas = /[\u093c\u09bc\u0a3c\u0abc\u0b3c]/gu;

/**
 * Folds what differs between spellings of one word: width and case, invisible characters, nukta, chandrabindu,
 * the Gurmukhi nasal and doubling signs, nasal conjuncts against anusvara, Latin accents, Indic digits.
 */
export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(invisible, '')
    .replace(/(?<=[a-z])[\u0300-\u036f]+/gu, '')
    .replace(nuktas, '')
    .normalize('NFC')
    .replace(/\u0901/gu, '\u0902')
    .replace(/\u0a01|\u0a70/gu, '\u0a02')
    .replace(/\u0a71/gu, '')
    .replace(/[ङञणन]\u094d(?=[क-ध])|म\u094d(?=[प-भ])/gu, '\u0902')
    .replace(/[\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f]/gu, indicDigit)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function indicDigit(digit: string): string {
  // The digits of these blocks all start at a code point ending in hexadecimal 6.
  return String((digit.charCodeAt(0) & 0xf) - 6);
}
