import type { IndexDocument, SearchAudience } from '../../search/search-index.js';

export const desk: SearchAudience = { desk: true, units: ['state'], releasedTo: ['state'] };

/** A district member: placed on one unit, receiving what is released to it or above. */
export function districtOf(unit: string): SearchAudience {
  return { desk: false, units: [unit], releasedTo: [unit, 'state'] };
}

export function factDocument(id: string, headline: string, more: Partial<IndexDocument> = {}): IndexDocument {
  return {
    id: `fact:${id}`,
    kind: 'fact',
    objectId: id,
    clusterId: `cluster-${id}`,
    texts: [{ language: 'hi', headline, body: '' }],
    claimTexts: [],
    verdict: 'false',
    authenticity: null,
    state: null,
    date: '2026-01-01',
    ownerPath: ['state'],
    restricted: false,
    releasedUnits: [],
    topic: null,
    places: [],
    mediaKinds: [],
    ...more,
  };
}

export function claimDocument(id: string, text: string, more: Partial<IndexDocument> = {}): IndexDocument {
  const base = factDocument(id, '');
  return {
    ...base,
    id: `claim:${id}`,
    kind: 'claim',
    verdict: null,
    state: 'new',
    texts: [],
    claimTexts: [text],
    ...more,
  };
}

export async function* inBatches(documents: IndexDocument[], size = 50): AsyncGenerator<IndexDocument[]> {
  for (let from = 0; from < documents.length; from += size) yield documents.slice(from, from + size);
}
