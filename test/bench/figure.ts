/** One measured number. `goal` is the most it may be, or with `atLeast` the least; null where none is set. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  goal: number | null;
  atLeast?: boolean;
}

export interface BenchOptions {
  /** How often each pair is measured; the median counts. */
  runs: number;
  /** A folder of data that a part needs from outside; null when none was named. */
  data: string | null;
  /** An empty folder, removed at the end. */
  folder: string;
  /** Says what is being done. */
  say(line: string): void;
}

/** What a file `<part>.bench.ts` exports as `bench`. */
export type Bench = (options: BenchOptions) => Promise<Figure[]>;

export function isMet({ value, goal, atLeast }: Figure): boolean | null {
  if (goal === null) return null;
  return atLeast ? value >= goal : value <= goal;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('a median of nothing');
  return (low + high) / 2;
}

function written(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}

/** The figures as lines of a table. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, goal, atLeast } = figure;
    const met = isMet(figure);
    return [
      name,
      written(value),
      unit,
      goal === null ? '' : `${atLeast ? '≥' : '≤'} ${written(goal)}`,
      met === null ? '' : met ? 'met' : 'NOT MET',
    ];
  });
  const table = [['name', 'value', 'unit', 'goal', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
