import type { Expanded } from './expand.js';
import { rarity } from './expand.js';
import type { Lists } from './lists.js';
import type { Mix } from './mix.js';
import { byScore, createSums, mostTimes, type Scored, saturationOf, timesBits } from './sums.js';
import type { Vocabulary } from './vocabulary.js';

export interface Asked {
  words: Expanded[];
  mix: Mix;
}

/** Documents that meet a question, as columns by slot; good until the next question. */
export interface Found {
  slots: Uint32Array;
  score(slot: number): number;
  /** One bit per asked word, for the first 32: met at all, and met for sure (not only something like it). */
  met: Uint32Array;
  sure: Uint32Array;
}

/** What a scorer reads: by word the documents, by document the words, and how long documents are. */
export interface Indexed {
  vocabulary: Vocabulary;
  postings: Lists;
  contents: Lists;
  lengths(): Uint16Array;
  averageLength(): number;
  size(): number;
  slots(): number;
}

export interface Scorer {
  /** Every document that meets any word. */
  score(asked: Asked): Found;
  /** The documents that fit a long question best and pass, best first, at most as many as asked for. */
  best(asked: Asked, passes: (slot: number) => boolean, most: number): Scored[];
}

export function createScorer({
  vocabulary,
  postings,
  contents,
  lengths,
  averageLength,
  size,
  slots,
}: Indexed): Scorer {
  const sums = createSums({ postings, lengths, averageLength });
  /** By word of the vocabulary, while a question is asked: the most it counts, and the first of its weights. */
  let strongest = new Float32Array(0);
  let weighted = new Int32Array(0);

  function begin(): void {
    sums.begin(slots());
    if (strongest.length >= vocabulary.size()) return;
    const room = Math.ceil(vocabulary.size() * 1.25);
    strongest = new Float32Array(room);
    weighted = new Int32Array(room);
  }

  function readings({ expansion }: Expanded): number {
    let sum = 0;
    for (const number of expansion.keys()) sum += postings.length(number);
    return sum;
  }

  /** Adds what the words not read yet give to the documents in front. */
  function complete(found: Scored[], words: Expanded[], mix: Mix): void {
    const { flat, slope } = saturationOf(mix, averageLength());
    const long = lengths();
    const entries: { word: number; weight: number; next: number }[] = [{ word: 0, weight: 0, next: 0 }];
    for (const [word, { asked, expansion }] of words.entries()) {
      const most = asked.weight * (mix.k1 + 1);
      for (const [number, weight] of expansion) {
        entries.push({ word, weight: weight * most, next: weighted[number] ?? 0 });
        weighted[number] = entries.length - 1;
      }
    }
    const bestOf = new Float32Array(words.length);
    for (const scored of found) {
      bestOf.fill(0);
      const longer = flat + slope * (long[scored.slot] ?? 0);
      eachWord(scored.slot, (number, times) => {
        for (let at = weighted[number] ?? 0; at !== 0; ) {
          const entry = entries[at];
          if (!entry) break;
          const gain = (entry.weight * times) / (times + longer);
          if (gain > (bestOf[entry.word] ?? 0)) bestOf[entry.word] = gain;
          at = entry.next;
        }
      });
      for (const gain of bestOf) scored.score += gain;
    }
    for (const { expansion } of words) for (const number of expansion.keys()) weighted[number] = 0;
  }

  function eachWord(slot: number, visit: (number: number, times: number) => void): void {
    const block = contents.block(slot);
    const from = contents.start(slot);
    const to = from + contents.length(slot);
    for (let at = from; at < to; at += 1) {
      const entry = block[at] ?? 0;
      visit(entry >>> timesBits, entry & mostTimes);
    }
  }

  /** Gives documents that the question covers whole their gain. */
  function cover(found: Scored[], { words, mix }: Asked): void {
    const share = mix.word + mix.key + mix.skeleton + mix.alike;
    for (const { expansion } of words) {
      for (const [number, weight] of expansion) {
        if (weight > (strongest[number] ?? 0)) strongest[number] = weight;
      }
    }
    for (const scored of found) {
      let covered = 0;
      let whole = 0;
      eachWord(scored.slot, (number, times) => {
        if (vocabulary.isMeaning(number)) return;
        const rare = rarity(size(), vocabulary.documents(number), mix.rarePower);
        const surely = Math.min(1, (strongest[number] ?? 0) / (0.75 * share * rare));
        whole += rare * times;
        if (surely > 0.3) covered += rare * times * surely;
      });
      scored.score *= 1 + mix.coverage * (whole > 0 ? covered / whole : 0);
    }
    for (const { expansion } of words) for (const number of expansion.keys()) strongest[number] = 0;
  }

  return {
    score({ words, mix }) {
      begin();
      for (const [at, word] of words.entries()) sums.add(word, mix, at < 32 ? 1 << at : 0);
      return { slots: sums.touched(), score: sums.total, met: sums.met(), sure: sums.sure() };
    },

    best(asked, passes, most) {
      begin();
      const { mix } = asked;
      const rarest = asked.words.map((word) => ({ word, reading: readings(word) }));
      rarest.sort((a, b) => a.reading - b.reading);
      let read = 0;
      let taken = 0;
      for (const { word, reading } of rarest) {
        read += reading;
        if (read > mix.mostRead && taken > 0) break;
        sums.add(word, mix, 0);
        taken += 1;
      }
      const rest = rarest.slice(taken).map(({ word }) => word);
      const leaders = Math.max(most, mix.reranked);
      const found = sums.highest(passes, rest.length > 0 ? Math.max(leaders, mix.inFront) : leaders);
      if (rest.length > 0) complete(found, rest, mix);
      const front = found.sort(byScore).slice(0, leaders);
      cover(front, asked);
      return front.sort(byScore).slice(0, most);
    },
  };
}
