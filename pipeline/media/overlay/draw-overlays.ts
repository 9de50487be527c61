import type { OverlayOptions } from 'sharp';
import type { Box } from '../../../server/contract/framing.js';
import {
  type OverlayFrame,
  type OverlayPlaces,
  overlayLineHeight,
  placeOverlays,
  type TextPlace,
} from '../../../server/contract/overlay-layout.js';
import type { Overlay } from '../../../server/contract/recipe.js';
import { drawMark } from '../marks/draw-mark.js';
import { fitText, type RenderedText, TextOverflow, type TextRequest } from '../text/render-text.js';
import { textFailure } from '../text/text-failure.js';
import { drawPanel, ruleAcross } from './panel.js';

/** A picture with transparency and its place in the finished frame: the same bytes go over images and videos. */
export interface DrawnOverlay extends Box {
  kind: Exclude<Overlay['kind'], 'subtitles'>;
  png: Buffer;
}

const ink = 20;
const onInk = '#ffffff';
const paper = 255;
const onPaper = '#141414';

type Place<K extends keyof OverlayPlaces> = NonNullable<OverlayPlaces[K]>;

const even = (length: number): number => Math.ceil(length / 2) * 2;

/** Writes into a place in one line if it can be read so, else in as many as the place has room for. */
async function write(
  text: string,
  { box, minSizePx, maxSizePx }: TextPlace,
  style: Pick<TextRequest, 'weight' | 'color' | 'align'>,
): Promise<RenderedText & { sizePx: number }> {
  const wish = {
    ...{ text, ...style, lineHeight: overlayLineHeight, minSizePx, maxSizePx },
    ...{ maxWidth: box.width, maxHeight: box.height },
  };
  try {
    return await fitText({ ...wish, oneLine: true });
  } catch (error) {
    if (!(error instanceof TextOverflow)) throw error;
    return fitText(wish);
  }
}

async function drawDisclosure(text: string, place: Place<'disclosure'>): Promise<DrawnOverlay> {
  const { band, box } = place;
  const written = await write(text, place, { weight: 600, color: onInk, align: 'center' });
  const thickness = Math.max(2, Math.round(written.sizePx * 0.07));
  const png = await drawPanel({ ...band, grey: ink, opacity: 1, radius: 0 }, [
    {
      input: written.png,
      left: box.x - band.x + Math.floor((box.width - written.width) / 2),
      top: box.y - band.y + Math.floor((box.height - written.height) / 2),
    },
    ruleAcross(band.width, thickness, band.height - thickness),
  ]);
  return { kind: 'disclosure', png, ...band };
}

async function drawStamp(
  { word, mark }: Extract<Overlay, { kind: 'stamp' }>,
  place: Place<'stamp'>,
): Promise<DrawnOverlay> {
  const { band, box } = place;
  const most = Math.floor(Math.min(box.height, box.width / 4));
  const between = Math.round(most * 0.28);
  const written = await write(
    word,
    { ...place, box: { ...box, width: box.width - most - between } },
    { weight: 700, color: onInk, align: 'left' },
  );
  // Beside a small word a large mark would look lost.
  const side = Math.min(most, Math.round(written.sizePx * 1.55));
  const shape = drawMark({ code: mark, sizePx: side, color: onInk });
  const left = box.x - band.x + Math.floor((box.width - side - between - written.width) / 2);
  const middle = band.height / 2;
  const thickness = Math.max(2, Math.round(band.height * 0.016));
  const inset = Math.round(band.height * 0.055);
  const layers: OverlayOptions[] = [
    {
      input: shape.data,
      raw: { width: side, height: side, channels: 4 },
      left,
      top: Math.floor(middle - side / 2),
    },
    { input: written.png, left: left + side + between, top: Math.floor(middle - written.height / 2) },
    ruleAcross(band.width, thickness, inset),
    ruleAcross(band.width, thickness, band.height - inset - thickness),
  ];
  const png = await drawPanel({ ...band, grey: ink, opacity: 0.8, radius: 0 }, layers);
  return { kind: 'stamp', png, ...band };
}

/** A strip in the lower left corner of its place, no larger than its text needs. */
async function drawLabel(text: string, place: TextPlace): Promise<DrawnOverlay> {
  const { box } = place;
  const pad = even(place.minSizePx * 0.55);
  const inside = { ...box, width: box.width - pad * 2, height: box.height - pad };
  const written = await write(text, { ...place, box: inside }, { weight: 600, color: onInk, align: 'left' });
  const size = {
    width: Math.min(box.width, even(written.width + pad * 2)),
    height: Math.min(box.height, even(Math.max(written.height, written.sizePx * 1.2) + pad)),
  };
  const png = await drawPanel({ ...size, grey: ink, opacity: 0.84, radius: Math.round(pad * 0.45) }, [
    { input: written.png, left: pad, top: Math.floor((size.height - written.height) / 2) },
  ]);
  return { kind: 'label', png, x: box.x, y: box.y + box.height - size.height, ...size };
}

/** A light strip as wide as its place at the lower edge: what the law wants on print, legible on any picture. */
async function drawImprint(text: string, place: TextPlace): Promise<DrawnOverlay> {
  const { box } = place;
  const pad = even(place.minSizePx * 0.5);
  const inside = { ...box, width: box.width - pad * 2, height: box.height - pad };
  const written = await write(
    text,
    { ...place, box: inside },
    { weight: 400, color: onPaper, align: 'left' },
  );
  const height = Math.min(box.height, even(Math.max(written.height, written.sizePx * 1.2) + pad));
  const panel = { width: box.width, height, grey: paper, opacity: 1, radius: 0 };
  const png = await drawPanel(panel, [
    { input: written.png, left: pad, top: Math.floor((height - written.height) / 2) },
  ]);
  return { kind: 'imprint', png, x: box.x, y: box.y + box.height - height, width: box.width, height };
}

function drawOne(overlay: Overlay, places: OverlayPlaces): Promise<DrawnOverlay> | null {
  const { disclosure, stamp, label, imprint } = places;
  if (overlay.kind === 'disclosure' && disclosure) return drawDisclosure(overlay.text, disclosure);
  if (overlay.kind === 'stamp' && stamp) return drawStamp(overlay, stamp);
  if (overlay.kind === 'label' && label) return drawLabel(overlay.text, label);
  if (overlay.kind === 'imprint' && imprint) return drawImprint(overlay.text, imprint);
  return null;
}

/**
 * Draws what a recipe lays over its frame, except timed text, each as large as it can be in its place. Throws
 * MediaFailure naming the text that does not fit or cannot be drawn; nothing is clipped or left out.
 */
export async function drawOverlays(
  frame: OverlayFrame,
  overlays: readonly Overlay[],
): Promise<DrawnOverlay[]> {
  const places = placeOverlays(frame, overlays);
  const drawn: DrawnOverlay[] = [];
  for (const overlay of overlays) {
    try {
      const one = await drawOne(overlay, places);
      if (one) drawn.push(one);
    } catch (error) {
      throw textFailure(error);
    }
  }
  return drawn;
}
