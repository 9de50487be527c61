import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import type { Bench, Figure } from './figure.js';
import { bandFigures } from './search-bands.js';
import { type Engine, miniSearchEngine, ownEngine, sqliteEngine } from './search-engines.js';
import { scaleFigures } from './search-scale.js';
import type { SearchSet } from './search-set.js';
import { precisionAt5, searchSets } from './search-sets.js';

/** The least mean average precision at five, by set; the project's promise. */
const goals: Record<string, number> = {
  'clef2020-en': 0.88,
  'ct25-indic': 0.66,
  'ct25-romanised': 0.69,
  'dakshina-kw': 0.97,
  'dakshina-typo': 0.91,
};
const devanagariGoal = 0.7;

/** How well and how fast facts are found, beside two engines anyone could take instead. */
export const bench: Bench = async ({ data, say }) => {
  const sets = searchSets(data);
  const figures: Figure[] = [];
  for (const set of sets) {
    say(`${set.name}: ${set.facts.length} facts, ${set.queries.length} questions`);
    const index = createEmbeddedIndex();
    for (const make of [() => ownEngine(index), miniSearchEngine, sqliteEngine]) {
      const engine = make();
      figures.push(...(await quality(engine, set)));
      engine.close();
    }
    if (!set.typed) figures.push(...(await bandFigures(index, set)));
  }
  say('100,000 facts in a process of their own');
  figures.push(...(await scaleFigures(data)));
  return figures;
};

async function quality(engine: Engine, set: SearchSet): Promise<Figure[]> {
  await engine.fill(set.facts);
  const all: number[] = [];
  const hindi: number[] = [];
  for (const { id, text, lang } of set.queries) {
    const found = await engine.ask(text, { typed: set.typed, limit: 20 });
    const precision = precisionAt5(found, set.relevant.get(id) ?? new Set());
    all.push(precision);
    if (lang === 'hi') hindi.push(precision);
  }
  const suffix = engine.name === 'own' ? '' : `/${engine.name}`;
  const figure = (name: string, values: number[], goal: number | undefined): Figure => ({
    name: `map5/${name}${suffix}`,
    value:
      Math.round((values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)) * 1e4) / 1e4,
    unit: 'MAP@5',
    goal: suffix === '' ? (goal ?? null) : null,
    atLeast: true,
  });
  const figures = [figure(set.name, all, goals[set.name])];
  if (set.name === 'ct25-indic') figures.push(figure('ct25-indic-hi', hindi, devanagariGoal));
  return figures;
}
