import type { Readable } from 'node:stream';

/** A stored file: content-addressed, immutable. */
export interface StoredFile {
  /** SHA-256 of the content, 64 lower-case hex digits; also the file's address. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Bytes `start` to `end` inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Leaves out what is younger, milliseconds since the last adoption. */
export interface FileAge {
  olderThanMs: number;
}

/**
 * Keeps immutable files by the hash of their content. Nothing in it is the truth: the database says
 * which files matter, and `list` with `remove` lets a sweep delete the others.
 */
export interface FileStore {
  /**
   * Takes over a finished temporary file: fsync, hash, rename into place, read back; the temporary path is
   * gone afterwards. Rejects with `storage_full` or `corrupt`, leaving nothing under the address.
   */
  adopt(tempPath: string): Promise<StoredFile>;
  /** Runs `use` with a readable local path of the file (programs such as ffmpeg need one). */
  withLocal<T>(sha256: string, use: (path: string) => Promise<T>): Promise<T>;
  /** Streams the file or a part of it; rejects with code `not_found` when it is absent. */
  openRange(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Size of the file, or null when absent. */
  stat(sha256: string): Promise<StoredFile | null>;
  /**
   * Deletes a file; one that does not exist is no error. With `olderThanMs` a file adopted (again) since then is
   * kept: whoever adopted it is about to name it in the database. Gives whether a file was deleted.
   */
  remove(sha256: string, age?: FileAge): Promise<boolean>;
  /** The stored hashes, in no order; with `olderThanMs` only those adopted longer ago. */
  list(age?: FileAge): AsyncIterable<string>;
  /** A private empty directory for one piece of work, on the same file system as the store. */
  workDirectory(name: string): Promise<string>;
  /** Names of the work directories that exist: those of dead workers are to be removed. */
  listWork(): Promise<string[]>;
  /** Removes a work directory and all in it; one that does not exist is no error. */
  removeWork(name: string): Promise<void>;
}

export const fileStoreErrorCodes = [
  'not_found',
  'storage_full',
  'corrupt',
  'invalid_name',
  'unusable',
] as const;
export type FileStoreErrorCode = (typeof fileStoreErrorCodes)[number];

/** What a file store throws on purpose; other errors of the system come through as they are. */
export class FileStoreError extends Error {
  readonly code: FileStoreErrorCode;

  constructor(code: FileStoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FileStoreError';
    this.code = code;
  }
}
