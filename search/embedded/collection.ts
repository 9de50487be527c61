import type { Analyser, AskedWord } from '../analyser/analyser.js';
import { isMeaning } from '../analyser/analyser.js';
import { stopWords } from '../analyser/stop-words.js';
import type { IndexDocument } from '../search-index.js';
import { createDocuments, type Documents } from './documents.js';
import { complete, type Expanded, expand, rarity, takeApart } from './expand.js';
import { createLists, type Lists } from './lists.js';
import type { Mix } from './mix.js';
import { type TermStatistics, withStatistics } from './statistics.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

/** A document's words: numbers of the vocabulary, each with how often it stands there. */
export type DocumentWords = [word: string, times: number][];

export interface Scored {
  slot: number;
  score: number;
  /** One bit per asked word, for the first 32: met at all, and met for sure (not only something like it). */
  met: number;
  sure: number;
}

export interface Question {
  words: AskedWord[];
  mix: Mix;
  /** The last word may be the beginning of another. */
  unfinished: boolean;
  /** Hindi in Latin letters. */
  romanised: boolean;
}

export interface Asked {
  words: Expanded[];
  mix: Mix;
}

/** Documents with their words indexed; knows nothing of who may see what. */
export interface Collection {
  documents: Documents;
  put(document: IndexDocument, words?: DocumentWords): void;
  drop(id: string): void;
  wordsOf(slot: number): DocumentWords;
  /** Looks up what the question's words may be written as; good until the next write. */
  ask(question: Question): Asked;
  /** Every document that meets any word and passes, unsorted. */
  score(asked: Asked, passes: (slot: number) => boolean): Scored[];
  /** Gives documents that the question covers whole their gain. */
  rerank(asked: Asked, best: Scored[]): Scored[];
  vocabulary: Vocabulary;
  /** Work left behind by removals, to be done in slices: null when there is none. */
  cleaning(): Iterator<void> | null;
}

/** A posting holds the slot above and the number of times below. */
const timesBits = 6;
const mostTimes = (1 << timesBits) - 1;

export function createCollection({
  analyser,
  statistics,
}: {
  analyser: Analyser;
  /** Left out for a collection that is the whole index. */
  statistics?: TermStatistics;
}): Collection {
  const documents = createDocuments();
  const own = createVocabulary({ analyser });
  const vocabulary =
    statistics === undefined
      ? own
      : withStatistics(own, statistics, {
          part: documents.size,
          stemOf: (word) => analyser.features(word).stem,
        });
  const size = () => statistics?.documents ?? documents.size();
  /** By word the documents, by document the words. */
  const postings: Lists = createLists();
  const contents: Lists = createLists();
  const dead: number[] = [];
  let lengths = new Uint16Array(1 << 10);
  let totalLength = 0;
  let best = new Float32Array(0);
  let total = new Float32Array(0);
  let met = new Uint32Array(0);
  let sure = new Uint32Array(0);
  let surely = new Uint8Array(0);

  function drop(id: string): void {
    const slot = documents.slotOf(id);
    if (slot === undefined) return;
    documents.drop(id);
    totalLength -= lengths[slot] ?? 0;
    const block = contents.block();
    const from = contents.start(slot);
    for (let at = from; at < from + contents.length(slot); at += 1)
      vocabulary.count((block[at] ?? 0) >>> timesBits, -1);
    contents.retain(slot, () => false);
    dead.push(slot);
  }

  function put(document: IndexDocument, given?: DocumentWords): void {
    drop(document.id);
    const words = given ?? [...analyser.indexWords(passagesOf(document))];
    const slot = documents.put(document);
    if (slot >= lengths.length) {
      const longer = new Uint16Array(lengths.length * 2);
      longer.set(lengths);
      lengths = longer;
    }
    let length = 0;
    for (const [word, times] of words) {
      const number = vocabulary.number(word);
      const counted = Math.min(times, mostTimes);
      postings.push(number, (slot << timesBits) | counted);
      contents.push(slot, (number << timesBits) | counted);
      vocabulary.count(number, 1);
      if (!isMeaning(word)) length += counted;
    }
    lengths[slot] = Math.min(length, 65_535);
    totalLength += lengths[slot] ?? 0;
  }

  function withParts(words: AskedWord[]): AskedWord[] {
    const known = new Set(words.map(({ word }) => word));
    const parts = words.flatMap(({ word, weight }) => {
      if ((vocabulary.stem(analyser.features(word).stem)?.total ?? 0) > 0) return [];
      return takeApart(word, vocabulary)
        .filter((part) => !known.has(part) && !stopWords.has(part))
        .map((part) => ({ word: part, weight: weight * 0.8, meanings: [] }));
    });
    return [...words, ...parts];
  }

  /** Of a long text the rarest words; unknown ones may still be known by their sound. */
  function telling(words: AskedWord[], most: number): AskedWord[] {
    if (words.length <= most) return words;
    const holding = ({ word }: AskedWord) => {
      const { stem, key } = analyser.features(word);
      const found = Math.max(vocabulary.key(key)?.total ?? 0, vocabulary.stem(stem)?.total ?? 0);
      return found === 0 ? size() / 10 : found;
    };
    const ranked = words.map((word) => ({ word, holding: holding(word) }));
    return ranked
      .sort((a, b) => a.holding - b.holding)
      .slice(0, most)
      .map(({ word }) => word);
  }

  function ready(): void {
    if (total.length >= documents.slots()) return;
    const size = Math.ceil(documents.slots() * 1.25);
    best = new Float32Array(size);
    total = new Float32Array(size);
    met = new Uint32Array(size);
    sure = new Uint32Array(size);
    surely = new Uint8Array(size);
  }

  return {
    documents,
    vocabulary,
    put,
    drop,
    wordsOf(slot) {
      const block = contents.block();
      const from = contents.start(slot);
      return Array.from(block.subarray(from, from + contents.length(slot)), (entry) => [
        vocabulary.word(entry >>> timesBits),
        entry & mostTimes,
      ]);
    },

    ask({ words, mix, unfinished, romanised }) {
      const all = withParts(words);
      const last = words.at(-1);
      const options = {
        romanised,
        vocabulary,
        analyser,
        mix,
        documents: size(),
        guessing: !unfinished || all.length > 1,
      };
      const expanded = telling(all, mix.mostWords).map((asked) => {
        const found = expand(asked, options);
        return unfinished && asked === last ? { ...found, sure: complete(found, options) } : found;
      });
      return { words: expanded, mix };
    },

    score({ words, mix }, passes) {
      ready();
      const { k1, b } = mix;
      const average = totalLength / Math.max(1, documents.size()) || 1;
      const [flat, slope] = [k1 * (1 - b), (k1 * b) / average];
      const touched: number[] = [];
      const block = postings.block();
      for (const [at, { asked, expansion, sure: enough }] of words.entries()) {
        const bit = at < 32 ? 1 << at : 0;
        const here: number[] = [];
        for (const [number, weight] of expansion) {
          const from = postings.start(number);
          const to = from + postings.length(number);
          const isSure = weight >= enough ? 1 : 0;
          const most = weight * (k1 + 1);
          for (let place = from; place < to; place += 1) {
            const posting = block[place] ?? 0;
            const slot = posting >>> timesBits;
            const times = posting & mostTimes;
            const scored = (most * times) / (times + flat + slope * (lengths[slot] ?? 0));
            const before = best[slot] ?? 0;
            if (before === 0) here.push(slot);
            if (scored > before) best[slot] = scored;
            if (isSure === 1) surely[slot] = 1;
          }
        }
        for (const slot of here) {
          if ((total[slot] ?? 0) === 0) touched.push(slot);
          total[slot] = (total[slot] ?? 0) + asked.weight * (best[slot] ?? 0);
          met[slot] = (met[slot] ?? 0) | bit;
          if (surely[slot] === 1) sure[slot] = (sure[slot] ?? 0) | bit;
          best[slot] = 0;
          surely[slot] = 0;
        }
      }
      const found: Scored[] = [];
      for (const slot of touched) {
        if (passes(slot)) {
          found.push({ slot, score: total[slot] ?? 0, met: met[slot] ?? 0, sure: sure[slot] ?? 0 });
        }
        total[slot] = 0;
        met[slot] = 0;
        sure[slot] = 0;
      }
      return found;
    },

    rerank({ words, mix }, found) {
      if (mix.coverage === 0) return found;
      const everything = size();
      const share = mix.word + mix.key + mix.skeleton + mix.alike;
      const rare = (number: number) => rarity(everything, vocabulary.documents(number), mix.rarePower);
      const metWords = new Map<number, number>();
      for (const { expansion } of words) {
        for (const [number, weight] of expansion) {
          const certain = Math.min(1, weight / (0.75 * share * rare(number)));
          if (certain > (metWords.get(number) ?? 0.3)) metWords.set(number, certain);
        }
      }
      const block = contents.block();
      return found.map((scored) => {
        const { slot, score } = scored;
        let [covered, whole] = [0, 0];
        const from = contents.start(slot);
        for (let at = from; at < from + contents.length(slot); at += 1) {
          const entry = block[at] ?? 0;
          const number = entry >>> timesBits;
          if (isMeaning(vocabulary.word(number))) continue;
          const mass = rare(number) * (entry & mostTimes);
          whole += mass;
          covered += mass * (metWords.get(number) ?? 0);
        }
        return { ...scored, score: score * (1 + mix.coverage * (whole > 0 ? covered / whole : 0)) };
      });
    },

    cleaning() {
      if (dead.length < 1_000 || dead.length < documents.size() / 4) return null;
      return clean();
    },
  };

  function* clean(): Generator<void, void, void> {
    const gone = dead.splice(0);
    const isGone = new Set(gone);
    for (let number = 0; number < vocabulary.size(); number += 1) {
      postings.retain(number, (posting) => !isGone.has(posting >>> timesBits));
      if (number % 64 === 0) yield;
    }
    documents.reuse(gone);
  }
}

export function passagesOf(document: IndexDocument): string[] {
  const texts = document.texts.flatMap(({ headline, body }) => [headline, body]);
  return [...new Set([...document.claimTexts, ...texts])].filter((passage) => passage !== '');
}
