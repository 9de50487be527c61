import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { aligned } from '../../pipeline/media/prints/align-pictures.js';
import { comparePictures, type Likeness } from '../../pipeline/media/prints/compare-pictures.js';
import { compareSounds } from '../../pipeline/media/prints/compare-sounds.js';
import { filmPrints } from '../../pipeline/media/prints/film-prints.js';
import { squareFrom } from '../../pipeline/media/prints/grey-squares.js';
import { halves } from '../../pipeline/media/prints/lay-over.js';
import { type Luma, whole } from '../../pipeline/media/prints/luma.js';
import type { PictureAsk, PicturePrint, PicturePrints } from '../../pipeline/media/prints/media-prints.js';
import { bitsOf, pdq } from '../../pipeline/media/prints/pdq.js';
import { picturePrints } from '../../pipeline/media/prints/picture-prints.js';
import { soundPrintOf } from '../../pipeline/media/prints/sound-prints.js';
import { trimmed } from '../../pipeline/media/prints/trim-borders.js';
import { captionedPicture, croppedPicture, forwardedPicture } from '../helpers/forwarded.js';
import { fixture } from '../helpers/media-files.js';

async function grey(content: Buffer): Promise<Luma> {
  const { data, info } = await sharp(content)
    .autoOrient()
    .resize(256, 256, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: Float32Array.from(data) };
}

function differing(one: string, other: string): number {
  return [...one].filter((bit, at) => bit !== other[at]).length;
}

/** The nearest pair of hashes that an index would bring together. */
function met(
  asked: PicturePrints,
  found: PicturePrints,
): { ask: PictureAsk; print: PicturePrint } | undefined {
  const pairs = asked.asks.flatMap((ask) =>
    found.prints
      .filter(({ keys }) => ask.keys.some((key) => keys.includes(key)))
      .map((print) => ({ ask, print, distance: differing(ask.bits, print.bits) })),
  );
  return pairs.sort((a, b) => a.distance - b.distance)[0];
}

function compared(asked: PicturePrints, found: PicturePrints): Likeness | null {
  const pair = met(asked, found);
  if (!pair || !asked.fine || !found.fine) return null;
  return comparePictures({
    asked: { fine: asked.fine.pixels, inside: asked.fine.inside, part: pair.ask.part },
    found: { fine: found.fine.pixels, inside: found.fine.inside, part: pair.print.part },
    mirrored: pair.ask.mirrored,
  });
}

const alike = (asked: PicturePrints, found: PicturePrints): number => compared(asked, found)?.alike ?? 0;

/** A notice on a plain ground. */
function notice(words: string): Promise<Buffer> {
  const text = { text: words, font: 'Noto Sans Devanagari Bold 30', width: 480, rgba: true, dpi: 72 };
  return sharp({ text })
    .png()
    .toBuffer()
    .then((letters) =>
      sharp({ create: { width: 540, height: 540, channels: 3, background: '#f4f4ee' } })
        .composite([{ input: letters, left: 30, top: 120 }])
        .jpeg({ quality: 90 })
        .toBuffer(),
    );
}

/** The photograph in haze, under a wide sky. */
async function underSky(): Promise<Buffer> {
  const [width, height] = [600, 450];
  const sky = Buffer.from(
    Array.from({ length: width * height }, (_, at) => 120 + Math.floor(at / width / 4)),
  );
  const haze = await sharp(photo).autoOrient().greyscale().linear(0.4, 60).toBuffer();
  return sharp(sky, { raw: { width, height, channels: 1 } })
    .extend({ bottom: 450, background: '#000000' })
    .composite([{ input: haze, left: 0, top: height }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

const photo = await readFile(fixture('landscape-exif-1.jpg'));
const other = await readFile(fixture('portrait-exif-6.jpg'));
const card = await readFile(fixture('card-plain-hi.png'));

describe('a picture’s hash', () => {
  it('has as many bits of one kind as of the other, stays nearly the same when recompressed and differs for strangers', async () => {
    const hash = bitsOf(pdq(await grey(photo)).upright);
    const copy = bitsOf(pdq(await grey(await forwardedPicture(photo, 30))).upright);
    const strange = bitsOf(pdq(await grey(other)).upright);

    expect(hash).toMatch(/^[01]{256}$/);
    expect(Math.abs([...hash].filter((bit) => bit === '1').length - 128)).toBeLessThanOrEqual(1);
    expect(differing(hash, copy)).toBeLessThanOrEqual(12);
    expect(differing(hash, strange)).toBeGreaterThan(80);
  });

  it('tells that a picture shows nothing', async () => {
    const plain = { width: 256, height: 192, data: new Float32Array(256 * 192).fill(90) };
    expect(pdq(plain).upright.quality).toBe(0);
    expect(picturePrints(plain)).toEqual({ prints: [], asks: [], fine: null });
    expect(filmPrints([{ luma: plain, atMs: 0 }])).toEqual({ prints: [], asks: [], fine: null });
  });

  it('of the mirrored picture is that of the picture in a mirror, but for a pixel’s breadth', async () => {
    const mirrored = await sharp(photo).autoOrient().flop().jpeg().toBuffer();
    const there = bitsOf(pdq(await grey(photo)).mirrored);
    expect(differing(there, bitsOf(pdq(await grey(mirrored)).upright))).toBeLessThan(48);
  });
});

describe('copies of a picture', () => {
  const copies: Record<string, () => Promise<Buffer>> = {
    recompressed: () => forwardedPicture(photo, 30),
    'cropped on the left and below': () => croppedPicture(photo, { left: 0.08, bottom: 0.06 }),
    'cropped all around': () => croppedPicture(photo, { left: 0.04, right: 0.06, top: 0.03, bottom: 0.05 }),
    'with a border': () =>
      sharp(photo)
        .autoOrient()
        .extend({ top: 60, bottom: 60, left: 60, right: 60, background: '#101418' })
        .jpeg({ quality: 55 })
        .toBuffer(),
    'with a caption above': () => captionedPicture(photo, { share: 0.2, where: 'top', colour: '#101010' }),
    'with a caption over it': () => captionedPicture(photo, { share: 0.1, where: 'bottom', over: true }),
    mirrored: () => sharp(photo).autoOrient().flop().jpeg({ quality: 50 }).toBuffer(),
  };
  for (const [what, copy] of Object.entries(copies)) {
    it(`${what} meet it and look like it`, async () => {
      expect(
        alike(picturePrints(await grey(await copy())), picturePrints(await grey(photo))),
      ).toBeGreaterThan(0.85);
    });
  }

  it('are laid where they were cut from, whatever parts of them met', async () => {
    const copy = picturePrints(await grey(await croppedPicture(photo, { left: 0.06, bottom: 0.04 }))).fine;
    const original = picturePrints(await grey(photo)).fine;
    if (!copy || !original) throw new Error('nothing was printed');
    const pair = {
      ...{ asked: halves(squareFrom(copy.pixels)), askedInside: copy.inside },
      ...{ found: halves(squareFrom(original.pixels)), foundInside: original.inside },
    };
    const side = ({ pixels, inside }: typeof copy) => ({ fine: pixels, inside, part: whole });
    const { mapping, fit } = aligned(pair, { asked: side(copy), found: side(original), mirrored: false });
    expect(fit).toBeGreaterThan(0.98);
    expect(mapping.across.shift).toBeCloseTo(0.06, 2);
    expect(mapping.across.scale).toBeCloseTo(0.94, 2);
    expect(mapping.down.shift).toBeCloseTo(0, 2);
    expect(mapping.down.scale).toBeCloseTo(0.96, 2);
  });

  it('of letters agree in every place, and other words are told by the place they stand in', async () => {
    const words = 'ज़िले में 14 तारीख़ को सारे स्कूल बंद रहेंगे, बसें भी नहीं चलेंगी';
    const first = picturePrints(await grey(await notice(words)));
    const again = picturePrints(await grey(await forwardedPicture(await notice(words), 40)));
    const other = picturePrints(await grey(await notice(words.replace('14', '27'))));
    expect(compared(again, first)).toMatchObject({ letters: true });
    expect(compared(again, first)?.worst).toBeGreaterThan(0.75);
    expect(compared(other, first)?.alike).toBeGreaterThan(0.6);
    expect(compared(other, first)?.worst).toBeLessThan(0.5);
  });

  it('of a photograph with much sky are compared as photographs, not letter by letter', async () => {
    const original = await underSky();
    const copy = await forwardedPicture(await croppedPicture(original, { left: 0.07, top: 0.05 }), 40);
    const likeness = compared(picturePrints(await grey(copy)), picturePrints(await grey(original)));
    expect(likeness).toMatchObject({ letters: false, against: 0 });
    expect(likeness?.alike).toBeGreaterThan(0.9);
  });

  it('are told from strangers', async () => {
    expect(alike(picturePrints(await grey(other)), picturePrints(await grey(photo)))).toBeLessThan(0.6);
    expect(alike(picturePrints(await grey(card)), picturePrints(await grey(photo)))).toBeLessThan(0.6);
  });
});

describe('borders', () => {
  it('are found, with or without letters in them, and a plain ground is none', async () => {
    const bordered = await sharp(photo)
      .autoOrient()
      .resize(400, 300, { fit: 'fill' })
      .extend({ top: 50, bottom: 50, left: 50, right: 50, background: '#000000' })
      .toBuffer();
    const inside = trimmed(await grey(bordered));
    expect(inside.left).toBeCloseTo(0.1, 1);
    expect(inside.bottom).toBeCloseTo(0.875, 1);
    const captioned = trimmed(await grey(await captionedPicture(photo, { share: 0.25, where: 'bottom' })));
    expect(captioned.bottom).toBeCloseTo(0.8, 1);
    const { left, top, right, bottom } = trimmed(await grey(card));
    expect((right - left) * (bottom - top)).toBeGreaterThan(0.6);
  });
});

describe('sounds', () => {
  const words = Array.from({ length: 200 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) | 0);
  const raw = (list: readonly number[]) => Buffer.from(Int32Array.from(list).buffer);

  it('are laid over each other where they are the same, with some bits lost', () => {
    const cut = words.slice(40, 120).map((word, at) => (at % 2 ? word ^ 0x00010100 : word));
    const like = compareSounds(cut, words, 40);
    expect(like?.errorRate).toBeCloseTo(1 / 32, 2);
    expect(like?.fromMs).toBe(Math.round(40 * (1365 / 11_025) * 1000));
    expect(compareSounds(cut, words, 90)).toBeNull();
  });

  it('that are silent from end to end have no print, and a tone that lasts few keys', () => {
    expect(soundPrintOf(raw(new Array(60).fill(627_964_279)))).toBeNull();
    const print = soundPrintOf(raw([...words.slice(0, 10), ...new Array(50).fill(7)]));
    expect(print?.words).toHaveLength(60);
    expect(print?.keys.filter(({ key }) => key === 0)).toHaveLength(3);
  });
});
