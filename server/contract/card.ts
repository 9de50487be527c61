import { type Static, Type } from 'typebox';
import { longestClaim } from './card-limits.js';
import { Id, LanguageCode, oneOf } from './common.js';
import { cardTemplates, checkStates, verdictCodes } from './lists.js';

const strict = { additionalProperties: false };
/** What is written on a card; how much of it fits is decided when it is drawn. */
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** A card wanted from a verified fact. */
export const CardDraft = Type.Object(
  {
    template: oneOf(cardTemplates),
    language: LanguageCode,
    /** The claim in fewer words or in the card's language; the lead claim's own words without it. */
    claim: Type.Optional(Type.String({ minLength: 3, maxLength: longestClaim, pattern: '\\S' })),
    /** The picture of the photo template: a creative of kind image. */
    imageCreativeId: Type.Optional(Id),
  },
  strict,
);
export type CardDraft = Static<typeof CardDraft>;

/** Every text of a card, ready to be drawn in its language. */
export const CardTexts = Type.Object(
  {
    claimLabel: words(40),
    /** With its quotation marks. */
    claim: words(longestClaim + 8),
    /** Who said it, on quotes. */
    saidBy: Type.Union([words(220), Type.Null()]),
    verdict: words(60),
    factLabel: words(40),
    fact: words(300),
    sources: words(500),
    asOf: words(80),
    issuedBy: words(200),
    /** Beside the code: what one finds there. */
    scan: words(60),
    /** Whose picture it is. */
    photoCredit: Type.Union([words(320), Type.Null()]),
  },
  strict,
);
export type CardTexts = Static<typeof CardTexts>;

/**
 * A card as the file of a creative: all that decides how it looks, in no particular size. Each format draws it
 * anew in its own shape. The same card has the same bytes.
 */
export const CardDocument = Type.Object(
  {
    card: Type.Literal(1),
    template: Type.Enum(cardTemplates),
    language: LanguageCode,
    factId: Id,
    verdict: Type.Enum(verdictCodes),
    /** Where the fact is found; what the code says. */
    address: Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 300 }),
    texts: CardTexts,
    photo: Type.Union([
      Type.Object(
        {
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
          focal: Type.Object(
            { x: Type.Number({ minimum: 0, maximum: 1 }), y: Type.Number({ minimum: 0, maximum: 1 }) },
            strict,
          ),
        },
        strict,
      ),
      Type.Null(),
    ]),
  },
  strict,
);
export type CardDocument = Static<typeof CardDocument>;

export const CardPreviewParams = Type.Object(
  { id: Id, frame: Type.String({ pattern: '^[0-9x-]+(-circle)?$', maxLength: 80 }) },
  strict,
);
export type CardPreviewParams = Static<typeof CardPreviewParams>;

/** How many previews of a card were asked for: those there were already are not among them. */
export const CardPreviewsWanted = Type.Object({ wanted: Type.Integer({ minimum: 0 }) });
export type CardPreviewsWanted = Static<typeof CardPreviewsWanted>;

/** What a creative that is a card says of itself. */
export const CardInfo = Type.Object({
  template: oneOf(cardTemplates),
  language: LanguageCode,
  address: Type.String({ description: 'Where its code leads' }),
  /** The fact it shows; once that is corrected or void nothing more is made of the card. */
  factState: oneOf(checkStates),
});
export type CardInfo = Static<typeof CardInfo>;

/** The type of a card's file; no upload has it. */
export const cardMime = 'application/vnd.tathya.card+json';
