import { createHash } from 'node:crypto';
import type { Recipe } from '../../server/contract/recipe.js';

/** Raised whenever the same source, format and recipe would give another file. */
export const pipelineVersion = '2';

/** JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const parts = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
    return `{${parts.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The identity of a rendition, 64 hex digits: the same inputs give the same file, so it is made once. */
export function recipeKey(identity: {
  sourceSha256: string;
  formatCode: string;
  formatVersion: number;
  recipe: Recipe;
  pipelineVersion: string;
}): string {
  const { sourceSha256, formatCode, formatVersion, recipe } = identity;
  const text = canonicalJson({
    sourceSha256,
    formatCode,
    formatVersion,
    recipe,
    pipelineVersion: identity.pipelineVersion,
  });
  return createHash('sha256').update(text).digest('hex');
}
