import type { IndexDocument, SearchAudience } from './search-index.js';

/**
 * Whether a document may be seen, counted or hinted at: every engine obeys this one rule. A desk sees
 * everything but restricted documents of units it has no place in; a district sees released facts only.
 */
export function maySee(
  document: Pick<IndexDocument, 'kind' | 'restricted' | 'ownerPath' | 'releasedUnits'>,
  audience: SearchAudience,
): boolean {
  if (audience.desk) return !document.restricted || meets(document.ownerPath, audience.units);
  return document.kind === 'fact' && meets(document.releasedUnits, audience.releasedTo);
}

function meets(some: string[], others: string[]): boolean {
  return some.some((unit) => others.includes(unit));
}
