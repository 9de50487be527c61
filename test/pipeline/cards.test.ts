import { readFile } from 'node:fs/promises';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { drawCard } from '../../pipeline/media/card/draw-card.js';
import { inspectCard, renderCards } from '../../pipeline/media/card/render-cards.js';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import type { RawPicture } from '../../pipeline/media/raw-picture.js';
import type { RenderOutcome } from '../../pipeline/media/render.js';
import type { CardDocument } from '../../server/contract/card.js';
import type { Box } from '../../server/contract/framing.js';
import { cardTemplates } from '../../server/contract/lists.js';
import type { Overlay } from '../../server/contract/recipe.js';
import { cardAddress, cardOf } from '../helpers/card-documents.js';
import { failureCode, fixture, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

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

let cards = 0;
async function render(
  document: CardDocument,
  codes: readonly string[],
  overlays: readonly Overlay[] = [],
): Promise<Map<string, RenderOutcome>> {
  cards += 1;
  const inputPath = await bench.write(`card-${cards}.json`, JSON.stringify(document));
  const outputs = codes.map((code) => bench.wanted(code, { overlays: [...overlays] }));
  return renderCards({ inputPath, workDir: await bench.work(), outputs, tools: bench.tools, files });
}

const frame = (width: number, height: number) => ({
  width,
  height,
  free: { x: 0, y: 0, width, height },
  circle: false,
});
const shapes = {
  tall: frame(1080, 1920),
  portrait: frame(1080, 1350),
  square: frame(1080, 1080),
  wide: frame(1200, 630),
};

async function codeIn(path: string): Promise<string | undefined> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 0 && down > 0;
}

/** Parts that stand on another on purpose. */
const grounds = new Set(['sunk', 'photo', 'plate', 'badge']);

/** What of a drawn card lies over another or leaves the frame. */
async function clashes(document: CardDocument, shape: keyof typeof shapes, photo: RawPicture | null) {
  const drawn = await drawCard({
    document,
    frame: shapes[shape],
    photo: photo && { picture: photo, focal: { x: 0.5, y: 0.5 } },
  });
  const parts = drawn.parts.filter(({ part }) => !grounds.has(part));
  const { width, height } = shapes[shape];
  const outside = drawn.parts.filter(
    ({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height,
  );
  const pairs = parts.flatMap((one, index) =>
    parts
      .slice(index + 1)
      .flatMap((other) => (overlap(one.box, other.box) ? [`${one.part} ${other.part}`] : [])),
  );
  return { outside: outside.map(({ part }) => part), pairs };
}

const grey: RawPicture = { data: Buffer.alloc(400 * 300 * 3, 128), width: 400, height: 300, channels: 3 };

/** Conjuncts, marks above and below, long words, three lines, Latin digits and the rupee sign. */
const hard = {
  claim:
    '“क्षत्रिय स्त्री-शक्ति उद्धार योजना में प्रत्येक कार्य्यकर्त्ता को ₹1,25,000 मिलेंगे, अन्तर्राष्ट्रीय विश्वविद्यालयों के पुनर्प्रतिष्ठापन के लिए भी”',
  fact: 'ऐसी कोई योजना नहीं है: श्रम मंत्रालय ने 3 नवंबर 2026 को लिखित उत्तर में ₹0 का प्रावधान बताया।',
};

describe('a card', () => {
  it('is made in every picture format for screens, at its size, and its code leads to the fact', async () => {
    const formats = [...bench.formats.values()].filter(
      ({ kind, platforms }) => kind === 'image' && !platforms.includes('print'),
    );
    const outcomes = await render(
      cardOf(),
      formats.map(({ code }) => code),
    );
    for (const { code, frame } of formats) {
      const { path, measured } = made(outcomes, code);
      const edge = frame?.fit === 'long_edge' ? Math.min(frame.longEdge, 2000) : 0;
      const wanted = frame?.fit === 'exact' ? frame : { width: edge * 0.8, height: edge };
      expect([code, measured.width, measured.height]).toEqual([code, wanted.width, wanted.height]);
      expect([code, await codeIn(path)]).toEqual([code, cardAddress]);
    }
  }, 60_000);

  it('is made for the press, with its imprint under it', async () => {
    const imprint: Overlay = {
      kind: 'imprint',
      text: 'मुद्रक: परीक्षण प्रेस · प्रकाशक: परीक्षण मंच · प्रतियाँ: 1,000',
    };
    const outcomes = await render(cardOf({ template: 'quote' }), ['print_a5'], [imprint]);
    expect(await codeIn(made(outcomes, 'print_a5').path)).toBe(cardAddress);
  }, 30_000);

  it('has nothing over anything else in any template, language and shape, with hard words too', async () => {
    for (const template of cardTemplates) {
      for (const [shape, language] of [
        ['tall', 'hi'],
        ['square', 'hi'],
        ['portrait', 'en'],
        ['wide', 'en'],
      ] as const) {
        const words = language === 'hi' ? hard : {};
        const saidBy = template === 'quote' ? { saidBy: '— क्ष. त्र. श्रीवास्तव' } : {};
        const document = cardOf({ template, language, words: { ...words, ...saidBy } });
        const found = await clashes(document, shape, template === 'photo' ? grey : null);
        expect([template, shape, found]).toEqual([template, shape, { outside: [], pairs: [] }]);
      }
    }
  }, 60_000);

  it('names the text that cannot be written large enough to be read, and makes the other shapes', async () => {
    const fact = 'अन्तर्राष्ट्रीय विश्वविद्यालयों के पुनर्प्रतिष्ठापन की प्रक्रिया के बारे में यह '.repeat(5).slice(0, 300);
    const claim = `“${'यह एक लंबा दावा है '.repeat(11).slice(0, 200)}”`;
    // Under a wide disclosure the low frame has half its height left.
    const overlays: Overlay[] = [{ kind: 'disclosure', text: 'कृत्रिम सामग्री', share: 0.3 }];
    const outcomes = await render(
      cardOf({ words: { fact, claim } }),
      ['feed_image_4x5', 'link_image'],
      overlays,
    );
    expect(failureCode(outcomes, 'feed_image_4x5')).toBe('made');
    const narrow = outcomes.get('link_image');
    expect(narrow?.ok).toBe(false);
    expect(narrow?.ok === false && narrow.failure).toMatchObject({
      code: 'text_does_not_fit',
      details: { text: expect.stringContaining('विश्वविद्यालयों') },
    });
  });

  it('never breaks a word that is wider than the card, but names it', async () => {
    const outcomes = await render(cardOf({ words: { fact: 'विश्वविद्यालयपुनर्प्रतिष्ठापन'.repeat(8) } }), [
      'feed_image_1x1',
    ]);
    const outcome = outcomes.get('feed_image_1x1');
    expect(outcome?.ok === false && outcome.failure.code).toBe('text_does_not_fit');
  });

  it('refuses letters the font has no shape for, naming them', async () => {
    const outcomes = await render(cardOf({ words: { fact: 'அணை பாதுகாப்பாக உள்ளது' } }), ['feed_image_1x1']);
    const outcome = outcomes.get('feed_image_1x1');
    expect(outcome?.ok === false && outcome.failure).toMatchObject({
      code: 'text_not_drawable',
      details: { text: 'அணை பாதுகாப்பாக உள்ளது' },
    });
  });

  it('shows its photo, upright, and keeps it free of where the disclosure goes', async () => {
    const photo = { sha256: '0'.repeat(64), focal: { x: 0.5, y: 0.5 } };
    const overlays: Overlay[] = [{ kind: 'disclosure', text: 'कृत्रिम सामग्री', share: 0.1 }];
    const document = cardOf({ template: 'photo', photo });
    const plain = made(await render(document, ['feed_image_4x5']), 'feed_image_4x5').path;
    const marked = made(await render(document, ['feed_image_4x5'], overlays), 'feed_image_4x5').path;
    expect(await codeIn(plain)).toBe(cardAddress);
    expect(await codeIn(marked)).toBe(cardAddress);
    const middle = (path: string) =>
      sharp(path).extract({ left: 700, top: 250, width: 40, height: 40 }).stats();
    const { channels } = await middle(plain);
    expect(channels.some(({ mean }) => mean < 245)).toBe(true);
  });

  it('is the same to the last byte when it is drawn again, and looks as it did', async () => {
    const draw = async () =>
      (await drawCard({ document: cardOf(), frame: shapes.portrait, photo: null })).picture;
    const [one, other] = [await draw(), await draw()];
    expect(one.data.equals(other.data)).toBe(true);

    const small = (picture: RawPicture | Buffer) =>
      (Buffer.isBuffer(picture)
        ? sharp(picture)
        : sharp(picture.data, {
            raw: { width: picture.width, height: picture.height, channels: picture.channels },
          })
      )
        .resize(108, 135, { fit: 'fill' })
        .removeAlpha()
        .raw()
        .toBuffer();
    const [now, kept] = [await small(one), await small(await readFile(fixture('card-plain-hi.png')))];
    const difference =
      now.reduce((sum, value, index) => sum + Math.abs(value - (kept[index] ?? 0)), 0) / now.length;
    expect(difference).toBeLessThan(2);
  });

  it('is looked into by being drawn, with a preview', async () => {
    const inputPath = await bench.write('look.json', JSON.stringify(cardOf({ language: 'en' })));
    const outcome = await inspectCard({ inputPath, workDir: await bench.work(), tools: bench.tools, files });
    if (!outcome.ok) throw outcome.failure;
    const { inspection } = outcome;
    expect(inspection).toMatchObject({ kind: 'image', width: 1080, height: 1350, suggestedFocal: null });
    expect((await sharp(inspection.previewPath ?? '').metadata()).height).toBe(640);
  });

  it('of another shape than agreed is a fault of ours, not a crash', async () => {
    const outcomes = await render({ ...cardOf(), address: 'javascript:alert(1)' }, ['feed_image_1x1']);
    expect(failureCode(outcomes, 'feed_image_1x1')).toContain('internal');
  });
});
