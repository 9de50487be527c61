import sharp, { type OverlayOptions } from 'sharp';
import type { Box, Size } from '../../server/contract/framing.js';
import type { PlannedVoice } from './plan.js';
import { fitText } from './text/render-text.js';

/** The still picture of a sound and where its wave lies, along which a line moves. */
export interface VoicePicture {
  png: Buffer;
  wave: Box;
  /** `#rrggbb` of title and line: readable on the ground. */
  ink: string;
}

/** Size the wave is drawn in once, larger than any frame needs. */
export const waveSize: Size = { width: 1600, height: 400 };

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
function freeBox({ layout: { target }, safeZone }: PlannedVoice): Box {
  const margin = Math.round(Math.min(target.width, target.height) * 0.06);
  const { top, right, bottom, left } = safeZone ?? { top: 0, right: 0, bottom: 0, left: 0 };
  return {
    x: left + margin,
    y: top + margin,
    width: target.width - left - right - 2 * margin,
    height: target.height - top - bottom - 2 * margin,
  };
}

/**
 * Draws title and wave inside the free part of the frame. `wavePath` is a white wave on nothing, as
 * ffmpeg draws it. Throws what `fitText` throws for a title.
 */
export async function drawVoicePicture(voice: PlannedVoice, wavePath: string): Promise<VoicePicture> {
  const { title, background } = voice;
  const { target } = voice.layout;
  const free = freeBox(voice);
  const ink = inkOn(background);
  const height = even(Math.min(free.height * 0.35, free.width / 4));
  const wave: Box = {
    x: even(free.x),
    y: even(title === null ? free.y + (free.height - height) / 2 : free.y + free.height - height),
    width: even(free.width - 2),
    height,
  };
  const shape = await sharp(wavePath)
    .resize(wave.width, wave.height, { fit: 'fill' })
    .extractChannel('alpha')
    .raw()
    .toBuffer();
  const colour = {
    create: { width: wave.width, height: wave.height, channels: 3 as const, background: ink },
  };
  const drawn = await sharp(colour)
    .joinChannel(shape, { raw: { width: wave.width, height: wave.height, channels: 1 } })
    .png()
    .toBuffer();
  const layers: OverlayOptions[] = [{ input: drawn, left: wave.x, top: wave.y }];
  if (title !== null) {
    const room = wave.y - free.y - Math.round(height * 0.2);
    const side = Math.min(target.width, target.height);
    const text = await fitText({
      text: title,
      weight: 700,
      color: ink,
      maxWidth: free.width,
      maxHeight: room,
      align: 'center',
      lineHeight: 1.4,
      minSizePx: side * 0.028,
      maxSizePx: side * 0.08,
    });
    layers.push({
      input: text.png,
      left: Math.round(free.x + (free.width - text.width) / 2),
      top: Math.round(free.y + (room - text.height) / 2),
    });
  }
  const png = await sharp({ create: { ...target, channels: 3, background } })
    .composite(layers)
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { png, wave, ink };
}
