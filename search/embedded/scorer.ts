import type { Expanded } from './expand.js';
import { rarity } from './expand.js';
import { type Lists, resized } from './lists.js';
import type { Mix } from './mix.js';
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

export interface Scored {
  slot: number;
  score: number;
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

/** An entry of a list holds a number above and the number of times below. */
export const timesBits = 6;
export const mostTimes = (1 << timesBits) - 1;

export function createScorer({
  vocabulary,
  postings,
  contents,
  lengths,
  averageLength,
  size,
  slots,
}: Indexed): Scorer {
  /** By slot the sum over the words read so far, and the best meeting with the word being read. */
  let sums = new Float32Array(0);
  let [met, sure, here, touched] = [none(), none(), none(), none()];
  let count = 0;
  let highest = 0;
  /** By word of the vocabulary, while a question is asked: how surely it is met, and the first of its weights. */
  let certain = new Float32Array(0);
  let weighted = new Int32Array(0);
  const bins = new Uint32Array(1_024);

  function begin(): void {
    // Quicker than going back to each place.
    sums.fill(0);
    met.fill(0);
    sure.fill(0);
    highest = 0;
    count = 0;
    if (met.length < slots()) {
      const room = Math.ceil(slots() * 1.25);
      sums = new Float32Array(2 * room);
      [met, sure, here, touched] = [none(room), none(room), none(room), none(room)];
    }
    if (certain.length < vocabulary.size()) {
      const room = Math.ceil(vocabulary.size() * 1.25);
      certain = new Float32Array(room);
      weighted = new Int32Array(room);
    }
  }

  function saturation({ k1, b }: Mix): (times: number, slot: number) => number {
    const [flat, slope] = [k1 * (1 - b), (k1 * b) / (averageLength() || 1)];
    const long = lengths();
    return (times, slot) => ((k1 + 1) * times) / (times + flat + slope * (long[slot] ?? 0));
  }

  /** Adds to each document the best of its meetings with one word. */
  function add({ asked, expansion, sure: enough }: Expanded, { k1, b }: Mix, bit: number): void {
    const [flat, slope] = [k1 * (1 - b), (k1 * b) / (averageLength() || 1)];
    const long = lengths();
    let meetings = 0;
    for (const [number, weight] of expansion) {
      const block = postings.block(number);
      const from = postings.start(number);
      const to = from + postings.length(number);
      const surely = weight >= enough ? bit : 0;
      const most = weight * (k1 + 1);
      for (let place = from; place < to; place += 1) {
        const posting = block[place] ?? 0;
        const slot = posting >>> timesBits;
        const times = posting & mostTimes;
        const scored = (most * times) / (times + flat + slope * (long[slot] ?? 0));
        const before = sums[2 * slot + 1] ?? 0;
        if (before === 0) {
          here[meetings] = slot;
          meetings += 1;
        }
        if (scored > before) sums[2 * slot + 1] = scored;
        if (surely !== 0) sure[slot] = (sure[slot] ?? 0) | surely;
      }
    }
    for (let at = 0; at < meetings; at += 1) {
      const slot = here[at] ?? 0;
      const sum = sums[2 * slot] ?? 0;
      if (sum === 0) {
        touched[count] = slot;
        count += 1;
      }
      const more = sum + asked.weight * (sums[2 * slot + 1] ?? 0);
      if (more > highest) highest = more;
      sums[2 * slot] = more;
      sums[2 * slot + 1] = 0;
      if (bit !== 0) met[slot] = (met[slot] ?? 0) | bit;
    }
  }

  function readings({ expansion }: Expanded): number {
    let sum = 0;
    for (const number of expansion.keys()) sum += postings.length(number);
    return sum;
  }

  /** Those with the highest totals so far that pass, some more than `most` when many are level. */
  function inFront(passes: (slot: number) => boolean, most: number): Scored[] {
    bins.fill(0);
    const end = 2 * slots();
    const scale = highest > 0 ? (bins.length - 1) / highest : 0;
    for (let at = 0; at < end; at += 2) {
      const score = sums[at] ?? 0;
      if (score === 0) continue;
      const bin = Math.floor(score * scale);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const found: Scored[] = [];
    let above = bins.length;
    let wanted = most;
    while (above > 0 && found.length < most) {
      let lowest = above;
      for (let taken = 0; taken < wanted && lowest > 0; ) taken += bins[--lowest] ?? 0;
      for (let at = 0; at < end; at += 2) {
        const score = sums[at] ?? 0;
        if (score === 0) continue;
        const bin = Math.floor(score * scale);
        if (bin >= lowest && bin < above && passes(at >> 1)) found.push({ slot: at >> 1, score });
      }
      above = lowest;
      wanted *= 8;
    }
    return found;
  }

  /** Adds what the words not read yet give to the documents in front. */
  function complete(found: Scored[], words: Expanded[], mix: Mix): void {
    const saturated = saturation(mix);
    const entries: { word: number; weight: number; next: number }[] = [{ word: 0, weight: 0, next: 0 }];
    for (const [word, { asked, expansion }] of words.entries()) {
      for (const [number, weight] of expansion) {
        entries.push({ word, weight: weight * asked.weight, next: weighted[number] ?? 0 });
        weighted[number] = entries.length - 1;
      }
    }
    const bestOf = new Float32Array(words.length);
    for (const scored of found) {
      bestOf.fill(0);
      eachWord(scored.slot, (number, times) => {
        for (let at = weighted[number] ?? 0; at !== 0; ) {
          const entry = entries[at];
          if (!entry) break;
          const gain = entry.weight * saturated(times, scored.slot);
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
    const rare = (number: number) => rarity(size(), vocabulary.documents(number), mix.rarePower);
    for (const { expansion } of words) {
      for (const [number, weight] of expansion) {
        const surely = Math.min(1, weight / (0.75 * share * rare(number)));
        if (surely > 0.3 && surely > (certain[number] ?? 0)) certain[number] = surely;
      }
    }
    for (const scored of found) {
      let [covered, whole] = [0, 0];
      eachWord(scored.slot, (number, times) => {
        if (vocabulary.isMeaning(number)) return;
        const mass = rare(number) * times;
        whole += mass;
        covered += mass * (certain[number] ?? 0);
      });
      scored.score *= 1 + mix.coverage * (whole > 0 ? covered / whole : 0);
    }
    for (const { expansion } of words) for (const number of expansion.keys()) certain[number] = 0;
  }

  return {
    score({ words, mix }) {
      begin();
      for (const [at, word] of words.entries()) add(word, mix, at < 32 ? 1 << at : 0);
      return { slots: touched.subarray(0, count), score: (slot) => sums[2 * slot] ?? 0, met, sure };
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
        add(word, mix, 0);
        taken += 1;
      }
      const rest = rarest.slice(taken).map(({ word }) => word);
      const found = inFront(passes, Math.max(most, mix.inFront));
      if (rest.length > 0) complete(found, rest, mix);
      found.sort((a, b) => b.score - a.score);
      const front = found.slice(0, Math.max(most, mix.reranked));
      cover(front, asked);
      return front.sort((a, b) => b.score - a.score).slice(0, most);
    },
  };
}

function none(room = 0): Uint32Array<ArrayBuffer> {
  return resized(new Uint32Array(0), room);
}
