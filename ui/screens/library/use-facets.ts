import type { ComponentChildren } from 'preact';
import type { LibraryFacets } from '../../../server/contract/library.js';
import { languages, mediaKinds, verdictCodes } from '../../../server/contract/lists.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useLanguage } from '../../i18n/language.js';
import { useTopics } from '../../parts/topics.js';
import type { FacetName, LibrarySearch } from './search-state.js';

export interface FacetValue {
  value: string;
  label: string;
  /** Facts it would show. */
  count: number;
  /** Drawn in place of the label. */
  content?: ComponentChildren;
}

export type Facets = Readonly<Record<FacetName, readonly FacetValue[]>>;

/** The values that occur among what was found or are chosen, in their usual order and in words. */
export function useFacets(search: LibrarySearch, facets: LibraryFacets): Facets {
  const codes = useCodes();
  const topics = useTopics();
  const { language } = useLanguage();
  const places = facets.places.map(({ unit, count }) => ({
    value: unit.id,
    label: nameIn(unit.name, language) || unit.code,
    count,
  }));
  const occurring = (
    name: FacetName,
    values: readonly { value: string; label: string }[],
    counts: Readonly<Record<string, number>>,
  ): FacetValue[] => {
    const chosen: readonly string[] = search[name];
    return values
      .map((value) => ({ ...value, count: counts[value.value] ?? 0 }))
      .filter(({ value, count }) => count > 0 || chosen.includes(value));
  };
  const worded = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
    values.map((value) => ({ value, label: labels[value] }));

  return {
    verdict: occurring('verdict', worded(verdictCodes, codes.verdict), facets.verdicts),
    topic: occurring(
      'topic',
      topics.map(({ code, label }) => ({ value: code, label })),
      facets.topics,
    ),
    place: places,
    media: occurring('media', worded(mediaKinds, codes.mediaKind), facets.mediaKinds),
    language: occurring('language', worded(languages, codes.claimLanguage), facets.languages),
  };
}
