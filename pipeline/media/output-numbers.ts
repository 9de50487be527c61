import type {
  AudioFormat,
  AudioSettings,
  FormatSpec,
  ImageSettings,
  VideoFormat,
} from '../../server/contract/format.js';
import type { Size } from '../../server/contract/framing.js';
import { type BitRate, budgetKbps, leastTotalKbps, longestFitMs, videoBitRate } from './bit-rate.js';
import type { FrameRate } from './frame-rate.js';
import { MediaFailure } from './media-failure.js';

/** A camera's 30 s clip is often 30.04 s long: this much over a limit is cut off, not refused. */
const overrunMs = 500;

/** Length of the made file; throws `too_short` or `too_long` when the source's does not suit the format. */
export function madeDuration(format: FormatSpec, durationMs: number): number {
  const { minDurationMs, maxDurationMs } = format;
  if (minDurationMs !== null && durationMs < minDurationMs) {
    throw new MediaFailure('too_short', { limit: minDurationMs, actual: durationMs });
  }
  if (maxDurationMs !== null && durationMs > maxDurationMs + overrunMs) {
    throw new MediaFailure('too_long', { limit: maxDurationMs, actual: durationMs });
  }
  return maxDurationMs === null ? durationMs : Math.min(durationMs, maxDurationMs);
}

/** Throws `too_short` for a length, ms, of which nothing is left once it is rounded to whole pictures. */
export function demandOnePicture(durationMs: number, { numerator, denominator }: FrameRate): void {
  const pictureMs = (1000 * denominator) / numerator;
  if (durationMs < pictureMs / 2) {
    throw new MediaFailure('too_short', { limit: Math.ceil(pictureMs), actual: durationMs });
  }
}

const bitsPerSample = { pcm_s16le: 16, pcm_alaw: 8, pcm_mulaw: 8 } as const;

/** Kilobits a second of a sound track: chosen for compressed sound, given for plain samples. */
export function soundKbps(settings: AudioSettings): number {
  if ('kbps' in settings) return settings.kbps;
  return (settings.sampleRate * settings.channels * bitsPerSample[settings.codec]) / 1000;
}

/** What a video's byte limit and length make of its bit rate. */
export interface VideoNumbers extends BitRate {
  durationMs: number;
}

/** Throws `too_short`, `too_long`, or `does_not_fit_bytes` with the longest length that would fit. */
export function videoNumbers(
  format: VideoFormat,
  { durationMs, hasAudio }: { durationMs: number; hasAudio: boolean },
): VideoNumbers {
  const made = madeDuration(format, durationMs);
  const { video: settings, maxBytes } = format;
  const audioKbps = hasAudio ? format.audio.kbps : 0;
  const rate = videoBitRate({ settings, audioKbps, maxBytes, durationMs: made });
  if (!rate) {
    const longest = longestFitMs(maxBytes, leastTotalKbps(settings, audioKbps));
    throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, longest, duration: made });
  }
  return { ...rate, durationMs: made };
}

/** Length of a sound file; throws as `videoNumbers` does. */
export function audioDuration(format: AudioFormat, durationMs: number): number {
  const made = madeDuration(format, durationMs);
  const { maxBytes } = format;
  const kbps = soundKbps(format.audio);
  if (budgetKbps(maxBytes, made) < kbps) {
    const longest = longestFitMs(maxBytes, kbps);
    throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, longest, duration: made });
  }
  return made;
}

/**
 * Bytes that a picture never exceeds: noise was measured at 0.88 bytes a pixel in JPEG at quality 92,
 * and LZW makes noise a third larger than its samples.
 */
export function mostImageBytes({ width, height }: Size, { codec }: ImageSettings): number {
  return width * height * (codec === 'jpeg' ? 1.5 : 4.2) + 65_536;
}

/** Bit rate and a fifth more: the encoder's buffer, the container and its own inaccuracy. */
export function mostVideoBytes(numbers: VideoNumbers, audioKbps: number): number {
  const kbits = ((numbers.kbps + audioKbps) * numbers.durationMs) / 1000 + numbers.bufferKbits;
  return kbits * 125 * 1.2;
}

export function mostAudioBytes(settings: AudioSettings, durationMs: number): number {
  return (soundKbps(settings) * durationMs * 1.5) / 8 + 65_536;
}
