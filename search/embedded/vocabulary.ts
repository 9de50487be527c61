import { type Analyser, isMeaning } from '../analyser/analyser.js';
import { standalone } from '../analyser/memo.js';
import { createBuckets } from './buckets.js';
import { createLikeness, type LikeKey } from './likeness.js';
import { resized } from './lists.js';
import { createWordClasses, type WordClasses } from './word-classes.js';

/** Every distinct word of the index, numbered, and the ways from one spelling to its others. */
export interface Vocabulary {
  size(): number;
  /** The number of a word, given one if it is new. */
  number(word: string): number;
  find(word: string): number | undefined;
  word(number: number): string;
  isLatin(number: number): boolean;
  /** Whether the number stands for a meaning of the lexicon. */
  isMeaning(number: number): boolean;
  /** Documents that hold the word. */
  documents(number: number): number;
  /** Counts a document that has come to hold the word, or no longer does. */
  count(number: number, change: 1 | -1): void;
  stems: WordClasses;
  keys: WordClasses;
  skeletons: WordClasses;
  /** Keys that share runs of two or three letters with the given one, most alike first. */
  like(key: string, options: { letters: 2 | 3; least: number; most: number }): LikeKey[];
  /** Words or keys that begin with the letters, at least two. */
  beginning(letters: string): number[];
  keyBeginning(letters: string): number[];
}

const latin = 1;
const meaning = 2;
const none = 0xffffffff;

export function createVocabulary({ analyser }: { analyser: Analyser }): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const stems = createWordClasses();
  const keys = createWordClasses();
  const skeletons = createWordClasses();
  const likeness = { 2: createLikeness(2), 3: createLikeness(3) };
  const starts = createBuckets();
  const keyStarts = createBuckets();
  const classes = [stems, keys, skeletons] as const;
  /** Per word: its documents, its classes, what kind of word it is. */
  let documents = new Uint32Array(1 << 10);
  let classOf = [new Uint32Array(1 << 10), new Uint32Array(1 << 10), new Uint32Array(1 << 10)] as const;
  let kinds = new Uint8Array(1 << 10);

  function enlarge(): void {
    const size = documents.length * 2;
    documents = resized(documents, size);
    classOf = [resized(classOf[0], size), resized(classOf[1], size), resized(classOf[2], size)];
    const larger = new Uint8Array(size);
    larger.set(kinds);
    kinds = larger;
  }

  function add(given: string): number {
    const word = standalone(given);
    const number = words.push(word) - 1;
    if (number >= documents.length) enlarge();
    numbers.set(word, number);
    const { stem, key, skeleton } = analyser.features(word);
    const known = keys.size();
    for (const [at, name] of [stem, key, skeleton].entries()) {
      const own = classOf[at];
      if (own) own[number] = name === '' ? none : (classes[at]?.join(name, number) ?? none);
    }
    if (keys.size() > known) {
      likeness[2].add(key);
      likeness[3].add(key);
    }
    if (isMeaning(word)) {
      kinds[number] = meaning;
      return number;
    }
    if (isLatinLetter(word.charCodeAt(0))) kinds[number] = latin;
    starts.push(word.slice(0, 2), number);
    if (key !== '') keyStarts.push(key.slice(0, 2), number);
    return number;
  }

  return {
    size: () => words.length,
    number: (word) => numbers.get(word) ?? add(word),
    find: (word) => numbers.get(word),
    word: (number) => words[number] ?? '',
    isLatin: (number) => kinds[number] === latin,
    isMeaning: (number) => kinds[number] === meaning,
    documents: (number) => documents[number] ?? 0,
    count(number, change) {
      documents[number] = (documents[number] ?? 0) + change;
      for (const [at, each] of classes.entries()) {
        const own = classOf[at]?.[number] ?? none;
        if (own !== none) each.count(own, change);
      }
    },
    stems,
    keys,
    skeletons,
    like: (key, { letters, least, most }) =>
      likeness[letters].like(key, { except: keys.find(key), least, most }),
    beginning: (letters) => starts.filter(letters.slice(0, 2), (at) => (words[at] ?? '').startsWith(letters)),
    keyBeginning: (letters) =>
      keyStarts.filter(letters.slice(0, 2), (at) => keys.name(classOf[1][at] ?? none).startsWith(letters)),
  };
}

function isLatinLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
