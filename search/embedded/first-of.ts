/** The first of the numbers in an order, sorted; the rest is not. */
export function firstOf(
  numbers: Uint32Array,
  most: number,
  before: (one: number, other: number) => boolean,
): number[] {
  const first: number[] = [];
  for (const number of numbers) {
    const last = first[most - 1];
    if (last !== undefined && !before(number, last)) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(number, first[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    if (last !== undefined) first.pop();
    first.splice(low, 0, number);
  }
  return first;
}
