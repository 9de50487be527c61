import type { FormatSpec } from '../../server/contract/format.js';

type VideoSettings = NonNullable<FormatSpec['video']>;

/** Single-pass x264 lands 3 to 4 % over its target, so budgets aim this much low. */
const headroom = 0.94;
/** Below this no moving picture is watchable, whatever its size. */
const leastKbps = 300;

export interface BitRate {
  kbps: number;
  /** Rate control buffer in kilobits: short when bytes are scarce, so that peaks cannot break the limit. */
  bufferKbits: number;
  /** Longer edge chosen by the budget, null when the format's frame stands. */
  longEdge: number | null;
}

/** Kilobits a second that `maxBytes` leaves for everything in the file. */
export function budgetKbps(maxBytes: number, durationMs: number): number {
  return (maxBytes * 8 * headroom) / Math.max(1, durationMs);
}

/** Longest duration, ms, that still fits at the lowest acceptable quality. */
export function longestFitMs(maxBytes: number, leastTotalKbps: number): number {
  return Math.floor((maxBytes * 8 * headroom) / leastTotalKbps);
}

/** Chooses bit rate and frame size for a video of this length, or null when no quality fits the bytes. */
export function videoBitRate({
  settings,
  audioKbps,
  maxBytes,
  durationMs,
}: {
  settings: VideoSettings;
  audioKbps: number;
  maxBytes: number;
  durationMs: number;
}): BitRate | null {
  const left = Math.floor(budgetKbps(maxBytes, durationMs) - audioKbps);
  const rung = settings.rungs.find((one) => left >= one.minKbps);
  if (settings.rungs.length > 0 ? rung === undefined : left < leastKbps) return null;
  const kbps = Math.min(settings.maxKbps, left);
  return {
    kbps,
    bufferKbits: left < settings.maxKbps * 2 ? kbps : kbps * 2,
    longEdge: rung?.longEdge ?? null,
  };
}

/** The least total bit rate at which `videoBitRate` still says yes. */
export function leastTotalKbps(settings: VideoSettings, audioKbps: number): number {
  return (settings.rungs.at(-1)?.minKbps ?? leastKbps) + audioKbps;
}
