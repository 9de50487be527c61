import { type Analyser, createAnalyser } from './analyser/analyser.js';
import { type AskedWording, askedWordingOf, bands, type Judgement, judge, wordingOf } from './judge.js';
import type { Candidate, IndexedKind, SearchAudience, SearchIndex } from './search-index.js';

export type { MatchBand } from './judge.js';

export interface ClaimMatch extends Judgement {
  id: string;
  kind: IndexedKind;
  objectId: string;
  clusterId: string;
}

export interface MatchQuery {
  text: string;
  audience: SearchAudience;
  excludeIds?: string[];
  /** Most matches returned; 20 when left out. */
  limit?: number;
}

export interface Matcher {
  matchText(query: MatchQuery): Promise<ClaimMatch[]>;
}

const mostJudged = 30;
/**
 * The first ten are judged, and of the rest those with so much of the best one's score: copies of one message stand
 * close together. Of 1,900 right matches in four judged sets two stood lower.
 */
const least = { after: 10, score: 0.4 };
/**
 * Shared words alone make nothing likely that fits the whole text much less than the best, copies of it aside. With it
 * more of the `likely` are right in every judged set, and as many posts are answered. Chosen after seeing all of those
 * posts; `npm run bench -- search --data DIR` prints the shares.
 */
const likelyShare = 0.6;
const textCharacters = 20_000;
/** Of a passage the beginning is compared: what it claims is said there. */
const passageCharacters = 2_000;

/** Finds claims and facts that say what a text says; works the same on every engine. */
export function createMatcher({
  index,
  analyser = createAnalyser(),
}: {
  index: Pick<SearchIndex, 'candidates'>;
  analyser?: Analyser;
}): Matcher {
  function bestPassage(asked: AskedWording, { passages }: Candidate): Judgement[] {
    return passages
      .flatMap((passage) => judge(asked, wordingOf(passage.slice(0, passageCharacters), analyser)) ?? [])
      .sort(closestFirst)
      .slice(0, 1);
  }

  return {
    async matchText({ text, audience, excludeIds = [], limit = 20 }) {
      const asked = askedWordingOf(text.slice(0, textCharacters), analyser);
      if (asked.words.size === 0) return [];
      const candidates = await index.candidates({ text, audience, excludeIds, limit: mostJudged, least });
      const judged = candidates.flatMap((candidate) =>
        bestPassage(asked, candidate).map((judgement) => ({ candidate, judgement })),
      );
      const others = judged.filter(({ judgement }) => judgement.band !== 'same');
      const best = Math.max(0, ...others.map(({ candidate }) => candidate.score));
      return judged
        .map(({ candidate: { id, kind, objectId, clusterId, score }, judgement }): ClaimMatch => {
          const far = judgement.band === 'likely' && score < likelyShare * best;
          return { id, kind, objectId, clusterId, ...judgement, band: far ? 'related' : judgement.band };
        })
        .sort((a, b) => closestFirst(a, b) || a.id.localeCompare(b.id))
        .slice(0, limit);
    },
  };
}

function closestFirst(a: Judgement, b: Judgement): number {
  return bands.indexOf(a.band) - bands.indexOf(b.band) || b.score - a.score;
}
