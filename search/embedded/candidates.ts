import type { Analyser } from '../analyser/analyser.js';
import type { Candidate, CandidateQuery } from '../search-index.js';
import { type Collection, passagesOf } from './collection.js';
import { forwardMix } from './mix.js';
import { toHit, within, wordsToMark } from './page.js';
import { oneOf } from './sieve.js';

/** More of a text than this is not looked at. */
export const candidateCharacters = 20_000;

/** The documents of a collection most like a whole text, scored by all the words they share with it. */
export function bestCandidates(
  collection: Collection,
  analyser: Analyser,
  { text, audience, kinds, limit = 50, excludeIds = [] }: CandidateQuery,
): Candidate[] {
  const words = analyser.askedWords(text.slice(0, candidateCharacters));
  if (words.length === 0) return [];
  const { documents } = collection;
  const romanised = analyser.isRomanised(text.slice(0, candidateCharacters));
  const asked = collection.ask({ words, mix: forwardMix, unfinished: false, romanised });
  const excluded = new Set(excludeIds.map((id) => documents.slotOf(id)));
  const visible = documents.visibleTo(audience);
  const found = collection.score(
    asked,
    (slot) => visible(slot) && !excluded.has(slot) && oneOf(kinds, [documents.facets(slot).kind]),
  );
  const most = within(limit, 1, 200);
  const best = found.sort((a, b) => b.score - a.score).slice(0, Math.max(most, forwardMix.reranked));
  const ranked = collection
    .rerank(asked, best)
    .sort((a, b) => b.score - a.score || documents.id(a.slot).localeCompare(documents.id(b.slot)))
    .slice(0, most);
  const top = ranked[0]?.score ?? 0;
  const marked = wordsToMark(collection, asked);
  return ranked.map(({ slot, score }) => {
    const document = documents.read(slot);
    return {
      ...toHit(document, analyser, { score: top > 0 ? score / top : 1, words: marked }),
      passages: passagesOf(document),
    };
  });
}
