import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ownSets } from './search-own-sets.js';
import type { SearchSet, SetFact, SetQuery } from './search-set.js';

const typedSets = /-(kw|typo)$/;

function lines<T>(file: string): T[] {
  // Data of known shape, named on the command line by whoever measures.
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Every set of a folder: `facts.jsonl`, `queries.jsonl` and `qrels.tsv` each; the self-written ones without a folder. */
export function searchSets(folder: string | null): SearchSet[] {
  if (folder === null) return ownSets();
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'qrels.tsv')));
  return names.sort().map((name) => {
    const relevant = new Map<string, Set<string>>();
    for (const line of readFileSync(path.join(folder, name, 'qrels.tsv'), 'utf8').split('\n')) {
      const [query, fact] = line.split('\t');
      if (query && fact) relevant.set(query, (relevant.get(query) ?? new Set()).add(fact));
    }
    const queries = lines<SetQuery>(path.join(folder, name, 'queries.jsonl'));
    return {
      name,
      facts: lines<SetFact>(path.join(folder, name, 'facts.jsonl')),
      queries: queries.filter(({ id }) => relevant.has(id)),
      relevant,
      typed: typedSets.test(name),
    };
  });
}

/** Average precision of the first five; divided by as many as could be there. */
export function precisionAt5(found: readonly string[], relevant: ReadonlySet<string>): number {
  let [hits, sum] = [0, 0];
  for (const [at, id] of [...new Set(found)].slice(0, 5).entries()) {
    if (!relevant.has(id)) continue;
    hits += 1;
    sum += hits / (at + 1);
  }
  return sum / Math.min(5, relevant.size);
}

/** More facts than there are, spliced from halves of others, the same ones every time; never from a relevant one. */
export function* inflated(
  { facts, relevant }: SearchSet,
  others: readonly SearchSet[],
  size: number,
): Generator<SetFact> {
  const answers = new Set([...relevant.values()].flatMap((ids) => [...ids]));
  const known = new Set(facts.map(({ text }) => text));
  const pool = facts.filter(({ id }) => !answers.has(id)).map(({ text }) => text);
  yield* facts;
  let more = 0;
  for (const { text } of others.flatMap((other) => other.facts)) {
    if (known.has(text) || facts.length + more >= size) continue;
    known.add(text);
    pool.push(text);
    yield { id: `z${more}`, text };
    more += 1;
  }
  let seed = 12_345;
  const pick = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (pool[Math.floor((seed / 2 ** 32) * pool.length)] ?? '').split(' ');
  };
  for (; facts.length + more < size; more += 1) {
    const [first, second] = [pick(), pick()];
    const half = first.slice(0, Math.ceil(first.length / 2));
    yield { id: `z${more}`, text: [...half, ...second.slice(second.length >> 1)].join(' ') };
  }
}
