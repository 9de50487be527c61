import { MediaFailure } from './media-failure.js';

/** What a finished file was measured to be; the proof behind the state `ready`. */
export interface Measured {
  bytes: number;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** Codec and profile as found, for example `h264 Main`, `aac`, `jpeg`. */
  video: string | null;
  audio: string | null;
  fps: number | null;
  /** Share of the visible area the disclosure of synthetic media was seen to cover, where one is due. */
  disclosureShare?: number;
}

/** Throws `output_not_valid` with the field unless the condition holds. */
export function demand(
  field: string,
  actual: string | number | null,
  limit: string | number,
  holds: boolean,
): void {
  if (!holds) throw new MediaFailure('output_not_valid', { field, limit, actual: actual ?? 'none' });
}

export function demandSame(field: string, actual: string | number | null, expected: string | number): void {
  demand(field, actual, expected, actual === expected);
}

/** Both are XMP packets; null where there is none, or none is due. */
export function demandCredit(found: string | null, wanted: string | null): void {
  demandSame('credit', found === wanted ? 'as given' : 'other', 'as given');
}

/** Throws `does_not_fit_bytes` for a file over its limit. */
export function demandBytes(bytes: number, maxBytes: number): void {
  demand('bytes', bytes, 'more than none', bytes > 0);
  if (bytes > maxBytes) throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, actual: bytes });
}
