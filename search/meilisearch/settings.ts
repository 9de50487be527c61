import { createHash } from 'node:crypto';
import type { Settings } from 'meilisearch';
import { analyserVersion } from '../analyser/analyser.js';
import { facetAttributes } from './filter.js';

/** Changes whenever documents are written otherwise than before. */
const documentVersion = 1;

/** Where words are looked for; all are made by our analyser, so nothing depends on how Meilisearch reads a script. */
export const searchable = ['words', 'stems', 'keys', 'skeletons', 'meanings'] as const;
export type Searchable = (typeof searchable)[number];

const equality = { facetSearch: false, filter: { equality: true, comparison: false } };

export const indexSettings: Settings = {
  searchableAttributes: [...searchable],
  displayedAttributes: ['id', 'source', 'terms'],
  filterableAttributes: [
    {
      attributePatterns: [
        'id',
        'restricted',
        'ownerPath',
        'releasedUnits',
        ...Object.values(facetAttributes),
      ],
      features: equality,
    },
    {
      attributePatterns: ['day'],
      features: { facetSearch: false, filter: { equality: true, comparison: true } },
    },
  ],
  sortableAttributes: ['date', 'id'],
  // "sort" first, so that "newest" is that and not the newest of the best. Of equal matches the shorter says more; the
  // last two break ties, so that pages hold together.
  rankingRules: ['sort', 'words', 'typo', 'length:asc', 'date:desc', 'id:asc'],
  // 2024 is not 2025.
  typoTolerance: { enabled: true, disableOnNumbers: true, minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 } },
  faceting: { maxValuesPerFacet: 1_000, sortFacetValuesBy: { '*': 'count' } },
  // Above this totals would be wrong.
  pagination: { maxTotalHits: 10_000_000 },
  searchCutoffMs: 1_500,
  // Words are one token each, so that nothing is guessed about their language.
  localizedAttributes: [{ attributePatterns: [...searchable], locales: ['eng', 'hin'] }],
  prefixSearch: 'indexingTime',
  facetSearch: false,
};

/** Names the settings, the analyser and the form of the documents: under another one everything is to be built anew. */
export const settingsVersion = createHash('sha256')
  .update(JSON.stringify({ indexSettings, analyserVersion, documentVersion }))
  .digest('hex')
  .slice(0, 16);
