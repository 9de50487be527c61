import { useEffect } from 'preact/hooks';
import type { Creative, RecipeList } from '../../../server/contract/creative.js';
import type { Language } from '../../../server/contract/lists.js';
import { useClient, useRead } from '../../api/queries.js';
import { usePolling } from './use-polling.js';

/** What a format would be made by, and of a card how it will look. */
export type FormatRecipe = RecipeList['items'][number];

/** Whether a card's small picture is still to be drawn; of one whose fact ended nothing more is. */
export function isComing(
  { card }: Pick<Creative, 'card'>,
  { preview }: Pick<FormatRecipe, 'preview'>,
): boolean {
  if (card?.factState !== 'verified' || preview === null) return false;
  return preview.url === null && preview.failure === null;
}

/** Has a card drawn in the shapes nobody has seen it in yet, and looks for the pictures. */
function useDrawing(creative: Creative, recipes: readonly FormatRecipe[]): void {
  const client = useClient();
  const { id } = creative;
  const coming = recipes.some((recipe) => isComing(creative, recipe));
  useEffect(() => {
    // Without them the card itself is shown, and the next visit asks again.
    if (coming) client.call('cards.drawPreviews', { params: { id } }).catch(() => undefined);
  }, [client, id, coming]);
  usePolling(['creatives.recipes'], coming);
}

/** What would be made in each format, as the server puts it together; asked anew when the creative changes. */
export function useRecipes(creative: Creative, language: Language): ReadonlyMap<string, FormatRecipe> {
  const found = useRead(
    'creatives.recipes',
    { params: { id: creative.id }, query: { language } },
    { keepPrevious: true, staleTime: 300_000 },
  );
  const items = found.data?.items ?? [];
  useDrawing(creative, items);
  return new Map(items.map((item) => [item.format, item]));
}
