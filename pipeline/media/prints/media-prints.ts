import type { Part } from './luma.js';

/** A hash that others are found by: of the whole picture, without its borders, or of its middle. */
export interface PicturePrint {
  /** 256 characters of 0 and 1. */
  bits: string;
  /** Where the index keeps it. */
  keys: number[];
  part: Part;
  /** When it is seen in a film; null for a still picture. */
  atMs: number | null;
}

/** A hash that a picture asks with, and every place of the index where a near one may be kept. */
export interface PictureAsk extends PicturePrint {
  mirrored: boolean;
}

/** A whole picture, small enough to be kept and large enough to be compared closely with what was found. */
export interface FinePicture {
  /** A square of grey pixels, whatever the picture's shape. */
  pixels: Uint8Array;
  /** The picture without borders and captions. */
  inside: Part;
}

export interface PicturePrints {
  prints: PicturePrint[];
  asks: PictureAsk[];
  fine: FinePicture | null;
}

export interface SoundKey {
  key: number;
  /** Which word of the print it is of, from 0. */
  at: number;
}

/** A sound as Chromaprint hears it: 32 bits for each eighth of a second. */
export interface SoundPrint {
  words: number[];
  keys: SoundKey[];
}

/** Raised whenever the same file would be printed otherwise; what was printed by an older one is printed again. */
export const printVersion = 3;

/** All that other media are found by. */
export interface MediaPrints {
  pictures: PicturePrints;
  sound: SoundPrint | null;
}
