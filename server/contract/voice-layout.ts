import type { Box, Size } from './framing.js';

/** Where title and wave lie when a sound becomes a video: the renderer and the studio's preview ask the same function. */

export interface VoiceFrame {
  target: Size;
  /** Pixels at each edge under the platform's own interface. */
  safeZone: { top: number; right: number; bottom: number; left: number } | null;
  hasTitle: boolean;
}

export interface VoicePlaces {
  wave: Box;
  /** The text stands in the middle of the box, in the largest size between the two that fits. */
  title: { box: Box; minSizePx: number; maxSizePx: number } | null;
}

/** Distance of the title's lines in parts of its size. */
export const voiceLineHeight = 1.4;

/** Black or white, whichever stands out more from the ground (WCAG relative luminance). */
export function inkOn(background: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#111827' : '#f9fafb';
}

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}

/** The part of the frame no platform covers, less a margin. */
function freeBox({ target, safeZone }: VoiceFrame): Box {
  const margin = Math.round(Math.min(target.width, target.height) * 0.06);
  const { top, right, bottom, left } = safeZone ?? { top: 0, right: 0, bottom: 0, left: 0 };
  return {
    x: left + margin,
    y: top + margin,
    width: target.width - left - right - 2 * margin,
    height: target.height - top - bottom - 2 * margin,
  };
}

export function placeVoice(frame: VoiceFrame): VoicePlaces {
  const free = freeBox(frame);
  const height = even(Math.min(free.height * 0.35, free.width / 4));
  const wave: Box = {
    x: even(free.x),
    y: even(frame.hasTitle ? free.y + free.height - height : free.y + (free.height - height) / 2),
    width: even(free.width - 2),
    height,
  };
  if (!frame.hasTitle) return { wave, title: null };
  const side = Math.min(frame.target.width, frame.target.height);
  const room = wave.y - free.y - Math.round(height * 0.2);
  const box = { x: free.x, y: free.y, width: free.width, height: room };
  return { wave, title: { box, minSizePx: side * 0.028, maxSizePx: side * 0.08 } };
}
