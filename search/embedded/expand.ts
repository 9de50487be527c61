import { type Analyser, type AskedWord, isSpelling } from '../analyser/analyser.js';
import type { Mix } from './mix.js';
import type { Vocabulary } from './vocabulary.js';

/** Words of the index that stand for an asked one, by number, each with its weight. */
export type Expansion = Map<number, number>;

/** An asked word with all it may be written as; from the weight `sure` upwards it is that word, not one like it. */
export interface Expanded {
  asked: AskedWord;
  expansion: Expansion;
  sure: number;
}

export interface ExpandOptions {
  vocabulary: Vocabulary;
  analyser: Analyser;
  mix: Mix;
  /** Live documents in the index. */
  documents: number;
  /** Looks for words that are only like a known one, too. */
  guessing: boolean;
  romanised: boolean;
}

/** The most frequent completions of a beginning; the rest would only be noise. */
const mostCompletions = 60;
const completionShare = 0.8;
const longestKey = 40;

/** How telling a word is that stands in so many of the documents. */
export function rarity(documents: number, holding: number, power: number): number {
  return Math.log(1 + (documents - Math.min(holding, documents) + 0.5) / (holding + 0.5)) ** power;
}

/**
 * Everything an asked word may be written as. A word met as it stands gets the sum of all ways of meeting, one
 * that only sounds alike less, and so on down.
 */
export function expand(
  asked: AskedWord,
  { vocabulary, analyser, mix, documents, guessing, romanised }: ExpandOptions,
): Expanded {
  const expansion: Expansion = new Map();
  const { stem, key, skeleton } = analyser.features(asked.word);
  const { stems, keys, skeletons } = vocabulary;
  const rare = (holding: number) => rarity(documents, holding, mix.rarePower);
  const sameStem = stems.find(stem);
  const stemTotal = stems.total(sameStem);
  const knownLatin = /^[a-z]/u.test(asked.word) && stemTotal > 0;
  // An English word the index knows needs no likeness; Hindi in Latin letters is spelled in many ways.
  const spelled = knownLatin && !romanised && mix.latinKnown < 1;

  function put(number: number, weight: number): void {
    if (weight > 0 && weight > (expansion.get(number) ?? 0)) expansion.set(number, weight);
  }
  const bySound = (number: number, weight: number) =>
    knownLatin && vocabulary.isLatin(number) ? weight * mix.latinKnown : weight;

  let full = 0;
  let sure = Number.POSITIVE_INFINITY;
  for (const meaning of asked.meanings) {
    const number = vocabulary.find(meaning);
    if (number === undefined) continue;
    const holding = rare(vocabulary.documents(number));
    if (!isSpelling(meaning)) put(number, mix.meaning * holding);
    else {
      // As good as the same sound.
      const weight = (mix.key + mix.skeleton + mix.alike) * holding;
      put(number, weight);
      sure = Math.min(sure, weight);
    }
  }

  if (key !== '' && key.length <= longestKey) {
    const sameKey = keys.find(key);
    const keyTotal = keys.total(sameKey);
    const sameSkeleton = skeletons.find(skeleton);
    const guesses = key.length >= mix.shortestAlike && (guessing || keyTotal + stemTotal === 0);
    if (mix.alike > 0 && guesses && !spelled) {
      let holding = keyTotal;
      const { letters, leastAlike: least, mostAlike: most } = mix;
      for (const { key: like, likeness } of vocabulary.like(key, { letters, least, most })) {
        holding += keys.total(like) * likeness;
        const weight = mix.alike * likeness ** mix.alikePower * rare(holding);
        keys.each(like, (number) => put(number, bySound(number, weight)));
      }
    }
    full += mix.alike * rare(keyTotal);
    if (sameSkeleton >= 0 && guesses) {
      const weight = mix.skeleton * rare(skeletons.total(sameSkeleton));
      full += weight;
      skeletons.each(sameSkeleton, (number) => {
        put(number, (expansion.get(number) ?? 0) + bySound(number, weight));
      });
    }
    if (sameKey >= 0) {
      full += mix.key * rare(keyTotal);
      const weight = full;
      keys.each(sameKey, (number) => put(number, bySound(number, weight)));
      sure = Math.min(sure, full);
    }
  } else {
    // Numbers and scripts without sounds count like the words that have them.
    full = (mix.key + mix.skeleton + mix.alike) * rare(stemTotal);
  }
  if (sameStem >= 0) {
    full += mix.word * rare(stemTotal);
    const weight = full;
    stems.each(sameStem, (number) => put(number, weight));
    sure = Math.min(sure, full);
  }
  if (romanised && mix.romanisedLatin < 1) {
    sure *= mix.romanisedLatin;
    for (const [number, weight] of expansion) {
      if (vocabulary.isLatin(number)) expansion.set(number, weight * mix.romanisedLatin);
    }
  }
  return { asked, expansion, sure: sure * 0.999 };
}

/** Adds the words the last typed one may be the beginning of. They count as met for sure. */
export function complete(
  { asked: { word }, expansion, sure }: Expanded,
  { vocabulary, analyser, mix, documents }: Omit<ExpandOptions, 'guessing'>,
): number {
  if (word.length < 2) return sure;
  const { key } = analyser.features(word);
  const begun = analyser.spellingsBegunBy(word).flatMap((mark) => vocabulary.find(mark) ?? []);
  const share = mix.word + mix.key + mix.skeleton + mix.alike;
  let weakest = sure;
  for (const [numbers, part] of [
    [vocabulary.beginning(word), completionShare],
    [key.length < 3 ? [] : vocabulary.keyBeginning(key), completionShare * 0.7],
    [begun, completionShare * 0.7],
  ] as const) {
    const commonest = [...numbers]
      .sort((a, b) => vocabulary.documents(b) - vocabulary.documents(a) || a - b)
      .slice(0, mostCompletions);
    const holding = commonest.reduce((sum, number) => sum + vocabulary.documents(number), 0);
    const weight = part * share * rarity(documents, holding, mix.rarePower);
    if (commonest.length > 0) weakest = Math.min(weakest, weight * 0.999);
    for (const number of commonest) {
      if (weight > (expansion.get(number) ?? 0)) expansion.set(number, weight);
    }
  }
  return weakest;
}

const shortestPart = 3;
const shortestCompound = 8;

/** An unknown run-together word (a hashtag, mostly) as the two or three words of the index it is made of, or none. */
export function takeApart(word: string, vocabulary: Vocabulary): string[] {
  if (word.length < shortestCompound || !/^[a-z]+$/u.test(word)) return [];
  const isWord = (part: string) => {
    const number = part.length < shortestPart ? undefined : vocabulary.find(part);
    return number !== undefined && vocabulary.documents(number) > 1;
  };
  let best: string[] = [];
  let shortest = 0;
  for (let at = shortestPart; at <= word.length - shortestPart; at += 1) {
    const [first, rest] = [word.slice(0, at), word.slice(at)];
    if (!isWord(first)) continue;
    if (isWord(rest) && Math.min(first.length, rest.length) > shortest) {
      best = [first, rest];
      shortest = Math.min(first.length, rest.length);
    }
    for (let next = shortestPart; best.length === 0 && next <= rest.length - shortestPart; next += 1) {
      const [second, third] = [rest.slice(0, next), rest.slice(next)];
      if (isWord(second) && isWord(third)) best = [first, second, third];
    }
  }
  return best;
}
