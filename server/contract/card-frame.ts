import { type Static, Type } from 'typebox';
import type { FormatSpec } from './format.js';
import type { Size } from './framing.js';
import { placeOverlays, safeBox } from './overlay-layout.js';
import type { Recipe } from './recipe.js';

const strict = { additionalProperties: false };
const px = Type.Integer({ minimum: 0, maximum: 20_000 });
const side = Type.Integer({ minimum: 1, maximum: 20_000 });

/** What a card is laid out in: two formats with the same frame show the same drawing. All in pixels. */
export const CardFrame = Type.Object(
  {
    width: side,
    height: side,
    /** The part of the frame nothing covers. */
    free: Type.Object({ x: px, y: px, width: side, height: side }, strict),
    /** Only a circle of the frame's width is seen. */
    circle: Type.Boolean(),
  },
  strict,
);
export type CardFrame = Static<typeof CardFrame>;

/** A card's own shape where a format has none: tall enough for a phone, and shown whole in every feed. */
const ownShape = { width: 4, height: 5 } as const;
/** Its few lines are as sharp at this height as at any larger one. */
const longestOwnEdge = 2000;

function frameSize({ frame, code }: FormatSpec): Size {
  if (!frame) throw new Error(`format ${code} makes a picture but has no frame`);
  if (frame.fit === 'exact') return { width: frame.width, height: frame.height };
  const height = Math.min(frame.longEdge, longestOwnEdge);
  return { width: Math.round((height * ownShape.width) / ownShape.height), height };
}

/** A format's frame, and the part of it that neither the platform nor anything drawn over the card covers. */
export function cardFrame(format: FormatSpec, { overlays }: Pick<Recipe, 'overlays'>): CardFrame {
  const target = frameSize(format);
  const circle = format.mask === 'circle';
  const frame = { target, safeZone: format.safeZone, circle };
  const safe = safeBox(frame);
  const places = placeOverlays(frame, overlays);
  const top = Math.ceil(Math.max(safe.y, places.disclosure?.band.height ?? 0));
  const strips = [places.imprint, places.label].flatMap((place) => (place ? [place.box.y] : []));
  const bottom = Math.floor(Math.min(safe.y + safe.height, ...strips));
  const free = { x: safe.x, y: top, width: safe.width, height: Math.max(1, bottom - top) };
  return { ...target, free, circle };
}

/** A name that tells frames apart, fit for an address. */
export function frameName({ width, height, free, circle }: CardFrame): string {
  const whole = `${width}x${height}-${free.x}-${free.y}-${free.width}x${free.height}`;
  return circle ? `${whole}-circle` : whole;
}
