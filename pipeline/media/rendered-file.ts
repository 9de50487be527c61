import type { MediaFailure } from './media-failure.js';

/** What became of one planned output: a file not verified yet, or why there is none. */
export interface RenderedFile<T> {
  output: T;
  result: { ok: true; path: string } | { ok: false; failure: MediaFailure };
}
