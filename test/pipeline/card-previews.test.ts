import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { type CardPreview, previewCard } from '../../pipeline/media/card/preview-card.js';
import { renderCards } from '../../pipeline/media/card/render-cards.js';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import type { CardDocument } from '../../server/contract/card.js';
import { cardFrame, frameName } from '../../server/contract/card-frame.js';
import type { Overlay } from '../../server/contract/recipe.js';
import { cardOf } from '../helpers/card-documents.js';
import { fixture, type MediaBench, openMediaBench } from '../helpers/media-files.js';

let bench: MediaBench;
beforeAll(async () => {
  hardenSharp({ concurrency: 2 });
  bench = await openMediaBench();
});
afterAll(() => bench.close());

/** A store that holds one photo. */
const files: Pick<FileStore, 'withLocal'> = {
  withLocal: (_sha256, use) => use(fixture('landscape-exif-6.jpg')),
};

async function kept(document: CardDocument) {
  const inputPath = await bench.write(`${document.template}-card.json`, JSON.stringify(document));
  return { inputPath, workDir: await bench.work(), tools: bench.tools, files };
}

async function previews(
  document: CardDocument,
  codes: readonly string[],
  overlays: readonly Overlay[] = [],
): Promise<CardPreview[]> {
  const frames = codes.map((code) => cardFrame(bench.wanted(code).format, { overlays: [...overlays] }));
  const drawn: CardPreview[] = [];
  for await (const one of previewCard({ ...(await kept(document)), frames })) drawn.push(one);
  return drawn;
}

const grey = (path: string, size: { width: number; height: number }) =>
  readFile(path).then((content) =>
    sharp(content)
      .resize({ ...size, fit: 'fill' })
      .greyscale()
      .raw()
      .toBuffer(),
  );

const shapes = ['feed_image_1x1', 'story_image', 'whatsapp_display_picture', 'link_image'];

it.each(['plain', 'photo'] as const)(
  'a small picture of a %s card is the file that will be made',
  async (template) => {
    const photo = template === 'photo' ? { sha256: 'a'.repeat(64), focal: { x: 0.5, y: 0.5 } } : null;
    const document = cardOf({ template, photo });
    const outputs = shapes.map((code) => bench.wanted(code));
    const made = await renderCards({ ...(await kept(document)), outputs });
    const drawn = await previews(document, shapes);
    expect(drawn).toHaveLength(shapes.length);
    for (const [index, { frame, outcome }] of drawn.entries()) {
      const file = made.get(shapes[index] ?? '');
      if (!outcome.ok || !file?.ok) throw new Error(`${shapes[index]} was not drawn`);
      const small = await sharp(outcome.path).metadata();
      expect([small.format, Math.max(small.width, small.height)]).toEqual(['webp', 640]);
      const size = { width: small.width, height: small.height };
      expect(size.width / size.height).toBeCloseTo(frame.width / frame.height, 2);
      const [one, other] = [await grey(outcome.path, size), await grey(file.path, size)];
      const apart = one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
      expect(apart).toBeLessThan(2);
    }
  },
);

it('a text that does not fit one shape is named there, and the others are drawn', async () => {
  const fact = 'अन्तर्राष्ट्रीय विश्वविद्यालयों के पुनर्प्रतिष्ठापन की प्रक्रिया के बारे में यह '.repeat(5).slice(0, 300);
  const claim = `“${'यह एक लंबा दावा है '.repeat(11).slice(0, 200)}”`;
  const document = cardOf({ words: { fact, claim } });
  // Under a wide disclosure the low frame has half its height left.
  const disclosure: Overlay = { kind: 'disclosure', text: 'कृत्रिम सामग्री', share: 0.3 };
  const drawn = await previews(document, ['link_image', 'feed_image_4x5'], [disclosure]);
  const ends = drawn.map(({ outcome }) => (outcome.ok ? 'drawn' : outcome.failure.code));
  expect(ends).toEqual(['text_does_not_fit', 'drawn']);
  const [low] = drawn;
  expect(low?.outcome.ok === false && low.outcome.failure.details.text).toContain('विश्वविद्यालयों');
});

it('two frames have one name only when they are the same', () => {
  const frame = cardFrame(bench.wanted('feed_image_1x1').format, { overlays: [] });
  const others = [
    { ...frame, width: frame.width + 1 },
    { ...frame, circle: true },
    { ...frame, free: { ...frame.free, y: frame.free.y + 1 } },
    { ...frame, free: { ...frame.free, height: frame.free.height - 1 } },
  ];
  expect(new Set([frame, { ...frame }, ...others].map(frameName)).size).toBe(5);
});
