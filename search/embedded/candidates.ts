import type { Analyser } from '../analyser/analyser.js';
import type { Candidate, CandidateQuery } from '../search-index.js';
import { type Collection, passagesOf } from './collection.js';
import { forwardMix } from './mix.js';
import { within } from './page.js';
import { oneOf } from './sieve.js';

/** More of a text than this is not looked at. */
export const candidateCharacters = 20_000;

/** The documents of a collection most like a whole text, scored by all the words they share with it. */
export function bestCandidates(
  collection: Collection,
  analyser: Analyser,
  { text, audience, kinds, limit = 50, excludeIds = [], least }: CandidateQuery,
): Candidate[] {
  const words = analyser.askedWords(text.slice(0, candidateCharacters));
  if (words.length === 0) return [];
  const { documents } = collection;
  const romanised = analyser.isRomanised(text);
  const asked = collection.ask({ words, mix: forwardMix, unfinished: false, romanised });
  const excluded = new Set(excludeIds.map((id) => documents.slotOf(id)));
  const visible = documents.visibleTo(audience);
  const wanted = documents.allFacets().map(({ kind }) => oneOf(kinds, [kind]));
  const ofKinds = (slot: number) => wanted[documents.facetNumber(slot)] === true;
  const passes = (slot: number) =>
    visible(slot) && (kinds === undefined || ofKinds(slot)) && (excluded.size === 0 || !excluded.has(slot));
  const found = collection.best(asked, passes, within(limit, 1, 200));
  const top = found[0]?.score ?? 0;
  const share = (score: number) => (top > 0 ? score / top : 1);
  const near = found.filter(({ score }, at) => !least || at < least.after || share(score) >= least.score);
  return near.map(({ slot, score }) => {
    const document = documents.read(slot);
    const { id, kind, objectId, clusterId } = document;
    return { id, kind, objectId, clusterId, score: share(score), passages: passagesOf(document) };
  });
}
