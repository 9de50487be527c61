import { beforeAll, describe, expect, it } from 'vitest';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import { describeFailure, failures } from '../../server/contract/failures.js';
import type { FormatSpec } from '../../server/contract/format.js';
import { failureCodes, languages } from '../../server/contract/lists.js';

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
    expect(formats.map(({ code }) => code).sort()).toEqual([
      'feed_image_1x1',
      'feed_image_4x5',
      'reel_video',
      'whatsapp_image',
      'whatsapp_status_image',
      'whatsapp_status_video',
      'whatsapp_video',
      'whatsapp_voice_note',
      'x_image',
      'x_video',
      'youtube_thumbnail',
      'youtube_video',
    ]);
    expect(formats.filter(({ labels }) => /[a-z]/i.test(labels.hi))).toEqual([]);
  });

  it('names the source of every number, and the number it names is the one used', () => {
    for (const { facts, version: _version, ...spec } of formats) {
      const wrong = facts.filter((fact) => at(spec, fact.field) !== fact.value);
      const unsourced = numbersIn(spec).filter((path) => !facts.some((fact) => fact.field === path));

      expect([spec.code, wrong, unsourced]).toEqual([spec.code, [], []]);
    }
  });

  it('has even frames, fitting settings and a safe zone inside the frame', () => {
    for (const { code, kind, frame, image, video, audio, safeZone } of formats) {
      expect([code, image !== null, video !== null]).toEqual([code, kind === 'image', kind === 'video']);
      expect([code, kind === 'image' ? audio === null : audio !== null]).toEqual([code, true]);
      if (frame?.fit !== 'exact') continue;
      expect([frame.width % 2, frame.height % 2]).toEqual([0, 0]);
      if (safeZone) expect(safeZone.top + safeZone.bottom).toBeLessThan(frame.height);
    }
  });

  it('gives WhatsApp video no B-frames, because Android clients do not play them', () => {
    const whatsapp = formats.filter(
      ({ platforms, kind }) => platforms.includes('whatsapp') && kind === 'video',
    );

    expect(whatsapp.map(({ video }) => [video?.profile, video?.bFrames])).toEqual([
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
      'It runs too long: 45 s, the limit is 30 s. Trim it and upload the shorter one.',
    );
    expect(describeFailure({ ...known, language: 'hi' }).text).toContain('45 सेकंड');
    expect(describeFailure({ code: 'too_long', details: {}, language: 'en' }).text).toBe(
      'It runs too long. Trim it and upload the shorter one.',
    );
    expect(
      describeFailure({ code: 'too_many_pixels', details: { limit: 5e7, actual: 2.56e8 }, language: 'en' })
        .text,
    ).toContain('256 megapixels, the limit is 50 megapixels');
  });
});
