import { readFile } from 'node:fs/promises';
import { Value } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatTable } from '../../pipeline/formats/format-table.js';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import { describeFailure } from '../../server/contract/describe-failure.js';
import { failures } from '../../server/contract/failures.js';
import { FormatSpec } from '../../server/contract/format.js';
import { failureCodes, languages, type Platform, platforms } from '../../server/contract/lists.js';

let formats: FormatSpec[];
beforeAll(async () => {
  formats = await loadFormats();
});

/** The value at a dotted path; undefined where there is none. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (part, name) =>
        part !== null && typeof part === 'object'
          ? Object.getOwnPropertyDescriptor(part, name)?.value
          : undefined,
      value,
    );
}

/** Paths of all numbers a platform dictates; zeroes of a safe zone mean that nothing is covered there. */
function numbersIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return value === 0 ? [] : [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) =>
    numbersIn(part, path === '' ? name : `${path}.${name}`),
  );
}

describe('the platform table', () => {
  it('holds the formats of every platform in both languages', () => {
    const codesOf = (platform: Platform) =>
      formats.filter((format) => format.platforms.includes(platform)).map(({ code }) => code);

    expect(Object.fromEntries(platforms.map((platform) => [platform, codesOf(platform).sort()]))).toEqual({
      whatsapp: [
        'link_image',
        'whatsapp_display_picture',
        'whatsapp_document_image',
        'whatsapp_document_video',
        'whatsapp_image',
        'whatsapp_status_image',
        'whatsapp_status_video',
        'whatsapp_video',
        'whatsapp_voice_note',
      ],
      facebook: [
        'facebook_video_4x5',
        'feed_image_1x1',
        'feed_image_4x5',
        'link_image',
        'reel_video',
        'story_image',
        'story_video',
      ],
      instagram: [
        'feed_image_1x1',
        'feed_image_4x5',
        'instagram_image_3x4',
        'reel_video',
        'story_image',
        'story_video',
      ],
      x: ['x_image', 'x_image_1x1', 'x_image_4x5', 'x_video'],
      youtube: ['youtube_short', 'youtube_thumbnail', 'youtube_video'],
      print: ['print_a4', 'print_a4_tiff', 'print_a5', 'print_a5_tiff'],
      dialler: ['dialler_wav', 'dialler_wav_alaw', 'dialler_wav_mulaw'],
    });
    expect(formats.filter(({ labels }) => /[a-z]/i.test(labels.hi))).toEqual([]);
    expect(new Set(formats.map(({ labels }) => labels.hi)).size).toBe(formats.length);
  });

  it('stands in the README as it is', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(formatTable(formats));
  });

  it('gives paper its size with three millimetres of bleed at 300 dots an inch', () => {
    const pixels = (millimetres: number) => Math.round(((millimetres + 6) / 25.4) * 300);
    const paper = { print_a4: [210, 297], print_a5: [148, 210] } as const;
    for (const [code, [width, height]] of Object.entries(paper)) {
      const frames = formats.filter((format) => format.code.startsWith(code)).map(({ frame }) => frame);
      const expected = { fit: 'exact', width: pixels(width), height: pixels(height) };
      expect([code, frames]).toEqual([code, [expected, expected]]);
    }
  });

  it('bounds every byte limit the platforms are known for', () => {
    const known = {
      whatsapp_video: 16e6,
      whatsapp_status_video: 16e6,
      whatsapp_voice_note: 16e6,
      whatsapp_image: 5e6,
      link_image: 600e3,
      feed_image_4x5: 8e6,
      story_video: 100e6,
      reel_video: 300e6,
      x_image: 5e6,
      x_video: 512e6,
      youtube_thumbnail: 2e6,
      dialler_wav: 8e6,
    };
    for (const [code, most] of Object.entries(known)) {
      expect([code, (formats.find((format) => format.code === code)?.maxBytes ?? Infinity) <= most]).toEqual([
        code,
        true,
      ]);
    }
  });

  it('names the source of every number, and the number it names is the one used', () => {
    for (const { facts, version: _version, ...spec } of formats) {
      const wrong = facts.filter((fact) => at(spec, fact.field) !== fact.value);
      const unsourced = numbersIn(spec).filter((path) => !facts.some((fact) => fact.field === path));

      expect([spec.code, wrong, unsourced]).toEqual([spec.code, [], []]);
    }
  });

  it('has even frames for films and a safe zone inside every frame', () => {
    for (const { code, kind, frame, safeZone } of formats) {
      if (frame?.fit !== 'exact') continue;
      const { width, height } = frame;
      if (kind === 'video') expect([code, width % 2, height % 2]).toEqual([code, 0, 0]);
      if (!safeZone) continue;
      expect([code, safeZone.top + safeZone.bottom < height]).toEqual([code, true]);
      expect([code, safeZone.left + safeZone.right < width]).toEqual([code, true]);
    }
  });

  it('keeps what is drawn inside the circle of a display picture', () => {
    const round = formats.filter(({ mask }) => mask === 'circle');
    expect(round.map(({ code }) => code)).toEqual(['whatsapp_display_picture']);
    for (const { frame, safeZone } of round) {
      if (frame?.fit !== 'exact' || !safeZone) throw new Error('no frame');
      const corner = Math.hypot(frame.width / 2 - safeZone.left, frame.height / 2 - safeZone.top);
      expect(corner).toBeLessThanOrEqual(frame.width / 2);
    }
  });

  it('refuses a format whose file and encoder do not belong together', () => {
    const [wav, jpeg] = ['dialler_wav', 'x_image'].map((code) => formats.find((one) => one.code === code));
    expect(Value.Check(FormatSpec, wav)).toBe(true);
    expect(Value.Check(FormatSpec, { ...wav, container: 'ogg' })).toBe(false);
    expect(Value.Check(FormatSpec, { ...jpeg, container: 'png' })).toBe(false);
    expect(Value.Check(FormatSpec, { ...jpeg, audio: wav?.audio })).toBe(false);
  });

  it('gives WhatsApp video no B-frames, because Android clients do not play them', () => {
    const whatsapp = formats.filter(
      ({ platforms, kind }) => platforms.includes('whatsapp') && kind === 'video',
    );

    expect(whatsapp.map(({ video }) => [video?.profile, video?.bFrames])).toEqual([
      ['main', false],
      ['main', false],
      ['main', false],
    ]);
  });
});

describe('the words of a failure', () => {
  it('exist in both languages for every code, short, and without the insides of the program', () => {
    expect(Object.keys(failures).sort()).toEqual([...failureCodes].sort());
    for (const code of failureCodes) {
      for (const language of languages) {
        const { title, text } = failures[code][language];
        expect(title.length).toBeLessThanOrEqual(80);
        expect(text.length).toBeLessThanOrEqual(200);
        expect(`${title} ${text}`).not.toMatch(/ffmpeg|ffprobe|libvips|sharp|stderr|exit code|\/tmp|codec/i);
      }
      const hindi = describeFailure({ code, details: {}, language: 'hi' });
      expect(`${hindi.title} ${hindi.text}`).not.toMatch(/[a-z]/i);
    }
  });

  it('use only the details they declare', () => {
    for (const code of failureCodes) {
      const texts = languages.map((language) => failures[code][language].text).join(' ');
      const used = [...texts.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      expect([code, used.filter((name) => !(name in failures[code].details))]).toEqual([code, []]);
    }
  });

  it('carry the numbers when they are known and read well when they are not', () => {
    const known = { code: 'too_long', details: { limit: 30_000, actual: 45_200 } } as const;

    expect(describeFailure({ ...known, language: 'en' }).text).toBe(
      'It runs too long: 45 s, the limit is 30 s. Trim it or send it as a document.',
    );
    expect(describeFailure({ ...known, language: 'hi' }).text).toContain('45 सेकंड');
    const bytes = { code: 'does_not_fit_bytes', details: { limit: 16_000_000, longest: 165_000 } } as const;
    expect(describeFailure({ ...bytes, language: 'en' }).text).toMatch(
      /limit 16 MB\)\. Trim it to .+ or send it as a document\.$/,
    );
    expect(describeFailure({ ...bytes, language: 'hi' }).text).toContain('दस्तावेज़ के रूप में भेजें');
    expect(describeFailure({ code: 'too_long', details: {}, language: 'en' }).text).toBe(
      'It runs too long. Trim it or send it as a document.',
    );
    expect(
      describeFailure({ code: 'too_many_pixels', details: { limit: 5e7, actual: 2.56e8 }, language: 'en' })
        .text,
    ).toContain('256 megapixels, the limit is 50 megapixels');
  });
});
