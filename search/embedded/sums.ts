import type { Expanded } from './expand.js';
import { type Lists, resized } from './lists.js';
import type { Mix } from './mix.js';

/** An entry of a list holds a number above and the number of times below. */
export const timesBits = 6;
export const mostTimes = (1 << timesBits) - 1;

export interface Scored {
  slot: number;
  score: number;
}

/** What documents have come to while a question's words are read one by one; columns by slot, good until the next question. */
export interface Sums {
  begin(slots: number): void;
  /** Adds to each document its best meeting with one word. The bit marks whom it met, none when 0. */
  add(word: Expanded, mix: Mix, bit: number): void;
  /** Documents met by any word so far. */
  touched(): Uint32Array;
  total(slot: number): number;
  /** Of those that pass the ones with the highest totals, best first. */
  highest(passes: (slot: number) => boolean, most: number): Scored[];
  met(): Uint32Array;
  sure(): Uint32Array;
}

/** Where a list lies, and what its entries give. */
interface Reading {
  block: Uint32Array;
  from: number;
  to: number;
  most: number;
  flat: number;
  slope: number;
  /** Of the documents, by slot. */
  long: Uint16Array;
  /** What is marked in the documents met, as met and as met for sure. */
  bit: number;
  sureBit: number;
}

/** BM25's share of a word that stands so often in a document of such length, as numbers to reckon with quickly. */
export function saturationOf({ k1, b }: Mix, averageLength: number): { flat: number; slope: number } {
  return { flat: k1 * (1 - b), slope: (k1 * b) / (averageLength || 1) };
}

export function createSums({
  postings,
  lengths,
  averageLength,
}: {
  postings: Lists;
  lengths(): Uint16Array;
  averageLength(): number;
}): Sums {
  let totals = new Float32Array(0);
  /** The word that met the document last, so that it counts once. */
  let lastWord = new Uint8Array(0);
  let [met, sure, touched] = [none(), none(), none()];
  let count = 0;
  let words = 0;
  let marked = false;

  /** Reads one list; a function of its own, for it is the innermost of all. */
  function addAll({ block, from, to, most, flat, slope, long, bit, sureBit }: Reading): void {
    // One by one: taken apart from an array they cost as much as a short list.
    const sums = totals;
    const last = lastWord;
    const found = touched;
    const [anyway, surely] = [met, sure];
    const word = words;
    let end = count;
    for (let place = from; place < to; place += 1) {
      const posting = block[place] ?? 0;
      const slot = posting >>> timesBits;
      if (last[slot] === word) continue;
      last[slot] = word;
      const times = posting & mostTimes;
      const before = sums[slot] ?? 0;
      if (before === 0) {
        found[end] = slot;
        end += 1;
      }
      sums[slot] = before + (most * times) / (times + flat + slope * (long[slot] ?? 0));
      if (bit === 0) continue;
      anyway[slot] = (anyway[slot] ?? 0) | bit;
      surely[slot] = (surely[slot] ?? 0) | sureBit;
    }
    count = end;
  }

  return {
    begin(slots) {
      count = 0;
      words = 0;
      if (totals.length < slots) {
        const room = Math.ceil(slots * 1.25);
        totals = new Float32Array(room);
        lastWord = new Uint8Array(room);
        [met, sure, touched] = [none(room), none(room), none(room)];
        return;
      }
      // Quicker than going back to each place.
      totals.fill(0);
      lastWord.fill(0);
      if (!marked) return;
      marked = false;
      met.fill(0);
      sure.fill(0);
    },

    add({ asked, expansion, sure: enough }, mix, bit) {
      const { flat, slope } = saturationOf(mix, averageLength());
      const long = lengths();
      words += 1;
      marked ||= bit !== 0;
      // From the weightiest way of meeting down: the first that meets a document is the one that counts.
      for (const [number, weight] of [...expansion].sort(byWeight)) {
        const most = asked.weight * weight * (mix.k1 + 1);
        const from = postings.start(number);
        const to = from + postings.length(number);
        const block = postings.block(number);
        addAll({ block, from, to, most, flat, slope, long, bit, sureBit: weight >= enough ? bit : 0 });
      }
    },

    touched: () => touched.subarray(0, count),
    total: (slot) => totals[slot] ?? 0,
    highest(passes, most) {
      const sums = totals;
      const found = touched;
      const end = count;
      let best: Scored[] = [];
      // What the last of the best has by now: nearly all documents are passed over at one glance.
      let least = 0;
      for (let at = 0; at < end; at += 1) {
        const slot = found[at] ?? 0;
        const score = sums[slot] ?? 0;
        if (score <= least || !passes(slot)) continue;
        best.push({ slot, score });
        if (best.length < most * 2) continue;
        best = best.sort(byScore).slice(0, most);
        least = best.at(-1)?.score ?? 0;
      }
      return best.sort(byScore).slice(0, most);
    },
    met: () => met,
    sure: () => sure,
  };
}

function byWeight(a: [number, number], b: [number, number]): number {
  return b[1] - a[1];
}

export function byScore(a: Scored, b: Scored): number {
  return b.score - a.score;
}

function none(room = 0): Uint32Array<ArrayBuffer> {
  return resized(new Uint32Array(0), room);
}
