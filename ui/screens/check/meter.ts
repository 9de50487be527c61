import type { Evidence } from '../../../server/contract/check.js';
import { languages } from '../../../server/contract/lists.js';
import { type Draft, exceptionTooShort, verdictOf } from './draft.js';

export type Need = 'verdict' | 'text' | 'two' | 'strong';

/** Sources count once per address, or per publisher without one, as the database counts them. */
export function sourceNeeds(evidence: readonly Pick<Evidence, 'url' | 'publisher' | 'tier'>[]): Need[] {
  const different = new Set(evidence.map(({ url, publisher }) => (url ?? publisher).toLowerCase()));
  const strong = evidence.some(({ tier }) => tier === 'primary' || tier === 'official');
  return [...(different.size < 2 ? (['two'] as const) : []), ...(strong ? [] : (['strong'] as const))];
}

export interface Readiness {
  needs: Need[];
  /** The sources fall short, and a written exception stands in. */
  byException: boolean;
  ready: boolean;
}

/** What is missing before a second person can judge it. */
export function readinessOf(draft: Draft, evidence: readonly Evidence[]): Readiness {
  const written = languages.some(
    (language) => draft[`${language}.headline`].trim() !== '' && draft[`${language}.summary`].trim() !== '',
  );
  const sources = sourceNeeds(evidence);
  const excepted = draft.sourceException.trim() !== '' && !exceptionTooShort(draft);
  const needs: Need[] = [
    ...(verdictOf(draft) ? [] : (['verdict'] as const)),
    ...(written ? [] : (['text'] as const)),
    ...(excepted ? [] : sources),
  ];
  return { needs, byException: excepted && sources.length > 0, ready: needs.length === 0 };
}
