import type { RawPicture } from '../raw-picture.js';

/** A filled rectangle with round corners, soft at their edge, on nothing. */
export function drawBlock({
  width,
  height,
  radius,
  color,
}: {
  width: number;
  height: number;
  radius: number;
  color: string;
}): RawPicture {
  const value = Number.parseInt(color.slice(1), 16);
  const pixel = Buffer.from([(value >> 16) & 255, (value >> 8) & 255, value & 255, 255]);
  const data = Buffer.alloc(width * height * 4, pixel);
  const beyond = (at: number, length: number): number =>
    Math.max(radius - (at + 0.5), at + 0.5 - (length - radius), 0);
  for (let y = 0; y < height; y += 1) {
    const dy = beyond(y, height);
    if (dy === 0) continue;
    for (let x = 0; x < width; x += 1) {
      const dx = beyond(x, width);
      if (dx === 0) continue;
      const ink = Math.min(1, Math.max(0, radius - Math.hypot(dx, dy) + 0.5));
      data[(y * width + x) * 4 + 3] = Math.round(ink * 255);
    }
  }
  return { data, width, height, channels: 4 };
}
