import { type Analyser, isMeaning, type WordFeatures } from '../analyser/analyser.js';
import { createLists, type Lists } from './lists.js';

/** Words that are the same under one feature; `total` counts their documents. */
export interface WordClass {
  members: number[];
  total: number;
}

/** A key that looks like the one asked for; likeness is 0 to 1. */
export interface LikeKey {
  key: string;
  likeness: number;
}

/** Every distinct word of the index, numbered, and the ways from one spelling to its others. */
export interface Vocabulary {
  size(): number;
  /** The number of a word, given one if it is new. */
  number(word: string): number;
  find(word: string): number | undefined;
  word(number: number): string;
  isLatin(number: number): boolean;
  /** Documents that hold the word. */
  documents(number: number): number;
  /** Counts a document that has come to hold the word, or no longer does. */
  count(number: number, change: 1 | -1): void;
  stem(stem: string): WordClass | undefined;
  key(key: string): WordClass | undefined;
  skeleton(skeleton: string): WordClass | undefined;
  /** Keys sharing pairs of letters with the given one, most alike first. */
  like(key: string, least: number, most: number): LikeKey[];
  /** Words or keys that begin with the letters, at least two. */
  beginning(letters: string): number[];
  keyBeginning(letters: string): number[];
}

/** A word's classes, kept to count its documents in all of them. */
type Classes = WordClass[];

export function createVocabulary({ analyser }: { analyser: Analyser }): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const wordKeys: string[] = [];
  const documents: number[] = [];
  const classesOf: Classes[] = [];
  const stems = new Map<string, WordClass>();
  const keys = new Map<string, WordClass>();
  const skeletons = new Map<string, WordClass>();
  const keyNames: string[] = [];
  const pairs = createBuckets();
  const starts = createBuckets();
  const keyStarts = createBuckets();
  let shared = new Uint8Array(1 << 10);

  function join(classes: Map<string, WordClass>, name: string, number: number): WordClass[] {
    if (name === '') return [];
    const known = classes.get(name);
    if (known) {
      known.members.push(number);
      return [known];
    }
    const fresh: WordClass = { members: [number], total: 0 };
    classes.set(name, fresh);
    if (classes === keys) addKey(name);
    return [fresh];
  }

  function addKey(key: string): void {
    const at = keyNames.push(key) - 1;
    for (const pair of pairsOf(key)) pairs.push(pair, at);
  }

  function add(word: string): number {
    const number = words.push(word) - 1;
    numbers.set(word, number);
    documents.push(0);
    const { stem, key, skeleton }: WordFeatures = analyser.features(word);
    wordKeys.push(key);
    classesOf.push([
      ...join(stems, stem, number),
      ...join(keys, key, number),
      ...join(skeletons, skeleton, number),
    ]);
    if (!isMeaning(word)) {
      starts.push(word.slice(0, 2), number);
      if (key !== '') keyStarts.push(key.slice(0, 2), number);
    }
    return number;
  }

  return {
    size: () => words.length,
    number: (word) => numbers.get(word) ?? add(word),
    find: (word) => numbers.get(word),
    word: (number) => words[number] ?? '',
    isLatin: (number) => isLatinLetter((words[number] ?? '').charCodeAt(0)),
    documents: (number) => documents[number] ?? 0,
    count(number, change) {
      documents[number] = (documents[number] ?? 0) + change;
      for (const each of classesOf[number] ?? []) each.total += change;
    },
    stem: (stem) => stems.get(stem),
    key: (key) => keys.get(key),
    skeleton: (skeleton) => skeletons.get(skeleton),
    like(key, least, most) {
      if (shared.length < keyNames.length) shared = new Uint8Array(keyNames.length * 2);
      const asked = pairsOf(key);
      const met: number[] = [];
      for (const pair of asked) {
        const { block, from, to } = pairs.range(pair);
        for (let place = from; place < to; place += 1) {
          const at = block[place] ?? 0;
          const before = shared[at] ?? 0;
          if (before === 0) met.push(at);
          shared[at] = before + 1;
        }
      }
      const found: LikeKey[] = [];
      for (const at of met) {
        const name = keyNames[at] ?? '';
        const likeness = (2 * (shared[at] ?? 0)) / (asked.size + name.length + 1);
        shared[at] = 0;
        if (likeness >= least && name !== key) found.push({ key: name, likeness });
      }
      return found.sort((a, b) => b.likeness - a.likeness).slice(0, most);
    },
    beginning: (letters) => starts.filter(letters.slice(0, 2), (at) => (words[at] ?? '').startsWith(letters)),
    keyBeginning: (letters) =>
      keyStarts.filter(letters.slice(0, 2), (at) => (wordKeys[at] ?? '').startsWith(letters)),
  };
}

function isLatinLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Pairs of neighbouring letters, with the ends marked. */
function pairsOf(key: string): Set<string> {
  const marked = `^${key}$`;
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= marked.length; at += 1) pairs.add(marked.slice(at, at + 2));
  return pairs;
}

interface Buckets {
  push(name: string, value: number): void;
  /** Where the values lie; good until the next write. */
  range(name: string): { block: Uint32Array; from: number; to: number };
  filter(name: string, keep: (value: number) => boolean): number[];
}

function createBuckets(): Buckets {
  const numbers = new Map<string, number>();
  const lists: Lists = createLists();

  function range(name: string) {
    const list = numbers.get(name);
    const from = list === undefined ? 0 : lists.start(list);
    return { block: lists.block(), from, to: list === undefined ? 0 : from + lists.length(list) };
  }

  return {
    push(name, value) {
      const list = numbers.get(name) ?? numbers.size;
      numbers.set(name, list);
      lists.push(list, value);
    },
    range,
    filter(name, keep) {
      const { block, from, to } = range(name);
      return Array.from(block.subarray(from, to)).filter(keep);
    },
  };
}
