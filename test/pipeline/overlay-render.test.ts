import { chmod, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../pipeline/media/limits.js';
import { drawOverlays } from '../../pipeline/media/overlay/draw-overlays.js';
import { verifyDisclosure } from '../../pipeline/media/overlay/verify-disclosure.js';
import { planOutputs } from '../../pipeline/media/plan.js';
import { probeFile } from '../../pipeline/media/probe.js';
import { placeOverlays } from '../../server/contract/overlay-layout.js';
import type { Overlay } from '../../server/contract/recipe.js';
import { failureCode, fixture, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

const disclosure: Overlay = { kind: 'disclosure', text: 'एआई-जनित · AI-Generated', share: 0.1 };
const stamp: Overlay = { kind: 'stamp', word: 'भ्रामक', mark: 'misleading' };
const label: Overlay = { kind: 'label', text: 'तथ्य मंच (नमूना) द्वारा जारी' };
const imprint: Overlay = {
  kind: 'imprint',
  text: 'मुद्रक: सरस्वती प्रेस, जयपुर · प्रकाशक: तथ्य मंच, जयपुर · प्रतियाँ: 1,25,000',
};
const subtitles: Overlay = { kind: 'subtitles', cues: 'c'.repeat(64) };
const all = [disclosure, stamp, label];

let bench: MediaBench;
let photo: string;
let film: string;
beforeAll(async () => {
  bench = await openMediaBench();
  photo = fixture('landscape-exif-1.jpg');
  // Grey and unmoving, so that every pixel that differs was drawn.
  film = await bench.make('grey.mp4', [
    ...['-f', 'lavfi', '-i', 'color=0x808080:size=1280x720:rate=25:duration=3'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  ]);
});
afterAll(() => bench.close());

interface Grey {
  data: Buffer;
  width: number;
  height: number;
}

async function grey(picture: string | Buffer): Promise<Grey> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function frameAt(path: string, seconds: number): Promise<Grey> {
  const name = `frame-${Math.round(seconds * 1000)}-${Math.round(performance.now() * 1000)}.png`;
  return grey(await bench.make(name, ['-ss', String(seconds), '-i', path, '-frames:v', '1']));
}

/** Share of the pixels of a box by which two pictures differ more than an encoder makes them. */
function differing(a: Grey, b: Grey, box: { x: number; y: number; width: number; height: number }): number {
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      const at = y * a.width + x;
      if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > 40) count += 1;
    }
  }
  return count / (box.width * box.height);
}

describe('overlays on images', () => {
  it('are drawn after the crop, so that the stamp is on every frame whatever was cut', async () => {
    const crop = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const wanted = [
      bench.wanted('feed_image_1x1', { framing: 'crop', overlays: [stamp] }),
      { ...bench.wanted('story_image', { framing: 'crop', crop, overlays: [stamp] }), key: 'cut' },
      { ...bench.wanted('feed_image_1x1', { framing: 'crop' }), key: 'bare' },
    ];
    const outcomes = await bench.render(photo, wanted);
    const target = { width: 1080, height: 1080 };
    const [drawn] = await drawOverlays({ target, safeZone: null, circle: false }, [stamp]);
    if (!drawn) throw new Error('no stamp');
    const [bare, stamped] = [
      await grey(made(outcomes, 'bare').path),
      await grey(made(outcomes, 'feed_image_1x1').path),
    ];

    expect(differing(bare, stamped, drawn)).toBeGreaterThan(0.5);
    expect(differing(bare, stamped, { x: 0, y: 0, width: 1080, height: drawn.y })).toBeLessThan(0.001);
    expect(made(outcomes, 'cut').measured).toMatchObject({ width: 1080, height: 1920 });
  });

  it('are measured: the disclosure covers its share of pictures, circles and both files for the press', async () => {
    const codes = ['feed_image_1x1', 'whatsapp_display_picture', 'print_a5', 'print_a5_tiff', 'story_image'];
    const outcomes = await bench.render(
      photo,
      codes.map((code) => bench.wanted(code, { overlays: [...all, imprint] })),
    );

    for (const code of codes) {
      const { disclosureShare } = made(outcomes, code).measured;
      expect([code, disclosureShare]).toEqual([
        code,
        expect.closeTo(code === 'story_image' ? 0.186 : 0.105, 1),
      ]);
      expect(disclosureShare).toBeGreaterThanOrEqual(0.1);
    }
  });

  it('make different files of the same source, and equal ones of equal overlays', async () => {
    const probe = await probeFile({
      ...{
        path: photo,
        workDir: await bench.work(),
        tools: bench.tools,
        limits: defaultLimits,
        signal: undefined,
      },
    });
    const wanted = [[], [label], [label], [stamp]].map((overlays, index) => ({
      ...bench.wanted('feed_image_1x1', { overlays }),
      key: String(index),
    }));
    const plan = planOutputs({ probe, wanted, limits: defaultLimits });

    expect(plan.images?.outputs.map((output) => output.wanted.map(({ key }) => key))).toEqual([
      ['0'],
      ['1', '2'],
      ['3'],
    ]);
  });

  it('whose text does not fit fail alone, naming the text', async () => {
    const long: Overlay = { kind: 'label', text: `${'अखिलभारतीयसमन्वयसमितिकार्यालय'.repeat(6)} द्वारा जारी` };
    const strange: Overlay = { kind: 'label', text: '中央 द्वारा जारी' };
    const outcomes = await bench.render(photo, [
      bench.wanted('feed_image_1x1', { overlays: [long] }),
      bench.wanted('feed_image_4x5', { overlays: [strange] }),
      bench.wanted('link_image', { overlays: [label] }),
    ]);

    expect(failureCode(outcomes, 'feed_image_1x1')).toBe('text_does_not_fit');
    expect(outcomes.get('feed_image_1x1')).toMatchObject({ failure: { details: { text: /^अखिल/ } } });
    expect(failureCode(outcomes, 'feed_image_4x5')).toBe('text_not_drawable');
    expect(made(outcomes, 'link_image').ok).toBe(true);
  });
});

describe('overlays on videos', () => {
  it('are the very bytes that images of the size get, over the first frame and the last', async () => {
    const workDir = await bench.work();
    const outcomes = await bench.render(film, [bench.wanted('x_video', { overlays: all })], { workDir });
    const { path, measured } = made(outcomes, 'x_video');
    const target = { width: 1280, height: 720 };
    const drawn = await drawOverlays(
      { target, safeZone: bench.format('x_video').safeZone, circle: false },
      all,
    );
    for (const { kind, png } of drawn) {
      expect((await readFile(`${workDir}/video-0-${kind}.png`)).equals(png)).toBe(true);
    }
    const still = await sharp({ create: { ...target, channels: 3, background: '#808080' } })
      .composite(drawn.map(({ png, x, y }) => ({ input: png, left: x, top: y })))
      .png()
      .toBuffer();
    const [first, last] = [await frameAt(path, 0), await frameAt(path, 2.9)];

    for (const frame of [first, last]) {
      expect(differing(await grey(still), frame, { x: 0, y: 0, ...target })).toBeLessThan(0.001);
    }
    expect(measured.disclosureShare).toBeGreaterThanOrEqual(0.1);
  });

  it('fail the check of the share when the disclosure is missing or goes before the end', async () => {
    const wanted = bench.wanted('x_video', { overlays: [disclosure] });
    const workDir = await bench.work();
    const probe = await probeFile({
      ...{ path: film, workDir, tools: bench.tools, limits: defaultLimits, signal: undefined },
    });
    const [output] = planOutputs({ probe, wanted: [wanted], limits: defaultLimits }).videos;
    if (!output) throw new Error('nothing was planned');
    const outcomes = await bench.render(film, [wanted]);
    const good = made(outcomes, 'x_video').path;
    const leaves = await bench.make('leaves.mp4', [
      ...['-i', good, '-vf', "drawbox=x=0:y=0:w=iw:h=100:color=gray:t=fill:enable='gt(t,2.5)'", '-an'],
    ]);
    const check = (path: string) =>
      verifyDisclosure({ path, workDir, tools: bench.tools, limits: defaultLimits }, output);

    expect(await check(good)).toEqual({ disclosureShare: expect.closeTo(0.105, 1) });
    for (const path of [film, leaves]) {
      await expect(check(path)).rejects.toMatchObject({
        code: 'output_not_valid',
        details: { field: 'disclosure', limit: 0.1 },
      });
    }
  });

  it('never come from a filter that cannot shape Hindi, nor carry a text in the command line', async () => {
    const log = `${bench.folder}/arguments`;
    const ffmpeg = await bench.write(
      'noting',
      `#!/bin/sh\necho "$@" >> ${log}\nexec ${bench.tools.ffmpeg} "$@"\n`,
    );
    await chmod(ffmpeg, 0o755);
    const outcomes = await bench.render(film, [bench.wanted('x_video', { overlays: [...all, subtitles] })], {
      readSubtitles: async () => '1\n00:00:01,000 --> 00:00:02,000\nबिजली दरें नहीं बढ़ीं\n',
      tools: { ...bench.tools, ffmpeg },
    });
    const lines = (await readFile(log, 'utf8')).trim().split('\n');

    expect(made(outcomes, 'x_video').ok).toBe(true);
    expect(lines.some((line) => line.includes('shaping=complex'))).toBe(true);
    for (const line of lines) expect(line).not.toMatch(/drawtext|[\u0900-\u097f]/);
  });

  it('are refused in words, subtitles alone, where the ffmpeg of the machine cannot write them', async () => {
    const outcomes = await bench.render(
      film,
      [bench.wanted('x_video'), bench.wanted('whatsapp_video', { overlays: [subtitles] })],
      { tools: { ...bench.tools, subtitles: false } },
    );

    expect(failureCode(outcomes, 'whatsapp_video')).toBe('subtitles_not_supported');
    expect(failureCode(outcomes, 'x_video')).toBe('made');
  });

  it('lie over the still picture of a sound too', async () => {
    const sound = await bench.make('voice.m4a', [
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=300:duration=3',
      '-c:a',
      'aac',
    ]);
    const outcomes = await bench.render(sound, [
      bench.wanted('story_video', { title: 'आज का बयान', overlays: all }),
    ]);

    expect(made(outcomes, 'story_video').measured.disclosureShare).toBeGreaterThanOrEqual(0.1);
  });
});

describe('subtitles', () => {
  const text = [
    'WEBVTT',
    '',
    '00:01.000 --> 00:02.000 align:start',
    'बिजली दरें <b>नहीं</b> बढ़ीं &amp; {\\b1}सच\\N',
    '',
  ].join('\n');

  async function place(code: string) {
    const { frame, safeZone } = bench.format(code);
    if (frame?.fit !== 'exact') throw new Error('the frame is not fixed');
    const target = { width: frame.width, height: frame.height };
    const { subtitles: found } = placeOverlays({ target, safeZone, circle: false }, [subtitles]);
    if (!found) throw new Error('subtitles have no place');
    return found.box;
  }

  it('are seen from their beginning to their end, in their place, and at no other time', async () => {
    const outcomes = await bench.render(film, [bench.wanted('youtube_video', { overlays: [subtitles] })], {
      readSubtitles: async () => text,
    });
    const { path } = made(outcomes, 'youtube_video');
    const box = await place('youtube_video');
    const empty = await frameAt(path, 0);
    const seen = await Promise.all(
      [0.9, 1.1, 1.9, 2.1].map(async (at) => differing(empty, await frameAt(path, at), box)),
    );

    expect(seen.map((share) => share > 0.05)).toEqual([false, true, true, false]);
    const above = { x: 0, y: 0, width: empty.width, height: box.y };
    expect(differing(empty, await frameAt(path, 1.5), above)).toBe(0);
  });

  it('that are no SRT or VTT, do not fit or cannot be drawn fail their own video only', async () => {
    const cue = (words: string): string => `1\n00:00:00,000 --> 00:00:01,000\n${words}\n`;
    const files: Record<string, string> = {
      a: 'not subtitles',
      b: cue('बहुत लंबा उपशीर्षक जो दो पंक्तियों में नहीं आता '.repeat(6)),
      c: cue('中'),
    };
    const of = (name: string): Overlay => ({ kind: 'subtitles', cues: name.repeat(64) });
    const wanted = ['a', 'b', 'c'].map((name) => ({
      ...bench.wanted('x_video', { overlays: [of(name)] }),
      key: name,
    }));
    const outcomes = await bench.render(film, [...wanted, bench.wanted('x_video')], {
      readSubtitles: async (sha256) => files[sha256.charAt(0)] ?? '',
    });

    expect(['a', 'b', 'c'].map((key) => failureCode(outcomes, key))).toEqual([
      'subtitles_not_readable',
      'text_does_not_fit',
      'text_not_drawable',
    ]);
    expect(made(outcomes, 'x_video').ok).toBe(true);
  });
});
