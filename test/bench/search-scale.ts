import { execFile } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { createMatcher } from '../../search/match.js';
import type { Figure } from './figure.js';
import { watchTurns } from './host.js';
import { documentsOf, everyone } from './search-engines.js';
import { inflated, searchSets } from './search-sets.js';

const size = 100_000;
const mostQuestions = 300;
const run = promisify(execFile);

/** Measured in a fresh process, so that memory is the index's own and the process's base. */
export async function scaleFigures(data: string | null): Promise<Figure[]> {
  const child = path.join(import.meta.dirname, 'search-scale.child.ts');
  const { stdout } = await run(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', child, ...(data === null ? [] : [data])],
    { maxBuffer: 1 << 24 },
  );
  // Printed by `measureScale` in the child.
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Figure[];
}

export async function measureScale(data: string | null): Promise<Figure[]> {
  let sets = searchSets(data);
  const [largest] = [...sets].sort((a, b) => b.queries.length - a.queries.length);
  if (!largest) throw new Error('no set to measure with');
  const facts = inflated(
    largest,
    sets.filter((set) => set !== largest),
    size,
  );
  const forwards = sets
    .filter(({ typed }) => !typed)
    .flatMap(({ queries }) => sample(queries, mostQuestions));
  const typed = sets.filter((set) => set.typed).flatMap(({ queries }) => sample(queries, mostQuestions));
  sets = [];
  const index = createEmbeddedIndex();
  // The monitor needs a turn to start, and counts the pause before it otherwise.
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  await wait(50);
  delays.reset();
  const longestTurn = watchTurns();
  const started = performance.now();
  await index.rebuild(documentsOf(facts));
  const rebuild = performance.now() - started;
  await wait(10);
  delays.disable();
  const turn = longestTurn();
  const { matchText } = createMatcher({ index });
  const candidates: number[] = [];
  const match: number[] = [];
  const search: number[] = [];
  for (const { text } of forwards) {
    candidates.push(await took(() => index.candidates({ text, audience: everyone })));
    match.push(await took(() => matchText({ text, audience: everyone })));
  }
  for (const { text } of typed) {
    // As one types: after the second letter, and every third one from there.
    for (let end = 2; end <= text.length; end += 3) {
      search.push(await took(() => index.search({ text: text.slice(0, end), audience: everyone })));
    }
  }
  const { gc } = globalThis;
  await gc?.();
  const { rss } = process.memoryUsage();
  const figure = (name: string, value: number, unit: string, goal: number): Figure => ({
    name,
    value: Math.round(value * 100) / 100,
    unit,
    goal,
  });
  return [
    figure('p95/match-100k', p95(match), 'ms', 10),
    figure('p95/candidates-100k', p95(candidates), 'ms', 10),
    figure('p95/search-100k', p95(search), 'ms', 10),
    figure('rss/100k', rss / 2 ** 20, 'MB', 400),
    figure('rebuild/100k', rebuild / 1000, 's', 20),
    figure('stall/100k', delays.max / 1e6, 'ms', 50),
    figure('turn/100k', turn, 'ms of processor', 50),
  ];
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function p95(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

function sample<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * step)]).filter(
    (item) => item !== undefined,
  );
}
