import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../pipeline/media/limits.js';
import type { PicturePrints } from '../../pipeline/media/prints/media-prints.js';
import { printMedia } from '../../pipeline/media/prints/print-media.js';
import { detectTools, type MediaTools } from '../../pipeline/media/tools.js';
import { converted } from '../helpers/forwarded.js';
import { fixture } from '../helpers/media-files.js';

let tools: MediaTools;
let folder: string;
let film: Buffer;
let kept: PicturePrints;
beforeAll(async () => {
  tools = await detectTools();
  folder = await mkdtemp(path.join(tmpdir(), 'tathya-films-'));
  film = await readFile(fixture('big-buck-bunny-6s.mp4'));
  kept = await printed(film);
});
afterAll(async () => {
  tools.pictures.close();
  await rm(folder, { recursive: true });
});

async function printed(content: Buffer): Promise<PicturePrints> {
  const workDir = await mkdtemp(path.join(folder, 'work-'));
  const file = path.join(workDir, 'film.mp4');
  await writeFile(file, content);
  return (await printMedia({ path: file, workDir, tools, limits: defaultLimits }, { sounds: false }))
    .pictures;
}

const copy = (filter: string, more: string[] = []) =>
  converted(film, { from: 'mp4', to: 'mp4', after: [...more, '-vf', filter, '-crf', '32', '-an'] });

function differing(one: string, other: string): number {
  return [...one].filter((bit, at) => bit !== other[at]).length;
}

/** Moments that the index brings together with the same moment of the kept film, by the bits they differ in. */
function momentsMet({ asks }: PicturePrints, most: number): number {
  const near = asks.filter((ask) =>
    kept.prints.some(
      ({ keys, bits, atMs }) =>
        atMs === ask.atMs && ask.keys.some((key) => keys.includes(key)) && differing(bits, ask.bits) <= most,
    ),
  );
  return new Set(near.map(({ atMs }) => atMs)).size;
}

describe('copies of a film', () => {
  it.each([
    ['made smaller', 'scale=320:-2', 40],
    ['within bars that fill a tall screen', 'scale=270:-2,pad=270:480:0:(oh-ih)/2', 40],
    [
      'on a soft copy of itself that fills a tall screen',
      'split[a][b];[a]scale=270:480,setsar=1,boxblur=12[g];[b]scale=270:-2,setsar=1[f];[g][f]overlay=0:(H-h)/2',
      40,
    ],
    ['with a white bar above', 'pad=iw:ceil(ih*1.2/2)*2:0:oh-ih:white', 40],
    ['without a tenth of its height and width', 'crop=iw*0.92:ih*0.9:iw*0.06:ih*0.04,scale=320:-2', 50],
  ])('%s meet it at the same moments', async (_, filter, most) => {
    expect(momentsMet(await printed(await copy(filter)), most)).toBeGreaterThanOrEqual(3);
  });

  it('are not met by another film', async () => {
    const source = ['-f', 'lavfi', '-i', 'mandelbrot=s=640x360:r=25'];
    const stranger = await converted(film, {
      from: 'mp4',
      to: 'mp4',
      before: source,
      after: ['-map', '0:v', '-t', '6', '-pix_fmt', 'yuv420p'],
    });
    const prints = await printed(stranger);
    expect(prints.asks.length).toBeGreaterThan(10);
    expect(momentsMet(prints, 60)).toBe(0);
  });
});

describe('a film', () => {
  it('is met by a still of it, whenever that was taken', async () => {
    const times = Array.from({ length: 24 }, (_, at) => 0.13 + at * 0.237);
    const met: boolean[] = [];
    for (const second of times) {
      const how = { from: 'mp4', to: 'jpg', before: ['-ss', String(second)] };
      const still = await converted(film, {
        ...how,
        after: ['-frames:v', '1', '-vf', 'scale=-2:288', '-q:v', '9'],
      });
      const { asks } = await printed(still);
      const near = asks.some(({ keys, bits }) =>
        kept.prints.some(
          (one) => keys.some((key) => one.keys.includes(key)) && differing(one.bits, bits) <= 30,
        ),
      );
      // What shows next to nothing is not asked with.
      if (asks.length > 0) met.push(near);
    }
    expect(met.length).toBeGreaterThan(15);
    expect(met.filter(Boolean).length / met.length).toBeGreaterThan(0.9);
  });

  it('asks with one picture a second, however many it is found by', () => {
    const moments = (items: { atMs: number | null }[]) => new Set(items.map(({ atMs }) => atMs)).size;
    expect(moments(kept.asks)).toBeLessThanOrEqual(6);
    expect(moments(kept.prints)).toBeGreaterThan(moments(kept.asks));
  });
});

it('a film that goes dark keeps its other moments, and what never changes is one moment', async () => {
  const dark = await printed(await copy("eq=brightness=-1:enable='between(t,2,4)',scale=320:-2"));
  expect(momentsMet(dark, 40)).toBeGreaterThanOrEqual(2);
  const still = await printed(await copy('select=eq(n\\,60),loop=150:1:0,setpts=N/25/TB,scale=320:-2'));
  expect(new Set(still.prints.map(({ atMs }) => atMs)).size).toBe(1);
});
