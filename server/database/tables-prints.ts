import type { ColumnType, Generated } from 'kysely';
import type { FailureCode, PrintState } from '../contract/lists.js';

/** Fingerprints of media, and searches with a file. Hashes are `bit(256)`: text of 0 and 1. */

export interface MediaPrintsTable {
  id: Generated<string>;
  fileSha256: string | null;
  state: Generated<PrintState>;
  failure: FailureCode | null;
  failureDetails: ColumnType<unknown, string | null | undefined, string | null>;
  soundCompared: Generated<boolean>;
  fine: Buffer | null;
  inside: number[] | null;
  madeBy: Generated<number>;
  createdAt: Generated<string>;
}

export interface PicturePrintsTable {
  id: Generated<number>;
  printId: string;
  hash: string;
  part: number[];
  atMs: number | null;
}

export interface PictureKeysTable {
  key: number;
  pictureId: number;
  /** That of the picture print: 256 characters of 0 and 1. */
  hash: string;
}

export interface PictureAsksTable {
  id: Generated<number>;
  printId: string;
  hash: string;
  keys: number[];
  part: number[];
  atMs: number | null;
  mirrored: boolean;
}

export interface SoundPrintsTable {
  id: Generated<number>;
  printId: string;
  words: number[];
}

export interface SoundKeysTable {
  key: number;
  soundId: number;
  at: number;
}

export interface MediaSearchesTable {
  id: Generated<string>;
  memberId: string;
  fileSha256: string;
  size: number;
  printId: string | null;
  createdAt: Generated<string>;
}
