import sharp, { type OverlayOptions } from 'sharp';

/** An even ground for words: a grey of 0 to 255, so that no party's colour and no colour matrix matters. */
export interface Panel {
  width: number;
  height: number;
  grey: number;
  /** 0 to 1 */
  opacity: number;
  /** Of the corners, pixels. */
  radius: number;
}

/** How much of a pixel lies inside the rounded rectangle, soft over one pixel. */
function coverage(x: number, y: number, { width, height, radius }: Panel): number {
  const dx = Math.max(radius - x - 0.5, x + 0.5 - (width - radius), 0);
  const dy = Math.max(radius - y - 0.5, y + 0.5 - (height - radius), 0);
  if (radius === 0 || dx === 0 || dy === 0) return 1;
  return Math.min(1, Math.max(0, radius - Math.hypot(dx, dy) + 0.5));
}

/** Draws a ground with layers on it as a PNG. */
export async function drawPanel(panel: Panel, layers: readonly OverlayOptions[]): Promise<Buffer> {
  const { width, height, grey, opacity } = panel;
  const data = Buffer.alloc(width * height * 4, grey);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[(y * width + x) * 4 + 3] = Math.round(coverage(x, y, panel) * opacity * 255);
    }
  }
  return sharp(data, { raw: { width, height, channels: 4 } })
    .composite([...layers])
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** A light line across a ground. */
export function ruleAcross(width: number, thickness: number, top: number): OverlayOptions {
  return {
    input: { create: { width, height: thickness, channels: 4, background: '#ffffff' } },
    left: 0,
    top,
  };
}
