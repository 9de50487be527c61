import sharp from 'sharp';
import { fontFamily, fontFile } from '../../pipeline/fonts/bundled-fonts.js';
import type { Luma } from '../../pipeline/media/prints/luma.js';

/** A number of 0 to 1, the same row for the same seed. */
export type Dice = () => number;

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A picture as the workers see it: its preview in grey, 256 pixels long. */
export async function greyOf(content: Buffer): Promise<Luma> {
  const preview = await sharp(content)
    .autoOrient()
    .resize(640, 640, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80 })
    .toBuffer();
  const { data, info } = await sharp(preview)
    .resize(256, 256, { fit: 'inside', withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: Float32Array.from(data) };
}

/** A scene nobody saw: a sky or ground, hills, blots, boxes and a grain, all by chance. */
export function inventedPicture(roll: Dice): Luma {
  // As small as hashes are made from; a larger one costs four times as much and tells nothing more.
  const [width, height] = roll() < 0.5 ? [128, 96] : [96, 128];
  const data = new Float32Array(width * height);
  const [base, slope, tilt] = [60 + roll() * 140, (roll() - 0.5) * 160, (roll() - 0.5) * 120];
  for (let at = 0; at < data.length; at += 1) {
    data[at] = base + slope * (Math.floor(at / width) / height - 0.5) + tilt * ((at % width) / width - 0.5);
  }
  for (let blot = 0; blot < 14 + roll() * 20; blot += 1) {
    const [x, y] = [roll() * width, roll() * height];
    const [wide, high] = [3 + roll() ** 2 * 45, 3 + roll() ** 2 * 45];
    const change = (roll() - 0.5) * 190;
    const boxed = roll() < 0.4;
    for (let row = Math.max(0, Math.floor(y - high)); row < Math.min(height, y + high); row += 1) {
      for (let column = Math.max(0, Math.floor(x - wide)); column < Math.min(width, x + wide); column += 1) {
        const away = ((column - x) / wide) ** 2 + ((row - y) / high) ** 2;
        const share = boxed ? 1 : Math.max(0, 1 - away);
        data[row * width + column] = (data[row * width + column] ?? 0) + change * share;
      }
    }
  }
  const grain = roll() * 14;
  return {
    width,
    height,
    data: data.map((value) => Math.min(255, Math.max(0, value + (roll() - 0.5) * grain))),
  };
}

const words =
  'बिजली पानी सड़क स्कूल राशन नदी पुल अस्पताल बस टिकट गाँव ज़िला विभाग सूची नियम शुल्क बैंक खाता दुकान बाज़ार मेला परीक्षा परिणाम वेतन पेंशन टीका दवा किसान फ़सल बीमा'.split(
    ' ',
  );

function sentence(roll: Dice, count: number): string {
  return Array.from({ length: count }, () => words[Math.floor(roll() * words.length)] ?? '').join(' ');
}

const [cardWidth, cardHeight] = [540, 675];

function letters(text: string, size: number, colour: string): Promise<Buffer> {
  return sharp({
    text: {
      text: `<span foreground="${colour}">${text}</span>`,
      font: `${fontFamily} Bold ${size}`,
      fontfile: fontFile(700),
      width: 460,
      rgba: true,
      dpi: 72,
    },
  })
    .png()
    .toBuffer();
}

/** What all cards of a template share: heading, box, line and sender. */
export async function cardTemplate(): Promise<Buffer> {
  const plain = (width: number, height: number, background: string) =>
    sharp({ create: { width, height, channels: 3, background } }).png();
  return plain(cardWidth, cardHeight, '#f6f6f0')
    .composite([
      { input: await letters('दावा', 16, '#555555'), left: 32, top: 30 },
      { input: await plain(150, 56, '#1c1f24').toBuffer(), left: 32, top: 180 },
      { input: await letters('झूठ', 28, '#ffffff'), left: 60, top: 190 },
      { input: await letters('तथ्य', 16, '#555555'), left: 32, top: 262 },
      { input: await plain(480, 2, '#b8b8b0').toBuffer(), left: 32, top: 560 },
      { input: await letters('परीक्षण मंच द्वारा जारी', 18, '#222222'), left: 32, top: 610 },
    ])
    .toBuffer();
}

/** A card of this template: other words in the same places. */
export async function templateCard(template: Buffer, roll: Dice): Promise<Buffer> {
  const claim = letters(sentence(roll, 8 + Math.floor(roll() * 4)), 24, '#444444');
  const fact = letters(sentence(roll, 12 + Math.floor(roll() * 6)), 36, '#14161a');
  return sharp(template)
    .composite([
      { input: await claim, left: 32, top: 62 },
      { input: await fact, left: 32, top: 292 },
    ])
    .jpeg({ quality: 90 })
    .toBuffer();
}
