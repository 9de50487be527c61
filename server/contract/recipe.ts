import { type Static, Type } from 'typebox';
import { type Framing, framings, type Language, languages } from './lists.js';

/** The point of a picture that must stay in every crop; 0,0 is the top left corner, 1,1 the bottom right. */
export const FocalPoint = Type.Object(
  { x: Type.Number({ minimum: 0, maximum: 1 }), y: Type.Number({ minimum: 0, maximum: 1 }) },
  { additionalProperties: false },
);
export type FocalPoint = Static<typeof FocalPoint>;

/**
 * What a designer chose for one creative in one format. Together with the source file, the format
 * version and the pipeline version it is the identity of a rendition.
 */
export const Recipe = Type.Object(
  {
    framing: Type.Enum(framings),
    focal: FocalPoint,
    /** Fills bars of `fit` and shows through transparent pictures; `#rrggbb`. */
    background: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
    language: Type.Union([Type.Enum(languages), Type.Null()]),
    /** Nothing is drawn over a creative yet; the empty list keeps the identity stable when something is. */
    overlays: Type.Array(Type.Never(), { maxItems: 0 }),
  },
  { additionalProperties: false },
);
export type Recipe = Static<typeof Recipe>;

/** The recipe a format starts with, centred on the creative's focal point when it has one. */
export function defaultRecipe({
  framing,
  focal,
  language,
}: {
  framing: Framing;
  focal?: FocalPoint | null;
  language?: Language | null;
}): Recipe {
  return {
    framing,
    focal: focal ?? { x: 0.5, y: 0.5 },
    background: '#ffffff',
    language: language ?? null,
    overlays: [],
  };
}
