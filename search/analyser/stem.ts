import { asDevanagari } from './transliterate.js';

/** Longest first. Endings of gender, number and case in Hindi, Punjabi and Marathi, in folded form. */
const indicEndings = [...'ियां ियों ियाँ ाओं ाएं ुओं ुएं ाओ ाए'.split(' '), ...'ों ें ीं ां ो े ी ि ा ू ु ं'.split(' ')];

/** A word without its ending, lightly: better two forms of a word apart than two words together. */
export function stemOf(word: string): string {
  if (/^[a-z]+$/u.test(word)) return englishStem(word);
  if (!/^[\u0900-\u0b7f]+$/u.test(word)) return word;
  const devanagari = asDevanagari(word);
  const ending = indicEndings.find((end) => devanagari.endsWith(end) && devanagari.length - end.length >= 2);
  return ending === undefined ? devanagari : devanagari.slice(0, -ending.length);
}

function englishStem(word: string): string {
  if (word.length < 4) return word;
  let stem = word;
  if (stem.endsWith('sses')) stem = stem.slice(0, -2);
  else if (stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (/[^su]s$/u.test(stem)) stem = stem.slice(0, -1);
  if (/.{3}ingly$/u.test(stem)) stem = stem.slice(0, -5);
  else if (/.{3}ing$/u.test(stem)) stem = stem.slice(0, -3);
  else if (/.{3}ed$/u.test(stem)) stem = stem.slice(0, -2);
  else if (/.{4}ly$/u.test(stem)) stem = stem.slice(0, -2);
  if (/([b-df-hj-np-tv-z])\1$/u.test(stem) && !/[lsz]$/u.test(stem)) stem = stem.slice(0, -1);
  return stem.replace(/e$/u, '');
}
