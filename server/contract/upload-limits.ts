import type { MediaKind } from './lists.js';

const mega = 1_000_000;

/** Largest file taken of each kind, bytes. */
export type UploadLimits = Readonly<Record<MediaKind, number>>;

/**
 * - image: a 50 megapixel phone photograph (the most pixels the pipeline decodes) is 15 to 30 MB as JPEG or PNG.
 * - audio: an hour at 128 kbit/s is 58 MB.
 * - video: ten minutes of a phone's 1080p at 13 Mbit/s; also what a disk of a small server bears.
 * - document: scanned orders and reports of some hundred pages.
 */
export const uploadLimits: UploadLimits = {
  image: 40 * mega,
  audio: 64 * mega,
  video: 1000 * mega,
  document: 40 * mega,
};

/** Files larger than this go in parts, bytes: below it, sending again costs less than asking where to go on. */
export const resumableFromBytes = 8 * mega;

/** For the parser of the whole application: no kind may be larger. */
export function largestOf(limits: UploadLimits): number {
  return Math.max(...Object.values(limits));
}
