/** Where each place of the one picture, 0 to 1, lies in the other, by axis. */
export interface Axis {
  scale: number;
  shift: number;
}

/** A square of grey pixels, read between them too. */
export interface Square {
  edge: number;
  pixels: Float32Array;
}

/** A square as it is kept. */
export function squareFrom(fine: Uint8Array): Square {
  return { edge: Math.round(Math.sqrt(fine.length)), pixels: new Float32Array(fine) };
}

/** For each of the places along one axis: the pixel before it, how far it is past that, and whether it is inside. */
export interface Places {
  at: Int32Array;
  past: Float32Array;
  /** 0 outside the picture, 1 in its border, 2 inside. */
  where: Uint8Array;
}

/** Places `first` to `first + count` of a row of `points`, as they lie in a picture of so many pixels. */
export function placesOf(
  { scale, shift }: Axis,
  { edge, from, to }: { edge: number; from: number; to: number },
  { points, first = 0, count = points }: { points: number; first?: number; count?: number },
): Places {
  const places = {
    at: new Int32Array(count),
    past: new Float32Array(count),
    where: new Uint8Array(count),
  };
  for (let place = 0; place < count; place += 1) {
    const u = ((place + first + 0.5) / points) * scale + shift;
    const pixel = Math.min(edge - 1.001, Math.max(0, u * edge - 0.5));
    places.at[place] = Math.floor(pixel);
    places.past[place] = pixel - Math.floor(pixel);
    places.where[place] = u < 0 || u > 1 ? 0 : u >= from && u <= to ? 2 : 1;
  }
  return places;
}

/** Each place where it is. */
export const still: Axis = { scale: 1, shift: 0 };

/** A picture looked at by a grid of places. */
export function gridOf({ edge, pixels }: Square, across: Places, down: Places): Float32Array {
  const width = across.at.length;
  const values = new Float32Array(width * down.at.length);
  for (let row = 0; row < down.at.length; row += 1) {
    const top = (down.at[row] ?? 0) * edge;
    const dy = down.past[row] ?? 0;
    for (let column = 0; column < width; column += 1) {
      const at = top + (across.at[column] ?? 0);
      const dx = across.past[column] ?? 0;
      const upper = (pixels[at] ?? 0) * (1 - dx) + (pixels[at + 1] ?? 0) * dx;
      const lower = (pixels[at + edge] ?? 0) * (1 - dx) + (pixels[at + edge + 1] ?? 0) * dx;
      values[row * width + column] = upper * (1 - dy) + lower * dy;
    }
  }
  return values;
}
