import { secondsOf, secondsPerWord } from './sound-prints.js';

export interface SoundLikeness {
  /** Share of bits that differ where both sound the same; 0.5 is chance. */
  errorRate: number;
  seconds: number;
  /** Where the common stretch begins in the sound that was found. */
  fromMs: number;
}

/** Words over which errors are averaged: two seconds. */
const window = 16;
/** A window with more differing bits is not the same sound; strangers differ in 40 of 100 and more. */
const mostErrors = 0.28;

function differing(one: number, other: number): number {
  let bits = (one ^ other) >>> 0;
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Where the windows stay alike for longest, in words from `start` to `end`. */
function longestStretch(errors: Uint8Array): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  let sum = 0;
  let start = -1;
  for (let at = 0; at < errors.length; at += 1) {
    sum += errors[at] ?? 0;
    if (at >= window) sum -= errors[at - window] ?? 0;
    if (at < window - 1) continue;
    const alike = sum <= mostErrors * 32 * window;
    if (!alike) start = -1;
    else if (start < 0) start = at - window + 1;
    if (alike && at + 1 - start > best.end - best.start) best = { start, end: at + 1 };
  }
  return best;
}

/**
 * Compares two sounds laid over each other with the second `offset` words later, and finds the longest stretch in which
 * they are the same; null when there is none of two seconds.
 */
export function compareSounds(
  asked: readonly number[],
  found: readonly number[],
  offset: number,
): SoundLikeness | null {
  let best: SoundLikeness | null = null;
  for (const shift of [offset - 1, offset, offset + 1]) {
    const first = Math.max(0, -shift);
    const length = Math.min(asked.length, found.length - shift) - first;
    if (length < window) continue;
    const errors = Uint8Array.from({ length }, (_, at) =>
      differing(asked[first + at] ?? 0, found[first + at + shift] ?? 0),
    );
    const { start, end } = longestStretch(errors);
    if (end === start) continue;
    const wrong = errors.subarray(start, end).reduce((sum, bits) => sum + bits, 0);
    const likeness = {
      errorRate: wrong / (32 * (end - start)),
      seconds: secondsOf(end - start),
      fromMs: Math.round((first + shift + start) * secondsPerWord * 1000),
    };
    if (best === null || likeness.seconds - 20 * likeness.errorRate > best.seconds - 20 * best.errorRate)
      best = likeness;
  }
  return best;
}
