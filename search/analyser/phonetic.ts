import { asDevanagari, transliterate } from './transliterate.js';

/**
 * The key under which a word meets its spellings in other scripts: bijli, bijlee and बिजली give the same one.
 * Empty for scripts without one, words with digits, and words of one sound. Takes a word folded by `foldWord`.
 */
export function phoneticKey(word: string): string {
  const latin = inLatin(word);
  if (latin === '') return '';
  const key = foldSounds(latin);
  return key.length < 2 ? '' : key;
}

/** The consonants of a key, and its first sound whatever it is: spellings mostly differ in vowels. */
export function skeletonOf(key: string): string {
  const skeleton = key.slice(0, 1) + key.slice(1).replace(/[aeiouvh]/gu, '');
  return skeleton.replace(/(.)\1+/gu, '$1');
}

function inLatin(word: string): string {
  if (/^[a-z]+$/u.test(word)) return word;
  const devanagari = asDevanagari(word);
  return /^[\u0900-\u0963\u0971-\u097f]+$/u.test(devanagari) ? transliterate(devanagari) : '';
}

/** Brings usual spellings together: aa/a, ee/i, oo/u, w/v, z/j, ph/f, aspirates, doubled letters. */
function foldSounds(latin: string): string {
  return latin
    .replace(/tch|c+hh?/gu, 'C')
    .replace(/s+c?h/gu, 's')
    .replace(/ph/gu, 'f')
    .replace(/x/gu, 'ks')
    .replace(/c(?=[eiy])/gu, 's')
    .replace(/[cq]+k?/gu, 'k')
    .replace(/gy|gn|jn/gu, 'gi')
    .replace(/w/gu, 'v')
    .replace(/z/gu, 'j')
    .replace(/([kgjtdbr])h/gu, '$1')
    .replace(/ee+|ii+|ea|ie/gu, 'i')
    .replace(/oo+|uu+|ou/gu, 'u')
    .replace(/aa+/gu, 'a')
    .replace(/ai|ay|ei|ey/gu, 'e')
    .replace(/au|aw/gu, 'o')
    .replace(/y/gu, 'i')
    .replace(/ii+/gu, 'i')
    .replace(/ia/gu, 'a')
    .replace(/m(?=[pbf])/gu, 'n')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(.)h(?=$|[^aeiou])/gu, '$1')
    .toLowerCase();
}
