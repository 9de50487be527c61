import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import type { WantedOutput } from '../../pipeline/media/plan.js';
import type { FormatSpec } from '../../server/contract/format.js';
import { defaultRecipe } from '../../server/contract/recipe.js';
import { type BenchOptions, type Figure, median } from './figure.js';
import { type Cost, type Measured, measureTask } from './measure.js';
import type { PlainVideo } from './plain-videos.js';
import { runFfmpeg } from './plain-videos.js';
import type { Files } from './work.js';

type Frame = NonNullable<FormatSpec['frame']>;

async function formatOf(code: string): Promise<FormatSpec> {
  const format = (await loadFormats()).find((one) => one.code === code);
  if (!format) throw new Error(`no format ${code}`);
  return format;
}

/** A film format of the table with another frame: the sizes measured are fixed here, whatever platforms want. */
async function filmOutput(key: string, frame: Frame): Promise<WantedOutput> {
  const format = await formatOf('reel_video');
  if (format.kind !== 'video') throw new Error('the reel is no video');
  return { key, format: { ...format, frame }, recipe: defaultRecipe({ framing: 'crop' }) };
}

async function pictureOutput(key: string, frame: Frame): Promise<WantedOutput> {
  const format = await formatOf('x_image');
  if (format.container !== 'jpeg') throw new Error('the picture is no JPEG');
  return { key, format: { ...format, frame }, recipe: defaultRecipe({ framing: 'crop' }) };
}

const exact = (width: number, height: number): Frame => ({ fit: 'exact', width, height });

/** How alike two videos or pictures are, the second seen through a filter: 1 is the same. */
async function ssimOf(one: string, other: string, filter = 'null'): Promise<number> {
  const graph = `[1:v]${filter}[other];[0:v][other]ssim`;
  const said = await runFfmpeg(['-i', one, '-i', other, '-lavfi', graph, '-f', 'null', '-']);
  return Number(/SSIM.*All:([\d.]+)/.exec(said)?.[1]);
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** The worst likeness over all outputs. */
async function worstSsim(one: Files, other: Files): Promise<number> {
  const values: number[] = [];
  for (const [key, file] of Object.entries(one)) values.push(await ssimOf(file, other[key] ?? ''));
  return Math.min(...values);
}

/**
 * How much of the plain way's likeness to the uncompressed picture the product keeps, for the worst output. The two are
 * not held beside each other: at its highest bit rate x264 makes another file of the same pictures in every run.
 */
async function keptLikeness(source: string, outputs: readonly PlainVideo[], one: Files, other: Files) {
  const kept: number[] = [];
  for (const { key, filter } of outputs) {
    const [mine, plain] = [one[key] ?? '', other[key] ?? ''];
    kept.push((await ssimOf(mine, source, filter)) / (await ssimOf(plain, source, filter)));
  }
  return Math.min(...kept);
}

async function sameBytes(one: Files, other: Files): Promise<number> {
  let same = 0;
  for (const [key, file] of Object.entries(one)) {
    if ((await sha256Of(file)) === (await sha256Of(other[key] ?? ''))) same += 1;
  }
  return same;
}

export interface Comparison {
  product: Measured;
  others: Record<string, Measured>;
  /** Median over the runs of product ÷ other, of processor time. */
  ratios: Record<string, number>;
  wallRatios: Record<string, number>;
  peakBytes: number;
}

/** Measures the product and its rivals in turn, so that a machine that slows down slows all of them. */
async function compare(
  { runs, say }: BenchOptions,
  name: string,
  product: () => Promise<Measured>,
  others: Readonly<Record<string, () => Promise<Measured>>>,
): Promise<Comparison> {
  const costs: Record<string, Cost[]> = {};
  const last: Record<string, Measured> = {};
  const all = { product, ...others };
  for (let run = 0; run < runs; run += 1) {
    for (const [way, measure] of Object.entries(all)) {
      const measured = await measure();
      last[way] = measured;
      costs[way] = [...(costs[way] ?? []), measured.cost];
      const { cpuSeconds, wallSeconds, peakBytes } = measured.cost;
      say(
        `${name}, ${way}: ${cpuSeconds.toFixed(2)} s of processor, ${wallSeconds.toFixed(2)} s of clock, ` +
          `${Math.round(peakBytes / 1e6)} MB`,
      );
    }
  }
  const mine = costs.product ?? [];
  const ratio = (way: string, field: 'cpuSeconds' | 'wallSeconds'): number =>
    median((costs[way] ?? []).map((cost, index) => (mine[index]?.[field] ?? Number.NaN) / cost[field]));
  const { product: made, ...rivals } = last;
  if (!made) throw new Error('nothing was measured');
  const ways = Object.keys(others);
  return {
    product: made,
    others: rivals,
    ratios: Object.fromEntries(ways.map((way) => [way, ratio(way, 'cpuSeconds')])),
    wallRatios: Object.fromEntries(ways.map((way) => [way, ratio(way, 'wallSeconds')])),
    peakBytes: Math.max(...mine.map(({ peakBytes }) => peakBytes)),
  };
}

const filmKeys = ['1080x1920', '1080x1080', '1280x720', '854x480'] as const;

/** What one would type for a source of so many pixels; sides are even because colour is stored in pairs. */
const filmFilters = {
  'video-1080p': [
    'crop=608:1080:656:0,scale=1080:1920',
    'crop=1080:1080:420:0',
    'scale=1280:720',
    'scale=854:480',
  ],
  'video-4k': [
    'crop=1216:2160:1312:0,scale=1080:1920',
    'crop=2160:2160:840:0,scale=1080:1080',
    'scale=1280:720',
    'scale=854:480',
  ],
} as const;

/** The numbers of the reel format by hand: 5 Mbit/s at most, quality 23, 30 frames a second, stereo 128 kbit/s. */
const filmEncoder = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '4', '-crf', '23', '-maxrate', '5000k'],
  ...['-bufsize', '10000k', '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', '60'],
  ...['-flags:v', '+cgop+bitexact', '-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
  ...['-movflags', '+faststart', '-f', 'mp4'],
];

/** The loudness correction with the measured numbers written in: measuring them is not charged to the plain way. */
async function soundFilter(source: string): Promise<string> {
  const measure = 'aformat=channel_layouts=stereo,ebur128=peak=true:framelog=verbose';
  const said = await runFfmpeg(['-i', source, '-vn', '-af', measure, '-f', 'null', '-']);
  const summary = said.slice(said.lastIndexOf('Summary:'));
  const number = (name: string): number => Number(new RegExp(`\\b${name}: +(\\S+)`).exec(summary)?.[1]);
  return (
    `aformat=channel_layouts=stereo,loudnorm=I=-14:TP=-1:LRA=20:measured_I=${number('I')}` +
    `:measured_TP=${number('Peak')}:measured_LRA=${Math.min(20, number('LRA'))}` +
    `:measured_thresh=${number('Threshold')}:linear=true,aresample=48000:async=1:first_pts=0`
  );
}

/** Four outputs of one film: by the product, by one ffmpeg for each, and, asked for, by one written by hand. */
export async function filmFigures(
  options: BenchOptions,
  name: 'video-1080p' | 'video-4k',
  { source, warmUp }: { source: string; warmUp: string },
  goals: { separate: number; handMade: number | null },
): Promise<{ figures: Figure[]; peakBytes: number }> {
  const wanted = await Promise.all(
    filmKeys.map((key) => {
      const [width = 0, height = 0] = key.split('x').map(Number);
      return filmOutput(key, exact(width, height));
    }),
  );
  const outputs: PlainVideo[] = filmKeys.map((key, index) => ({
    key,
    filter: `${filmFilters[name][index]}:flags=bicubic,fps=30,setsar=1`.replace(
      'crop=1080:1080:420:0:flags=bicubic',
      'crop=1080:1080:420:0',
    ),
  }));
  const sound = await soundFilter(source);
  const plain = (together: boolean) => () =>
    measureTask('plainVideos', {
      ...{ source, outputs, sound, encoder: filmEncoder, together },
      folder: join(options.folder, `${name}-${together ? 'hand-made' : 'separate'}`),
    });
  const { product, others, ratios, wallRatios, peakBytes } = await compare(
    options,
    name,
    () => measureTask('product', { source, outputs: wanted, folder: join(options.folder, name), warmUp }),
    { separate: plain(false), ...(goals.handMade !== null && { handMade: plain(true) }) },
  );
  const separate = others.separate;
  if (!separate) throw new Error('the plain way was not measured');
  const ratio = (way: string): number => ratios[way] ?? Number.NaN;
  const figures: Figure[] = [
    { name: `${name}/separate`, value: ratio('separate'), unit: 'ratio of CPU', goal: goals.separate },
    { name: `${name}/separate-wall`, value: wallRatios.separate ?? 0, unit: 'ratio of time', goal: null },
  ];
  if (others.handMade) {
    figures.push(
      { name: `${name}/hand-made`, value: ratio('handMade'), unit: 'ratio of CPU', goal: goals.handMade },
      {
        name: `${name}/same-bytes`,
        value: await sameBytes(product.files, others.handMade.files),
        ...{ unit: `of ${filmKeys.length} files`, goal: null },
      },
    );
  }
  figures.push({
    name: `${name}/ssim`,
    value: await keptLikeness(source, outputs, product.files, separate.files),
    ...{ unit: 'of the plain SSIM, worst', goal: 0.995, atLeast: true },
  });
  return { figures, peakBytes };
}

const pictureFrames = [
  '1080x1920',
  '1080x1350',
  '1080x1080',
  '1080x1440',
  '1600x900',
  '1280x720',
  '1200x630',
];
const longEdge = 1600;

/** Eight outputs of one picture: by the product, and by one sharp() call for each. */
export async function pictureFigures(
  options: BenchOptions,
  name: 'image-jpeg' | 'image-png',
  source: { large: string; small: string },
  goal: number,
): Promise<{ figures: Figure[]; peakBytes: number }> {
  const sizes = pictureFrames.map((key) => {
    const [width = 0, height = 0] = key.split('x').map(Number);
    return { key, width, height };
  });
  const wanted = await Promise.all([
    ...sizes.map(({ key, width, height }) => pictureOutput(key, exact(width, height))),
    pictureOutput('whole', { fit: 'long_edge', longEdge }),
  ]);
  const settings = { quality: 85, mozjpeg: false };
  const outputs = [
    ...sizes.map((size) => ({ ...size, ...settings })),
    { key: 'whole', width: longEdge, height: null, ...settings },
  ];
  const { product, others, ratios, peakBytes } = await compare(
    options,
    name,
    () =>
      measureTask('product', {
        source: source.large,
        outputs: wanted,
        folder: join(options.folder, name),
        warmUp: source.small,
      }),
    {
      separate: () =>
        measureTask('plainImages', {
          source: source.large,
          outputs,
          folder: join(options.folder, `${name}-plain`),
          warmUp: source.small,
        }),
    },
  );
  const figures: Figure[] = [
    { name: `${name}/separate`, value: ratios.separate ?? Number.NaN, unit: 'ratio of CPU', goal },
    {
      name: `${name}/ssim`,
      value: await worstSsim(product.files, others.separate?.files ?? {}),
      ...{ unit: 'SSIM, worst', goal: 0.95, atLeast: true },
    },
  ];
  return { figures, peakBytes };
}
