import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import { videoBitRate } from '../../pipeline/media/bit-rate.js';
import { fileKey, type KeySource } from '../../pipeline/media/file-key.js';
import { layOutAll } from '../../pipeline/media/frame.js';
import { outputFrameRate } from '../../pipeline/media/frame-rate.js';
import { defaultLimits } from '../../pipeline/media/limits.js';
import { planOutputs } from '../../pipeline/media/plan.js';
import type { Probe } from '../../pipeline/media/probed.js';
import { pipelineVersion, recipeKey } from '../../pipeline/media/recipe-key.js';
import type { FormatSpec } from '../../server/contract/format.js';
import { cropAround, fitInside } from '../../server/contract/framing.js';
import { framings } from '../../server/contract/lists.js';
import { defaultRecipe, type Recipe } from '../../server/contract/recipe.js';

let formats: Map<string, FormatSpec>;
beforeAll(async () => {
  formats = new Map((await loadFormats()).map((one) => [one.code, one]));
});

function format(code: string): FormatSpec {
  const found = formats.get(code);
  if (!found) throw new Error(`no format ${code}`);
  return found;
}

function wanted(code: string, key = code) {
  return { key, format: format(code), recipe: defaultRecipe({ framing: 'crop' }) };
}

function video(durationMs: number, { width = 1920, height = 1080, sound = true } = {}): Probe {
  return {
    type: { mime: 'video/mp4', kind: 'video', extension: 'mp4', demuxer: 'mov' },
    kind: 'video',
    bytes: 1_000_000,
    durationMs,
    image: null,
    video: {
      index: 0,
      codec: 'h264',
      profile: 'High',
      width,
      height,
      codedWidth: width,
      codedHeight: height,
      rotation: 0,
      fps: { numerator: 30, denominator: 1 },
      pixelFormat: 'yuv420p',
      hasAlpha: false,
      hdr: null,
      interlaced: false,
      hasBFrames: true,
    },
    audio: sound ? { index: 1, codec: 'aac', channels: 2, sampleRate: 48_000 } : null,
  };
}

function picture(): Probe {
  return {
    type: { mime: 'image/jpeg', kind: 'image', extension: 'jpg', demuxer: null },
    kind: 'image',
    bytes: 1_000_000,
    durationMs: null,
    image: { width: 4000, height: 3000, frames: 1, hasAlpha: false },
    video: null,
    audio: null,
  };
}

const plan = (probe: Probe, codes: string[]) =>
  planOutputs({ probe, wanted: codes.map((code) => wanted(code)), limits: defaultLimits });

describe('a crop', () => {
  const source = { width: 1600, height: 900 };

  it.each([
    [0, 0],
    [0.5, 440],
    [1, 880],
  ])('with its focal point at %d starts at %d', (x, left) => {
    expect(cropAround(source, { width: 1080, height: 1350 }, { x, y: 0.5 }, 2)).toEqual({
      x: left,
      y: 0,
      width: 720,
      height: 900,
    });
  });

  it('stays inside the picture and even for any focal point', () => {
    for (let x = 0; x <= 1; x += 0.07) {
      for (const size of [source, { width: 333, height: 777 }]) {
        const box = cropAround(size, { width: 1080, height: 1920 }, { x, y: 1 - x }, 2);
        expect(box.x + box.width).toBeLessThanOrEqual(size.width);
        expect(box.y + box.height).toBeLessThanOrEqual(size.height);
        expect([box.x % 2, box.y % 2]).toEqual([0, 0]);
      }
    }
  });
});

describe('a frame', () => {
  it('holds the whole picture in its middle', () => {
    expect(fitInside({ width: 1600, height: 900 }, { width: 1080, height: 1920 }, 2)).toEqual({
      x: 0,
      y: 656,
      width: 1080,
      height: 608,
    });
  });

  it('is cut from a base no larger than the largest output needs', () => {
    const wish = { framing: 'crop', focal: { x: 0.5, y: 0.5 } } as const;
    const { base } = layOutAll(
      { width: 6000, height: 4000 },
      [
        { ...wish, frame: { fit: 'exact', width: 1600, height: 900 } },
        { ...wish, frame: { fit: 'exact', width: 1080, height: 1350 } },
      ],
      1,
    );

    expect(base).toEqual({ width: 2025, height: 1350 });
  });

  it('is cut from the half the decoder gives, where that is hardly more than needed', () => {
    const source = { width: 6000, height: 4000 };
    const tall = (height: number) => [
      {
        frame: { fit: 'exact' as const, width: 1080, height },
        framing: 'crop' as const,
        focal: { x: 0.5, y: 0.5 },
        crop: null,
      },
    ];
    const bases = (height: number) =>
      [[], [8, 4, 2]].map((halvings) => layOutAll(source, tall(height), 1, halvings).base.height);

    expect(bases(1920)).toEqual([1920, 2000]);
    expect(bases(1350)).toEqual([1350, 1350]);
    expect(bases(3900)).toEqual([4000, 4000]);
  });

  it('with the shape of the source needs neither crop nor ground', () => {
    const { layouts } = layOutAll(
      { width: 1920, height: 1080 },
      [{ framing: 'blur', focal: { x: 0, y: 0 }, frame: { fit: 'exact', width: 1280, height: 720 } }],
      2,
    );

    expect(layouts[0]?.ground).toBe('none');
  });
});

describe('the bit rate', () => {
  it.each([
    [20_000, 1280, 4000],
    [30_000, 1280, 3882],
    [56_000, 1280, 2020],
    [60_000, 854, 1877],
    [160_000, 854, 624],
  ])('of a WhatsApp video of %i ms fits 16 MB at %i px and %i kbit/s', (durationMs, longEdge, kbps) => {
    const { video: settings, maxBytes } = format('whatsapp_video');
    if (!settings) throw new Error('no video settings');

    expect(videoBitRate({ settings, audioKbps: 128, maxBytes, durationMs })).toMatchObject({
      longEdge,
      kbps,
    });
    expect(((kbps + 128) * durationMs) / 8).toBeLessThanOrEqual(maxBytes * 0.94 + 1);
  });

  it('does not exist for one that cannot fit', () => {
    const { failures } = plan(video(240_000), ['whatsapp_video']);

    expect(failures.get('whatsapp_video')).toMatchObject({
      code: 'does_not_fit_bytes',
      details: { limit: 16_000_000 },
    });
  });
});

describe('the frame rate', () => {
  it.each([
    [{ numerator: 24, denominator: 1 }, 1, 30, '24/1'],
    [{ numerator: 60000, denominator: 1001 }, 1, 30, '60000/2002'],
    [{ numerator: 2397, denominator: 100 }, 1, 30, '24000/1001'],
    [{ numerator: 120, denominator: 1 }, 1, 30, '120/4'],
    [{ numerator: 10, denominator: 1 }, 24, 30, '30/1'],
    [{ numerator: 90000, denominator: 1 }, 1, 30, '25/1'],
  ])('of a source with %j and limits %i to %i is %s', (source, minFps, maxFps, expected) => {
    const { numerator, denominator } = outputFrameRate(source, { minFps, maxFps });

    expect(`${numerator}/${denominator}`).toBe(expected);
  });
});

describe('a plan', () => {
  it('shares a file between formats only when every byte would be the same', () => {
    const { videos } = planOutputs({
      probe: video(10_000),
      wanted: [wanted('x_video'), wanted('x_video', 'same'), wanted('youtube_video'), wanted('reel_video')],
      limits: defaultLimits,
    });

    expect(videos.map((output) => output.wanted.map(({ key }) => key))).toEqual([
      ['x_video', 'same'],
      ['youtube_video'],
      ['reel_video'],
    ]);
  });

  it('gives each impossible output its own reason and makes the others', () => {
    const { failures, videos, audios } = plan(video(100_000, { sound: false }), [
      'whatsapp_status_video',
      'reel_video',
      'whatsapp_voice_note',
      'x_image',
      'x_video',
    ]);

    expect([...failures].map(([key, { code }]) => [key, code])).toEqual([
      ['whatsapp_status_video', 'too_long'],
      ['reel_video', 'too_long'],
      ['whatsapp_voice_note', 'no_audio_stream'],
      ['x_image', 'wrong_kind_for_format'],
    ]);
    expect(videos).toHaveLength(1);
    expect(videos[0]?.sound).toBeNull();
    expect(audios).toEqual([]);
  });

  it('reduces a 4K source once for what needs far less, and cuts the rest from the source itself', () => {
    const source = { width: 3840, height: 2160 };
    const bases = (codes: string[]) => plan(video(10_000, source), codes).videos.map(({ base }) => base);

    expect(bases(['x_video', 'youtube_video', 'reel_video'])).toEqual([
      { width: 1920, height: 1080 },
      { width: 1920, height: 1080 },
      source,
    ]);
    expect(bases(['x_video', 'reel_video'])).toEqual([source, source]);
  });
});

describe('a recipe key', () => {
  const identity = {
    sourceSha256: 'a'.repeat(64),
    formatCode: 'x_image',
    formatVersion: 1,
    recipe: defaultRecipe({ framing: 'crop' }),
    pipelineVersion,
  };

  it('does not depend on the order in which a recipe was written', () => {
    const { framing, focal, ...rest } = identity.recipe;
    const recipe = { ...rest, focal: { y: focal.y, x: focal.x }, framing };

    expect(recipeKey({ ...identity, recipe })).toBe(recipeKey(identity));
    expect(recipeKey(identity)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with every part of the identity', () => {
    const others = [
      { ...identity, sourceSha256: 'b'.repeat(64) },
      { ...identity, formatCode: 'x_video' },
      { ...identity, formatVersion: 2 },
      { ...identity, pipelineVersion: 'next' },
      { ...identity, recipe: { ...identity.recipe, focal: { x: 0.4, y: 0.5 } } },
      { ...identity, recipe: { ...identity.recipe, background: '#000000' } },
    ];

    expect(new Set([identity, ...others].map(recipeKey)).size).toBe(7);
  });
});

describe('the key of a file', () => {
  const film: KeySource = {
    sha256: 'a'.repeat(64),
    kind: 'video',
    durationMs: 30_000,
    hasAudio: true,
    origin: 'uploaded',
  };
  const photo: KeySource = {
    sha256: 'b'.repeat(64),
    kind: 'image',
    durationMs: null,
    hasAudio: null,
    origin: 'uploaded',
  };
  const voice: KeySource = { ...film, kind: 'audio' };
  const recipe = defaultRecipe({ framing: 'crop' });
  const label = { kind: 'label', text: 'जारीकर्ता: जन सूचना मंच' } as const;
  const key = (code: string, source: KeySource, more: Partial<Recipe> = {}) =>
    fileKey({ source, format: format(code), recipe: { ...recipe, ...more }, pipelineVersion });

  it('is one for all formats that need the same bytes', () => {
    const upright = ['youtube_short', 'reel_video', 'story_video'].map((code) => key(code, film));
    expect(new Set(upright).size).toBe(1);
    expect(upright[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(key('x_image_4x5', photo)).toBe(key('feed_image_4x5', photo));
    expect(key('story_image', photo)).toBe(key('whatsapp_status_image', photo));
    // The label keeps clear of the same places in all three.
    expect(key('reel_video', film, { overlays: [label] })).toBe(
      key('youtube_short', film, { overlays: [label] }),
    );
    // A film without words is the same in both languages.
    expect(key('reel_video', film, { language: 'hi' })).toBe(key('reel_video', film, { language: 'en' }));
  });

  it('differs where anything would differ', () => {
    const keys = [
      key('reel_video', film),
      key('whatsapp_status_video', film),
      key('facebook_video_4x5', film),
      key('x_video', film),
      key('reel_video', { ...film, sha256: 'c'.repeat(64) }),
      key('reel_video', film, { focal: { x: 0.4, y: 0.5 } }),
      key('reel_video', film, { crop: { x: 0, y: 0, width: 0.5, height: 0.5 } }),
      key('reel_video', film, { background: '#000000' }),
      key('reel_video', film, { overlays: [label] }),
      key('reel_video', voice),
      key('reel_video', voice, { title: 'शीर्षक' }),
      key('story_image', photo),
      key('story_image', photo, { overlays: [label] }),
      key('whatsapp_status_image', photo, { overlays: [label] }),
      key('print_a4', photo),
      key('print_a4_tiff', photo),
      key('dialler_wav', film),
      key('dialler_wav_alaw', film),
    ];
    expect(keys).not.toContain(null);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not exist where the format refuses the source', () => {
    const long = { ...film, durationMs: 70_000 };
    expect(key('story_video', long)).toBeNull();
    expect(key('reel_video', long)).toBe(key('youtube_short', long));
    expect(key('reel_video', { ...film, durationMs: 100_000 })).toBeNull();
    expect(key('reel_video', photo)).toBeNull();
    expect(key('whatsapp_video', { ...film, durationMs: 240_000 })).toBeNull();
  });

  it('is never one for files that a plan keeps apart', () => {
    const kinds = fc.constantFrom('image' as const, 'video' as const);
    const lengths = fc.integer({ min: 400, max: 300_000 });
    const wish = fc.record({
      framing: fc.constantFrom(...framings),
      background: fc.constantFrom('#ffffff', '#000000'),
      focal: fc.constantFrom({ x: 0.5, y: 0.5 }, { x: 0.2, y: 0.9 }),
    });
    fc.assert(
      fc.property(kinds, lengths, fc.boolean(), wish, wish, (kind, durationMs, sound, one, other) => {
        const probe = kind === 'image' ? picture() : video(durationMs, { sound });
        const source = { ...film, kind, durationMs: probe.durationMs, hasAudio: sound };
        const asked = [...formats.values()].flatMap((spec) =>
          [one, other].map((part, index) => ({
            key: `${spec.code} ${index}`,
            format: spec,
            recipe: { ...recipe, ...part },
          })),
        );
        const { images, videos, audios } = planOutputs({ probe, wanted: asked, limits: defaultLimits });
        const files = [...(images?.outputs ?? []), ...videos, ...audios];
        const fileOf = new Map<string, number>();
        for (const [index, { wanted: users }] of files.entries()) {
          for (const user of users) {
            const own = fileKey({ source, format: user.format, recipe: user.recipe, pipelineVersion });
            expect(own).not.toBeNull();
            if (own === null) continue;
            expect([user.key, fileOf.get(own) ?? index]).toEqual([user.key, index]);
            fileOf.set(own, index);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
