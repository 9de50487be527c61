const consonants: Record<string, string> = {
  ...{ क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'chh', ज: 'j', झ: 'jh', ञ: 'n' },
  ...{ ट: 't', ठ: 'th', ड: 'd', ढ: 'dh', ण: 'n', त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n' },
  ...{ प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ल: 'l', ळ: 'l', व: 'v' },
  ...{ श: 'sh', ष: 'sh', स: 's', ह: 'h' },
};
const vowels: Record<string, string> = {
  ...{ अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ऋ: 'ri', ए: 'e', ऐ: 'e', ओ: 'o', औ: 'o' },
  ...{ ऍ: 'e', ऑ: 'o' },
};
const marks: Record<string, string> = {
  ...{ '\u093e': 'a', '\u093f': 'i', '\u0940': 'i', '\u0941': 'u', '\u0942': 'u', '\u0943': 'ri' },
  ...{ '\u0945': 'e', '\u0947': 'e', '\u0948': 'e', '\u0949': 'o', '\u094b': 'o', '\u094c': 'o' },
  ...{ '\u0902': 'n' },
};

/**
 * The key under which a Hindi word meets its spellings in Latin letters: bijli and बिजली give the same one.
 * Empty for words of other scripts, words with digits, and words too short to say anything.
 * Takes a word already folded by `foldWord`.
 */
export function romanKey(word: string): string {
  if (/^[a-z]+$/u.test(word)) return foldLatin(word);
  if (/^[\u0900-\u0963]+$/u.test(word)) return foldLatin(transliterate(word));
  return '';
}

/** Inherent vowels are left out: `foldLatin` drops every inner "a", so both scripts agree without schwa rules. */
function transliterate(word: string): string {
  let latin = '';
  for (const letter of word.replace(/ज\u094dञ/gu, 'ग\u094dय')) {
    latin += consonants[letter] ?? vowels[letter] ?? marks[letter] ?? '';
  }
  return latin;
}

/** Brings the usual romanised spellings together: aa/a, ee/i, oo/u, w/v, z/j, ph/f, aspirates, doubled letters. */
function foldLatin(latin: string): string {
  const key = latin
    .replace(/x/gu, 'ks')
    .replace(/ph/gu, 'f')
    .replace(/sh/gu, 's')
    .replace(/c+h+/gu, 'C')
    .replace(/c(?=[eiy])/gu, 's')
    .replace(/[cq]+k?/gu, 'k')
    .replace(/([kgjtdbrC])h/gu, '$1')
    .replace(/z/gu, 'j')
    .replace(/w/gu, 'v')
    .replace(/ee|ii/gu, 'i')
    .replace(/oo|uu/gu, 'u')
    .replace(/ai|ei|ay(?![aeiou])/gu, 'e')
    .replace(/au|ou/gu, 'o')
    .replace(/iy/gu, 'i')
    .replace(/m(?=[pb])/gu, 'n')
    .replace(/(?<=.)a/gu, '')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(?<=..[eiou])n$/u, '')
    .toLowerCase();
  return key.length < 2 ? '' : key;
}
