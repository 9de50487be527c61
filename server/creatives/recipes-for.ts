import type { CreativeSummary, RenditionRequest } from '../contract/creative.js';
import type { Recipe } from '../contract/recipe.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { ActiveFormat } from '../formats/formats.policy.js';
import { findDressing, findIssuer } from './framings.repository.js';
import { checkOverlays, overlaysOf } from './overlays-of.js';
import { recipeFor } from './renditions.policy.js';

export interface FormatRecipe extends ActiveFormat {
  recipe: Recipe;
}

/**
 * The recipe of each chosen format: what is asked for now, what was chosen before, and the marks it has to carry.
 * `strict` throws `wrong_state` or `invalid_input` for marks that cannot be drawn as they would have to be.
 */
export async function recipesFor(
  reader: Database | DatabaseTransaction,
  creative: CreativeSummary,
  chosen: readonly ActiveFormat[],
  request: RenditionRequest,
  { strict }: { strict: boolean } = { strict: false },
): Promise<FormatRecipe[]> {
  const dressing = await findDressing(reader, creative.id);
  if (!dressing) throw new AppError('not_found');
  const issuer = await findIssuer(reader);
  if (strict) checkOverlays({ creative, dressing, issuer, request });
  return chosen.map((format) => {
    const { spec } = format;
    const overlays = overlaysOf(spec, { creative, dressing, issuer, request });
    const recipe = recipeFor(spec, { creative, kept: dressing.framings, issuer, request, overlays });
    return { ...format, recipe };
  });
}
