import type { MediaLikeness } from '../contract/lists.js';
import type { NearPicture } from './near-media.repository.js';

export type MatchBand = 'same' | 'likely' | 'related';

/** In what way a found medium is like the asked one. */
export interface Like {
  band: MatchBand;
  likeness: MediaLikeness;
  /** Where in the found film or sound it begins; null for pictures. */
  fromMs: number | null;
}

/** Two pictures laid over each other. */
export interface PictureLikeness {
  /** How much of the asked picture could be compared, 0 to 1. */
  covered: number;
  /** Share of what is seen in it that is the same, 0 to 1. */
  alike: number;
  /** Share in which each picture shows something of its own, 0 to 1: other words in the same place. */
  against: number;
  /** Correlation of what differs most, -1 to 1. */
  worst: number;
  /** Both are letters on a ground: `worst` tells of words. */
  letters: boolean;
}

/** Where two sounds are the same. */
export interface SoundLikeness {
  errorRate: number;
  seconds: number;
  fromMs: number;
}

/**
 * Chosen on one half of 83 pictures and of 360 cards and held on the other, but for both `worst`, chosen after that. Of a
 * copy that was only compressed, scaled or cropped nearly all is the same and nothing is against it; two cards of one
 * template with other words on them have a place in which they differ, be it a single number: of letters that were only
 * compressed none fell below 0.85 there, and of 390 pairs of our own cards that differ in words and numbers none came
 * above 0.79.
 */
const same = { alike: 0.98, against: 0.001, worst: 0.84 } as const;
const likely = { alike: 0.75, against: 0.035, worst: 0.65 } as const;
const related = { alike: 0.6, covered: 0.5 } as const;

/** A still picture beside a still one, by the nearest of their hashes and by laying one over the other. */
export function likePicture(
  { askedPart, foundPart, mirrored }: Pick<NearPicture, 'askedPart' | 'foundPart' | 'mirrored'>,
  { covered, alike, against, worst, letters }: PictureLikeness,
): Like | null {
  const fromMs = null;
  if (covered < related.covered || alike < related.alike) return null;
  const differs = letters ? worst : 1;
  if (alike < likely.alike || against > likely.against || differs < likely.worst)
    return { band: 'related', likeness: 'same_layout', fromMs };
  if (alike < same.alike || against > same.against || differs < same.worst)
    return { band: 'likely', likeness: 'changed_picture', fromMs };
  if (mirrored) return { band: 'same', likeness: 'mirrored_picture', fromMs };
  const shares = [askedPart, foundPart].map(([left, top, right, bottom]) => (right - left) * (bottom - top));
  const cropped = Math.abs((shares[0] ?? 1) - (shares[1] ?? 1)) > 0.03 || covered < 0.97;
  return { band: 'same', likeness: cropped ? 'part_of_picture' : 'same_picture', fromMs };
}

/**
 * Bits by which moments of two films may differ: `near` for the same film, `far` where a part of it was cut off, which
 * several moments in a row then have to say. Seen on four parts of one film and four drawn ones.
 */
const moments = { near: 40, far: 50, sure: 30, apartMs: 2000, fewest: 3, share: 0.4 } as const;

/** The most moments of two films that meet at one distance in time, and where the first of them is in the found one. */
function together(pairs: readonly NearPicture[]): { count: number; fromMs: number } {
  let best = { count: 0, fromMs: 0 };
  for (const { askedAt, foundAt } of pairs) {
    const shift = (foundAt ?? 0) - (askedAt ?? 0);
    const met = pairs.filter(
      (pair) => Math.abs((pair.foundAt ?? 0) - (pair.askedAt ?? 0) - shift) <= moments.apartMs,
    );
    const count = new Set(met.map((pair) => pair.askedAt)).size;
    if (count > best.count) best = { count, fromMs: Math.min(...met.map((pair) => pair.foundAt ?? 0)) };
  }
  return best;
}

/** A film beside a film: the pictures that are near, how many there could be, and what their sounds say. */
export function likeFilm(
  pairs: readonly NearPicture[],
  possible: number,
  sound: { asked: boolean; found: boolean; like: Like | null },
): Like | null {
  const within = (most: number) => together(pairs.filter(({ distance }) => distance <= most));
  const isMany = (count: number) => count >= moments.fewest && count >= moments.share * possible;
  const [near, far] = [within(moments.near), within(moments.far)];
  const many = isMany(near.count);
  const { fromMs } = near.count > 0 ? near : far;
  if (sound.like) {
    if (near.count === 0) return sound.like;
    return { band: many || sound.like.band === 'same' ? 'same' : 'likely', likeness: 'same_film', fromMs };
  }
  const sure = pairs.some(({ distance }) => distance <= moments.sure);
  if (!many && !isMany(far.count) && !(sure && near.count >= moments.share * possible)) return null;
  if (sound.asked && sound.found) return { band: 'likely', likeness: 'film_other_sound', fromMs };
  return { band: many ? 'same' : 'likely', likeness: 'same_film', fromMs };
}

/**
 * A still picture beside a moment of a film. 57 photographs and 400 invented scenes differed from all moments of one in
 * 86 bits or more; two scenes in front of one wall may well differ in fewer.
 */
export function likeMoment({ distance, foundAt }: NearPicture): Like | null {
  if (distance > moments.near) return null;
  const band = distance <= moments.sure ? 'likely' : 'related';
  return { band, likeness: 'picture_from_film', fromMs: foundAt };
}

/**
 * Chosen on 65 voices, pieces of music and made sounds, after hearing all of them: copies at 16 kbit/s, cut to
 * 5 seconds or quieter were wrong in 0.13 of the bits at most, strangers that hum alike in 0.2 at least, and
 * never for longer than 8 seconds.
 */
const sounds = { errors: 0.24, sure: 0.17, seconds: 6, long: 15, most: 0.7 } as const;

export function likeSound({ errorRate, seconds, fromMs }: SoundLikeness, askedSeconds: number): Like | null {
  if (errorRate > sounds.errors) return null;
  const most = seconds >= sounds.most * askedSeconds;
  const sure = errorRate <= sounds.sure || seconds >= sounds.long;
  if (!sure || (seconds < sounds.seconds && !most))
    return { band: 'related', likeness: 'part_of_sound', fromMs };
  return most
    ? { band: 'same', likeness: 'same_sound', fromMs }
    : { band: 'likely', likeness: 'part_of_sound', fromMs };
}

const order: readonly MatchBand[] = ['same', 'likely', 'related'];

/** Negative when the first is the surer one. */
export function bySureness(one: { band: MatchBand }, other: { band: MatchBand }): number {
  return order.indexOf(one.band) - order.indexOf(other.band);
}
