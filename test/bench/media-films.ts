import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { defaultLimits } from '../../pipeline/media/limits.js';
import type { MediaPrints } from '../../pipeline/media/prints/media-prints.js';
import { picturePrints } from '../../pipeline/media/prints/picture-prints.js';
import { printMedia } from '../../pipeline/media/prints/print-media.js';
import { detectTools } from '../../pipeline/media/tools.js';
import type { Figure } from './figure.js';
import { greyOf } from './media-pictures.js';
import type { Shelf } from './media-shelf.js';
import { silent, Tally } from './media-tally.js';
import { runFfmpeg } from './plain-videos.js';

const fixtures = path.join(import.meta.dirname, '../fixtures/media');
/** Seconds of the longer film at which parts begin: far enough from each other to show other scenes. */
const starts = [0, 8, 16, 24];
/** Made into films by slowly going nearer, as slide shows are; two are cards of one template. */
const photographs = [
  path.join(fixtures, 'landscape-exif-1.jpg'),
  path.join(fixtures, 'portrait-exif-6.jpg'),
  path.join(fixtures, 'card-baandh.jpg'),
  path.join(fixtures, 'card-bijli.jpg'),
];
const nearer =
  'scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,zoompan=z=1+0.0012*on:d=125:s=640x360:fps=25';
/** Drawn by ffmpeg: every picture differs wholly from the one before. */
const drawings = ['mandelbrot=s=640x360:r=25', 'testsrc2=s=640x360:r=25'];

const x264 = (crf: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(crf), '-pix_fmt', 'yuv420p', '-an'],
];

/** Seconds at which someone takes a picture of the screen. */
const stillsAt = [0.6, 2.2, 3.8];

/** What happens to films on their way: a cut takes beginning and end away, and a soft copy of itself fills a screen. */
const copies: { kind: string; arguments: string[] }[] = [
  { kind: 'recompressed', arguments: ['-vf', 'scale=-2:288', ...x264(34)] },
  { kind: 'cut', arguments: ['-ss', '1.3', '-t', '2.5', ...x264(30)] },
  { kind: 'cropped', arguments: ['-vf', 'crop=iw*0.94:ih*0.92:iw*0.02:ih*0.05,scale=-2:320', ...x264(30)] },
  { kind: 'bordered', arguments: ['-vf', 'scale=360:-2,pad=360:640:0:(oh-ih)/2', ...x264(30)] },
  {
    kind: 'filled',
    arguments: [
      '-vf',
      'split[a][b];[a]scale=270:480,setsar=1,boxblur=12[g];[b]scale=270:-2,setsar=1[f];[g][f]overlay=0:(H-h)/2',
      ...x264(30),
    ],
  },
  { kind: 'captioned', arguments: ['-vf', 'pad=iw:ceil(ih*1.18/2)*2:0:0:white', ...x264(30)] },
];

async function films(data: string | null, folder: string): Promise<string[]> {
  const made: string[] = [];
  const make = async (name: string, source: string[], filters: string[] = []): Promise<void> => {
    const file = path.join(folder, `${name}.mp4`);
    await runFfmpeg([...source, ...filters, '-t', '5', ...x264(20), file]);
    made.push(file);
  };
  for (const [index, file] of photographs.entries())
    await make(`slides-${index}`, ['-loop', '1', '-i', file], ['-vf', nearer]);
  for (const [index, drawing] of drawings.entries())
    await make(`drawn-${index}`, ['-f', 'lavfi', '-i', drawing]);
  if (data === null) await make('fixture', ['-i', path.join(fixtures, 'big-buck-bunny-6s.mp4')]);
  else {
    const whole = path.join(data, 'big-buck-bunny-480p-30s.mp4');
    for (const start of starts) await make(`from-${start}`, ['-ss', String(start), '-i', whole]);
  }
  return made;
}

/** Films by their pictures alone: whole copies, and a few stills of each, such as people forward; with all that asked. */
export async function filmFigures(
  shelf: Shelf,
  { data, folder, say }: { data: string | null; folder: string; say(line: string): void },
): Promise<{ figures: Figure[]; asked: MediaPrints[] }> {
  const asked: MediaPrints[] = [];
  const tally = new Tally();
  const tools = await detectTools();
  try {
    const place = path.join(folder, 'films');
    await mkdir(place, { recursive: true });
    const seen = async (file: string): Promise<MediaPrints> => {
      const input = { path: file, workDir: await mkdtemp(path.join(place, 'work-')), tools };
      return printMedia({ ...input, limits: defaultLimits }, { sounds: false });
    };
    const kept = await films(data, place);
    say(`${kept.length} films, by their pictures alone`);
    for (const file of kept) await shelf.keep(file, await seen(file));
    for (const [index, file] of kept.entries()) {
      for (const { kind, arguments: how } of copies) {
        const copy = path.join(place, `${index}-${kind}.mp4`);
        await runFfmpeg(['-i', file, ...how, copy]);
        const prints = await seen(copy);
        asked.push(prints);
        await tally.ask(shelf, `film-${kind}`, file, prints);
      }
      for (const second of stillsAt) {
        const still = path.join(place, `${index}-${second}.jpg`);
        const how = ['-frames:v', '1', '-vf', 'scale=-2:288', '-q:v', '9'];
        await runFfmpeg(['-ss', String(second), '-i', file, ...how, still]);
        const prints = silent(picturePrints(await greyOf(await readFile(still))));
        await tally.ask(shelf, 'film-still', file, prints);
      }
    }
    // Pictures asked for later are of some of these films too.
    for (const file of kept) await shelf.drop(file);
    return { figures: tally.figures('film'), asked };
  } finally {
    tools.pictures.close();
  }
}
