import { createHash } from 'node:crypto';
import type { FormatSpec } from '../../server/contract/format.js';
import type { CreativeOrigin, MediaKind } from '../../server/contract/lists.js';
import type { Recipe } from '../../server/contract/recipe.js';
import { MediaFailure } from './media-failure.js';
import {
  audioDuration,
  mostAudioBytes,
  mostImageBytes,
  mostVideoBytes,
  videoNumbers,
} from './output-numbers.js';
import { canonicalJson } from './recipe-key.js';

/** What is known of a source once it was looked into. */
export interface KeySource {
  sha256: string;
  kind: MediaKind;
  durationMs: number | null;
  hasAudio: boolean | null;
  /** A card is laid out for the part of the frame that is seen. */
  origin: CreativeOrigin;
}

/** The numbers of a format that decide the bytes of its file from this source; the byte limit only where it can be reached. */
function decisive(format: FormatSpec, { durationMs, hasAudio }: KeySource): object {
  const { maxBytes } = format;
  const reached = (most: number): number | null => (most < maxBytes ? null : maxBytes);
  if (format.kind === 'image') {
    const { frame, image } = format;
    const edge = frame.fit === 'long_edge' ? { width: frame.longEdge, height: frame.longEdge } : frame;
    return { frame, image, maxBytes: reached(mostImageBytes(edge, image)) };
  }
  if (durationMs === null) throw new MediaFailure('wrong_kind_for_format');
  if (format.kind === 'audio') {
    const { container, audio } = format;
    const made = audioDuration(format, durationMs);
    return { container, audio, made, maxBytes: reached(mostAudioBytes(audio, made)) };
  }
  const { frame, video, audio } = format;
  const numbers = videoNumbers(format, { durationMs, hasAudio: hasAudio === true });
  const { kbps } = audio;
  return { frame, video, audio, numbers, maxBytes: reached(mostVideoBytes(numbers, kbps)) };
}

/**
 * The identity of a made file, 64 hex digits: requests of different formats that need the same bytes
 * have the same key, and what is equal here is planned as one file. Null when the format refuses the
 * source, so that the refusal gets its reason where files are made.
 */
export function fileKey({
  source,
  format,
  recipe,
  pipelineVersion,
}: {
  source: KeySource;
  format: FormatSpec;
  recipe: Recipe;
  pipelineVersion: string;
}): string | null {
  if (!format.accepts.includes(source.kind)) return null;
  // Texts come translated: the language itself draws nothing.
  const { language: _language, ...drawn } = recipe;
  const placed =
    recipe.overlays.length > 0 ||
    source.origin === 'generated' ||
    (source.kind === 'audio' && format.kind === 'video');
  try {
    const text = canonicalJson({
      source: source.sha256,
      ...decisive(format, source),
      safeZone: placed ? format.safeZone : null,
      circle: placed && format.mask === 'circle',
      recipe: drawn,
      pipelineVersion,
    });
    return createHash('sha256').update(text).digest('hex');
  } catch (error) {
    if (error instanceof MediaFailure) return null;
    throw error;
  }
}
