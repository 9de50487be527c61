import { createMatcher } from '../../search/match.js';
import type { SearchIndex } from '../../search/search-index.js';
import type { Figure } from './figure.js';
import { everyone, words } from './search-engines.js';
import type { SearchSet } from './search-set.js';

const bands = ['same', 'likely', 'related'] as const;
const goals = { same: 0.95, likely: 0.7 };
/** A fact that repeats so much of a judged one, or of the post itself, was passed over by the judges, not found wrong. */
const repeats = 0.6;
const copies = 0.75;
/** A precision of fewer matches is printed, and held against nobody. */
const fewest = 20;

/**
 * How often what the matcher calls same, likely or related was judged to answer the post, and of how many posts an
 * answer was found in each band. Not judged counts as wrong, unless it repeats a fact that was judged right, or the post
 * word for word: then it is not counted.
 */
export async function bandFigures(
  index: SearchIndex,
  { name, facts, queries, relevant }: SearchSet,
): Promise<Figure[]> {
  const { matchText } = createMatcher({ index });
  const wordsOf = new Map(facts.map(({ id, text, title = '' }) => [id, new Set(words(`${title} ${text}`))]));
  const shown = { same: 0, likely: 0, related: 0 };
  const right = { same: 0, likely: 0, related: 0 };
  const answered = { same: 0, likely: 0, related: 0 };
  for (const { id, text } of queries) {
    const answers = relevant.get(id) ?? new Set<string>();
    const met = new Set<string>();
    const asked = new Set(words(text));
    for (const { id: found, band } of await matchText({ text, audience: everyone })) {
      const isRight = answers.has(found);
      const said = wordsOf.get(found) ?? new Set();
      const repeated =
        [...answers].some((answer) => inCommon(said, wordsOf.get(answer), Math.min) >= repeats) ||
        inCommon(said, asked, Math.max) >= copies;
      if (!isRight && repeated) continue;
      shown[band] += 1;
      if (!isRight) continue;
      right[band] += 1;
      if (!met.has(band)) answered[band] += 1;
      met.add(band);
    }
  }
  const figure = (what: string, value: number, goal: number | null): Figure => ({
    name: `${what}/${name}`,
    value: Math.round(value * 1_000) / 1_000,
    unit: 'share',
    goal,
    atLeast: true,
  });
  return bands.flatMap((band) => {
    const goal = band === 'related' || shown[band] < fewest ? null : goals[band];
    const precision = figure(`precision/${band}`, right[band] / Math.max(1, shown[band]), goal);
    return [
      ...(shown[band] > 0 ? [precision] : []),
      figure(`coverage/${band}`, answered[band] / Math.max(1, queries.length), null),
    ];
  });
}

/** Share of words in common, of the shorter or of the longer text. */
function inCommon(
  one: ReadonlySet<string>,
  other: ReadonlySet<string> = new Set(),
  of: (a: number, b: number) => number,
): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, of(one.size, other.size));
}
