export interface FrameRate {
  numerator: number;
  denominator: number;
}

const common: readonly FrameRate[] = [
  { numerator: 24000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
];

function settle(value: number): FrameRate {
  const near = [...common].sort(
    (a, b) => Math.abs(a.numerator / a.denominator - value) - Math.abs(b.numerator / b.denominator - value),
  )[0];
  if (near && Math.abs(near.numerator / near.denominator - value) / value < 0.01) return near;
  return { numerator: Math.max(1, Math.round(value)), denominator: 1 };
}

/**
 * The constant rate of an output: the source's own when it lies in the range, else divided or
 * multiplied by a whole number, which keeps motion even. Phones record odd averages; those settle.
 */
export function outputFrameRate(
  source: FrameRate,
  { minFps, maxFps }: { minFps: number; maxFps: number },
): FrameRate {
  const raw = source.numerator / source.denominator;
  const { numerator, denominator } = settle(raw > 0 && raw <= 1000 ? raw : 25);
  const value = numerator / denominator;
  const divide = Math.max(1, Math.ceil(value / maxFps - 0.01));
  const multiply = Math.max(1, Math.ceil(minFps / (value / divide) - 0.01));
  const rate = { numerator: numerator * multiply, denominator: denominator * divide };
  return rate.numerator / rate.denominator > maxFps + 0.5 ? { numerator: maxFps, denominator: 1 } : rate;
}
