import { readdir, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import { inspect } from '../../pipeline/media/inspect.js';
import { fixture, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

let bench: MediaBench;
beforeAll(async () => {
  hardenSharp({ concurrency: 2 });
  bench = await openMediaBench();
});
afterAll(async () => {
  await bench.close();
});

const imageFormats = [
  ['whatsapp_image', 600, 450],
  ['whatsapp_status_image', 1080, 1920],
  ['feed_image_4x5', 1080, 1350],
  ['feed_image_1x1', 1080, 1080],
  ['x_image', 1600, 900],
  ['youtube_thumbnail', 1280, 720],
] as const;

/** Mean difference per channel between two pictures brought to the same small size. */
async function difference(one: string, other: string): Promise<number> {
  const read = (path: string) => sharp(path).resize(60, 45, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([read(one), read(other)]);
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

async function pixel(path: string, x: number, y: number): Promise<number[]> {
  return [...(await sharp(path).extract({ left: x, top: y, width: 1, height: 1 }).raw().toBuffer())];
}

/** Red on the left half, blue on the right: shows which part a crop kept. */
async function halves(): Promise<string> {
  return bench.make('halves.png', [
    ...['-f', 'lavfi', '-i', 'color=red:s=800x400', '-f', 'lavfi', '-i', 'color=blue:s=800x400'],
    ...['-filter_complex', 'hstack', '-frames:v', '1'],
  ]);
}

describe('pictures', () => {
  it('become every picture format, at its size, within its bytes, without metadata', async () => {
    const outcomes = await bench.render(
      fixture('landscape-exif-6.jpg'),
      imageFormats.map(([code]) => code),
    );

    for (const [code, width, height] of imageFormats) {
      const { path, measured, mime } = made(outcomes, code);
      const found = await sharp(path).metadata();
      expect([code, found.width, found.height, found.format, mime]).toEqual([
        code,
        width,
        height,
        'jpeg',
        'image/jpeg',
      ]);
      expect(measured.bytes).toBe((await stat(path)).size);
      expect(measured.bytes).toBeLessThanOrEqual(bench.format(code).maxBytes);
      expect([found.exif, found.icc, found.xmp, found.iptc, found.orientation]).toEqual(
        Array(5).fill(undefined),
      );
    }
  });

  it.each([3, 6, 8])('come out upright when stored under EXIF orientation %i', async (orientation) => {
    const [upright, turned] = await Promise.all(
      [1, orientation].map((one) => bench.render(fixture(`landscape-exif-${one}.jpg`), ['whatsapp_image'])),
    );
    if (!upright || !turned) throw new Error('not rendered');

    // The fixtures differ only in the number painted on them.
    expect(
      await difference(made(upright, 'whatsapp_image').path, made(turned, 'whatsapp_image').path),
    ).toBeLessThan(6);
  });

  it('come out upright when they are portraits', async () => {
    const outcomes = await bench.render(fixture('portrait-exif-6.jpg'), ['whatsapp_image']);
    const { measured } = made(outcomes, 'whatsapp_image');

    expect([measured.width, measured.height]).toEqual([450, 600]);
  });

  it('lose their place and camera data', async () => {
    const path = await bench.write(
      'located.jpg',
      await sharp({ create: { width: 400, height: 300, channels: 3, background: 'green' } })
        .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '26/1 54/1 0/1' } })
        .jpeg()
        .toBuffer(),
    );
    expect((await sharp(path).metadata()).exif).toBeDefined();
    const { path: output } = made(await bench.render(path, ['x_image']), 'x_image');

    expect((await sharp(output).metadata()).exif).toBeUndefined();
  });

  it('keep the focal point in a crop', async () => {
    const source = await halves();
    const left = { ...bench.wanted('feed_image_4x5', { focal: { x: 0.1, y: 0.5 } }), key: 'left' };
    const right = { ...bench.wanted('feed_image_4x5', { focal: { x: 0.9, y: 0.5 } }), key: 'right' };
    const outcomes = await bench.render(source, [left, right]);
    const [red, , redBlue] = await pixel(made(outcomes, 'left').path, 540, 675);
    const [blueRed, , blue] = await pixel(made(outcomes, 'right').path, 540, 675);

    expect([red, redBlue].map((value) => (value ?? 0) > 200)).toEqual([true, false]);
    expect([blueRed, blue].map((value) => (value ?? 0) > 200)).toEqual([false, true]);
  });

  it('are shown whole on the chosen ground, or over a soft copy of themselves', async () => {
    const source = await halves();
    const fit = { ...bench.wanted('feed_image_1x1', { framing: 'fit', background: '#00ff00' }), key: 'fit' };
    const blur = { ...bench.wanted('feed_image_1x1', { framing: 'blur' }), key: 'blur' };
    const outcomes = await bench.render(source, [fit, blur]);
    const bar = await pixel(made(outcomes, 'fit').path, 540, 20);
    const [red = 0, green = 0, blue = 0] = await pixel(made(outcomes, 'blur').path, 20, 20);

    expect(bar.map((value) => value > 128)).toEqual([false, true, false]);
    expect(red > green && red > blue && red > 60).toBe(true);
  });

  it('show the chosen ground through transparency', async () => {
    const path = await bench.write(
      'glass.png',
      await sharp({
        create: { width: 400, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
      })
        .png()
        .toBuffer(),
    );
    const outcomes = await bench.render(path, [bench.wanted('feed_image_1x1', { background: '#ff0000' })]);
    const [red = 0, green = 255] = await pixel(made(outcomes, 'feed_image_1x1').path, 500, 500);

    expect([red > 240, green < 20]).toEqual([true, true]);
  });

  it.each(['png', 'webp', 'avif', 'gif'] as const)(
    'are taken as %s too, with greys and 16 bits',
    async (type) => {
      const grey = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#777777' } })
        .toColourspace(type === 'png' ? 'grey16' : 'srgb')
        .toFormat(type)
        .toBuffer();
      const outcomes = await bench.render(await bench.write(`grey.${type}`, grey), ['x_image']);

      expect(made(outcomes, 'x_image').measured.width).toBe(1600);
    },
  );

  it('lose quality, not the format, when bytes are scarce', async () => {
    const noisy = await bench.make('noise.png', [
      ...['-f', 'lavfi', '-i', 'nullsrc=s=1280x720,geq=random(1)*255:128:128', '-frames:v', '1'],
    ]);
    const full = made(await bench.render(noisy, ['x_image']), 'x_image').measured.bytes;
    const maxBytes = Math.floor(full * 0.8);
    const tight = { ...bench.wanted('x_image'), format: { ...bench.format('x_image'), maxBytes } };
    const { measured } = made(await bench.render(noisy, [tight]), 'x_image');

    expect(measured.bytes).toBeLessThanOrEqual(maxBytes);
    expect(measured.bytes).toBeGreaterThan(maxBytes * 0.7);
  });

  it('that need the identical file are made once, and each still has a file of its own', async () => {
    const one = bench.wanted('x_image');
    const two = {
      ...one,
      key: 'again',
      format: { ...one.format, code: 'x_image_copy', labels: { hi: 'क', en: 'k' } },
    };
    const workDir = await bench.work();
    const outcomes = await bench.render(fixture('landscape-exif-1.jpg'), [one, two], { workDir });
    const [first, second] = [made(outcomes, 'x_image').path, made(outcomes, 'again').path];

    expect(first).not.toBe(second);
    expect((await stat(first)).ino).toBe((await stat(second)).ino);
    expect((await readdir(workDir)).length).toBe(2);
  });

  it('that cannot be made spoil no other', async () => {
    const tight = {
      ...bench.wanted('x_image'),
      key: 'tight',
      format: { ...bench.format('x_image'), maxBytes: 5000 },
    };
    const outcomes = await bench.render(fixture('landscape-exif-1.jpg'), [tight, 'x_image', 'reel_video']);

    expect(outcomes.get('tight')?.ok).toBe(false);
    expect(outcomes.get('reel_video')?.ok).toBe(false);
    expect(made(outcomes, 'x_image').measured.width).toBe(1600);
  });
});

describe('the picture library, once hardened', () => {
  it.each([
    [
      'a drawing',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      ),
    ],
    ['a TIFF', Buffer.from('II*\0\b\0\0\0\0\0\0\0\0\0', 'latin1')],
  ])('does not open %s', async (_, content) => {
    await expect(sharp(content).metadata()).rejects.toThrow('unsupported image format');
  });
});

describe('inspecting a picture', () => {
  it('gives its upright size, a small preview and a point to look at', async () => {
    const source = await bench.write(
      'spot.png',
      await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#808080' } })
        .composite([
          {
            input: { create: { width: 90, height: 90, channels: 3, background: '#ff2000' } },
            left: 950,
            top: 120,
          },
        ])
        .png()
        .toBuffer(),
    );
    const outcome = await inspect({ inputPath: source, workDir: await bench.work(), tools: bench.tools });
    if (!outcome.ok) throw outcome.failure;
    const { inspection } = outcome;

    expect(inspection).toMatchObject({
      kind: 'image',
      mime: 'image/png',
      width: 1200,
      height: 800,
      durationMs: null,
      hasAudio: false,
      previewWidth: 640,
      previewHeight: 427,
      c2paPresent: false,
    });
    expect(inspection.suggestedFocal?.x).toBeGreaterThan(0.6);
    expect(inspection.suggestedFocal?.y).toBeLessThan(0.4);
    expect((await sharp(inspection.previewPath ?? '').metadata()).format).toBe('jpeg');
  });

  it('notes a provenance record by its hash', async () => {
    const plain = await sharp(fixture('landscape-exif-1.jpg')).jpeg().toBuffer();
    const body = Buffer.from('JP\0\0\0\0jumbc2pa-manifest');
    const head = Buffer.from([0xff, 0xeb, 0, body.length + 2]);
    const signed = Buffer.concat([plain.subarray(0, 2), head, body, plain.subarray(2)]);
    const source = await bench.write('signed.jpg', signed);
    const outcome = await inspect({ inputPath: source, workDir: await bench.work(), tools: bench.tools });

    expect(outcome).toMatchObject({ ok: true, inspection: { c2paPresent: true } });
    expect(outcome.ok && outcome.inspection.c2paSha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
