import sharp from 'sharp';
import { drawCard } from '../../pipeline/media/card/draw-card.js';
import type { CardDocument } from '../../server/contract/card.js';

/** A card as the product draws it, in its own shape. */
export async function productCard(document: CardDocument): Promise<Buffer> {
  const [width, height] = [1080, 1350];
  const frame = { width, height, free: { x: 0, y: 0, width, height }, circle: false };
  const { picture } = await drawCard({ document, frame, photo: null });
  const { data, channels } = picture;
  return sharp(data, { raw: { width: picture.width, height: picture.height, channels } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
