/** A consonant (or none) with the vowel that follows it; `schwa` is the vowel nobody writes. */
interface Syllable {
  onset: string;
  vowel: string;
  schwa: boolean;
}

const consonants: Record<string, string> = {
  ...{ क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'chh', ज: 'j', झ: 'jh', ञ: 'n' },
  ...{ ट: 't', ठ: 'th', ड: 'd', ढ: 'dh', ण: 'n', त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n' },
  ...{ प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ल: 'l', ळ: 'l', व: 'v' },
  ...{ श: 'sh', ष: 'sh', स: 's', ह: 'h', ऱ: 'r', ऩ: 'n' },
};
const vowels: Record<string, string> = {
  ...{ अ: 'a', आ: 'aa', इ: 'i', ई: 'ii', उ: 'u', ऊ: 'uu', ऋ: 'ri', ए: 'e', ऐ: 'ai', ओ: 'o', औ: 'au' },
  ...{ ऍ: 'e', ऎ: 'e', ऑ: 'o', ऒ: 'o', ॐ: 'om' },
};
const marks: Record<string, string> = {
  ...{ '\u093e': 'aa', '\u093f': 'i', '\u0940': 'ii', '\u0941': 'u', '\u0942': 'uu', '\u0943': 'ri' },
  ...{ '\u0945': 'e', '\u0946': 'e', '\u0947': 'e', '\u0948': 'ai', '\u0949': 'o', '\u094a': 'o' },
  ...{ '\u094b': 'o', '\u094c': 'au' },
};
const virama = '\u094d';
const nasal = /[\u0901\u0902]/u;
const visarga = '\u0903';

/**
 * Indic scripts share one layout in Unicode, so their letters are read as the Devanagari ones in the same place.
 * Bengali, Gurmukhi, Gujarati and Odia; the Gurmukhi nasal sign becomes anusvara and the doubling sign goes.
 */
export function asDevanagari(word: string): string {
  return word
    .replace(/\u0a71/gu, '')
    .replace(/\u0a70/gu, '\u0902')
    .replace(/[\u0980-\u09ff\u0a00-\u0a7f\u0a80-\u0aff\u0b00-\u0b7f]/gu, (letter) =>
      String.fromCharCode(0x0900 + (letter.charCodeAt(0) & 0x7f)),
    );
}

/**
 * A Devanagari word in Latin letters the way Hindi is spoken: बिजली is "bijlii", not "bijalii". The unwritten
 * vowel falls silent at the end of a word and between a vowel and a consonant that has one (Ohala's rule).
 */
export function transliterate(word: string): string {
  const syllables = syllablesOf(word);
  silenceSchwas(syllables);
  return syllables.map(({ onset, vowel, schwa }) => onset + (schwa ? 'a' : vowel)).join('');
}

function syllablesOf(word: string): Syllable[] {
  const syllables: Syllable[] = [];
  for (const letter of word.replace(/ज\u094dञ/gu, 'ग\u094dय')) {
    const last = syllables.at(-1);
    const consonant = consonants[letter];
    const vowel = vowels[letter];
    const mark = marks[letter];
    if (consonant !== undefined) syllables.push({ onset: consonant, vowel: '', schwa: true });
    else if (vowel !== undefined) syllables.push({ onset: '', vowel, schwa: false });
    else if (last && (mark !== undefined || letter === virama))
      Object.assign(last, { vowel: mark ?? '', schwa: false });
    else if (nasal.test(letter)) syllables.push({ onset: 'n', vowel: '', schwa: false });
    else if (letter === visarga) syllables.push({ onset: 'h', vowel: '', schwa: false });
    else if (/[0-9a-z]/u.test(letter)) syllables.push({ onset: letter, vowel: '', schwa: false });
  }
  return syllables;
}

function silenceSchwas(syllables: Syllable[]): void {
  const last = syllables.at(-1);
  const beforeLast = syllables.at(-2);
  if (last && beforeLast && last.schwa) {
    // मित्र keeps a breath after the conjunct: mitra.
    const breath = beforeLast.vowel === '' && !beforeLast.schwa && /[yrvl]$/u.test(last.onset);
    Object.assign(last, { vowel: breath ? 'a' : '', schwa: false });
  }
  for (let at = syllables.length - 2; at > 0; at -= 1) {
    const [before, here, after] = [syllables[at - 1], syllables[at], syllables[at + 1]];
    if (!before || !here || !after) continue;
    const spoken = (syllable: Syllable) => syllable.schwa || syllable.vowel !== '';
    if (here.schwa && spoken(before) && after.onset !== '' && spoken(after)) here.schwa = false;
  }
}
