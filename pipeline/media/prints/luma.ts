/** A grey picture: one value of 0 to 255 per pixel, row by row; brightness by the weights of BT.601. */
export interface Luma {
  width: number;
  height: number;
  data: Float32Array;
}

/** A part of a picture, each edge as a share of its width or height from the left and the top. */
export interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const whole: Part = { left: 0, top: 0, right: 1, bottom: 1 };

/** The part in whole pixels, at least one by one. */
export function cut({ width, height, data }: Luma, { left, top, right, bottom }: Part): Luma {
  const x = Math.min(width - 1, Math.round(left * width));
  const y = Math.min(height - 1, Math.round(top * height));
  const across = Math.max(1, Math.min(width, Math.round(right * width)) - x);
  const down = Math.max(1, Math.min(height, Math.round(bottom * height)) - y);
  const part = new Float32Array(across * down);
  for (let row = 0; row < down; row += 1) {
    const start = (y + row) * width + x;
    part.set(data.subarray(start, start + across), row * across);
  }
  return { width: across, height: down, data: part };
}

/** A part of a part, as a part of the whole. */
export function within(outer: Part, inner: Part): Part {
  const width = outer.right - outer.left;
  const height = outer.bottom - outer.top;
  return {
    left: outer.left + inner.left * width,
    right: outer.left + inner.right * width,
    top: outer.top + inner.top * height,
    bottom: outer.top + inner.bottom * height,
  };
}

/** Shrinks to a square of `edge` pixels a side, each the mean of what it covers. */
export function squareOf({ width, height, data }: Luma, edge: number): Uint8Array {
  const small = new Uint8Array(edge * edge);
  for (let y = 0; y < edge; y += 1) {
    const top = Math.floor((y * height) / edge);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / edge));
    for (let x = 0; x < edge; x += 1) {
      const left = Math.floor((x * width) / edge);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / edge));
      let sum = 0;
      for (let row = top; row < bottom; row += 1)
        for (let column = left; column < right; column += 1) sum += data[row * width + column] ?? 0;
      small[y * edge + x] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return small;
}

/** Half as wide and half as high, each pixel the mean of four. */
export function halved({ width, height, data }: Luma): Luma {
  const [across, down] = [Math.floor(width / 2), Math.floor(height / 2)];
  const small = new Float32Array(across * down);
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      const at = 2 * y * width + 2 * x;
      const upper = (data[at] ?? 0) + (data[at + 1] ?? 0);
      small[y * across + x] = (upper + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0)) / 4;
    }
  }
  return { width: across, height: down, data: small };
}

/** Each pixel of a square as the mean of itself and its neighbours: a copy may be a little sharper or softer. */
export function softened(square: Uint8Array): Uint8Array {
  const edge = Math.round(Math.sqrt(square.length));
  const soft = new Uint8Array(square.length);
  const sums = new Float32Array(edge + 2);
  for (let y = 0; y < edge; y += 1) {
    const [above, at, below] = [Math.max(0, y - 1) * edge, y * edge, Math.min(edge - 1, y + 1) * edge];
    for (let x = 0; x < edge; x += 1)
      sums[x + 1] = ((square[above + x] ?? 0) + (square[at + x] ?? 0) + (square[below + x] ?? 0)) / 9;
    sums[0] = sums[1] ?? 0;
    sums[edge + 1] = sums[edge] ?? 0;
    for (let x = 0; x < edge; x += 1)
      soft[at + x] = Math.round((sums[x] ?? 0) + (sums[x + 1] ?? 0) + (sums[x + 2] ?? 0));
  }
  return soft;
}
