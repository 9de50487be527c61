import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../pipeline/media/inspect.js';
import { clip, failureCode, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

const run = promisify(execFile);
let bench: MediaBench;
beforeAll(async () => {
  bench = await openMediaBench();
});
afterAll(async () => {
  await bench.close();
});

let frames = 0;

/** The picture shown at a moment, as raw RGB with its size. */
async function pictureAt(path: string, seconds: number) {
  frames += 1;
  const still = await bench.make(`frame-${frames}.png`, [
    '-ss',
    String(seconds),
    '-i',
    path,
    '-frames:v',
    '1',
  ]);
  return sharp(still).removeAlpha().raw().toBuffer({ resolveWithObject: true });
}

type Picture = Awaited<ReturnType<typeof pictureAt>>;

function pixel({ data, info }: Picture, x: number, y: number): [number, number, number] {
  const at = (y * info.width + x) * 3;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
}

/** Which of red, green and blue a pixel is, when it clearly is one of them. */
function colour(picture: Picture, x: number, y: number): string {
  const [red, green, blue] = pixel(picture, x, y);
  const high = [red > 180, green > 180, blue > 180];
  const low = [red < 90, green < 90, blue < 90];
  if (high[0] && low[1] && low[2]) return 'red';
  if (high[1] && low[0] && low[2]) return 'green';
  if (high[2] && low[0] && low[1]) return 'blue';
  return `${red},${green},${blue}`;
}

/** Values of the picture track as ffprobe reads them. */
async function probed(path: string, entries: string): Promise<string[]> {
  const { stdout } = await run(bench.tools.ffprobe, [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', entries, '-of', 'csv=p=0', path],
  ]);
  return stdout.trim().split('\n');
}

async function meanVolume(path: string, filter: string): Promise<number> {
  const graph = `${filter},volumedetect`;
  const { stderr } = await run(bench.tools.ffmpeg, ['-i', path, '-af', graph, '-f', 'null', '-']);
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
}

/** Six frames: a red bar on nothing moves one sixth to the right with each. */
async function movingBar(name: string, delay: number[]): Promise<string> {
  const [width, height] = [120, 80];
  const strip = Buffer.alloc(width * height * 4 * delay.length);
  for (const [index] of delay.entries()) {
    for (let y = 0; y < height; y += 1) {
      for (let x = index * 20; x < index * 20 + 20; x += 1) {
        strip.set([255, 0, 0, 255], ((index * height + y) * width + x) * 4);
      }
    }
  }
  const raw = { width, height: height * delay.length, channels: 4 as const, pageHeight: height };
  const image = sharp(strip, { raw });
  const bytes = name.endsWith('.gif') ? image.gif({ delay }) : image.webp({ delay, lossless: true });
  return bench.write(name, await bytes.toBuffer());
}

describe.each(['bar.gif', 'bar.webp'])('the moving picture %s', (name) => {
  it('becomes a film of the same length and motion, see-through parts in the chosen colour', async () => {
    const source = await movingBar(name, [200, 400, 200, 200, 600, 400]);
    const found = await inspect({ inputPath: source, workDir: await bench.work(), tools: bench.tools });
    const outcomes = await bench.render(source, [
      bench.wanted('whatsapp_video', { background: '#00ff00' }),
      { ...bench.wanted('x_video', { background: '#0000ff', framing: 'fit' }), key: 'blue' },
    ]);
    const green = made(outcomes, 'whatsapp_video');
    const seen = await Promise.all(
      [0, 0.2, 0.8, 1].map(async (at) => {
        const picture = await pictureAt(green.path, at);
        return [10, 30, 70, 90, 110].map((x) => colour(picture, x, 40));
      }),
    );

    expect(found).toMatchObject({ ok: true, inspection: { kind: 'video', width: 120, height: 80 } });
    expect(Math.abs((green.measured.durationMs ?? 0) - 2000)).toBeLessThan(120);
    expect(seen).toEqual([
      ['red', 'green', 'green', 'green', 'green'],
      ['green', 'red', 'green', 'green', 'green'],
      ['green', 'green', 'red', 'green', 'green'],
      ['green', 'green', 'green', 'red', 'green'],
    ]);
    const wide = await pictureAt(made(outcomes, 'blue').path, 0);
    expect([colour(wide, 20, 360), colour(wide, 700, 360)]).toEqual(['blue', 'blue']);
  });
});

/** The same MP4 with the matrix a phone held upright writes: a quarter turn clockwise (QuickTime file format, track header). */
function turnedClockwise(bytes: Buffer): Buffer {
  const header = bytes.indexOf('tkhd');
  for (const [index, value] of [0, 1, 0, -1, 0].entries()) {
    bytes.writeInt32BE(value * 0x10000, header + 44 + index * 4);
  }
  return bytes;
}

describe('a film', () => {
  it('in HDR is toned down and says that it is in the normal range', async () => {
    // A thousand nits above a hundred nits, both neutral grey, by the SMPTE ST 2084 curve.
    const halves = 'geq=lum=if(lt(Y\\,90)\\,722\\,509):cb=512:cr=512';
    const source = await bench.make('pq.mp4', [
      ...['-f', 'lavfi', '-i', `color=gray:s=320x180:d=1:r=10,format=yuv420p10le,${halves}`],
      ...['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params'],
      'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
    ]);
    const { path } = made(await bench.render(source, ['x_video']), 'x_video');
    const picture = await pictureAt(path, 0.5);
    const [bright] = pixel(picture, 640, 100);
    const [middle] = pixel(picture, 640, 600);

    expect(await probed(path, 'stream=pix_fmt,color_transfer,color_primaries,color_space')).toEqual([
      'yuv420p,bt709,bt709,bt709',
    ]);
    // Ten times the light: white, and a middle grey lighter than the bare code value of 130.
    expect(bright).toBeGreaterThan(245);
    expect(middle).toBeGreaterThan(140);
    expect(middle).toBeLessThan(200);
  });

  it('of varying speed gets one rate, keeps its length and the motion of its fast part', async () => {
    // A second at 25 pictures, then one picture held for two seconds, as screen recorders write it.
    const source = await bench.make('vfr.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=3'],
      ...[
        '-vf',
        "select='lt(n,25)+eq(n,74)'",
        '-fps_mode',
        'vfr',
        '-c:v',
        'libx264',
        '-bf',
        '0',
        '-pix_fmt',
        'yuv420p',
      ],
    ]);
    const [rates = ''] = await probed(source, 'stream=avg_frame_rate');
    const { path, measured } = made(await bench.render(source, ['x_video']), 'x_video');
    const steps = (await probed(path, 'packet=duration')).slice(0, -1);

    expect(Number(rates.split('/')[0]) / Number(rates.split('/')[1])).toBeLessThan(12);
    expect(measured.fps).toBe(25);
    expect(new Set(steps).size).toBe(1);
    expect(Math.abs((measured.durationMs ?? 0) - 3000)).toBeLessThan(100);
  });

  it('with six channels keeps the voice of the middle one in both of two', async () => {
    const source = await bench.make('surround.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=2'],
      ...['-f', 'lavfi', '-i', 'aevalsrc=0|0|0.3*sin(2*PI*440*t)|0|0|0:c=5.1:d=2'],
      ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ]);
    const { path } = made(await bench.render(source, ['x_video']), 'x_video');
    const [left, right] = [
      await meanVolume(path, 'pan=mono|c0=c0'),
      await meanVolume(path, 'pan=mono|c0=c1'),
    ];

    expect(left).toBeGreaterThan(-30);
    expect(Math.abs(left - right)).toBeLessThan(0.5);
  });

  it('that was filmed upright is upright, and an odd size becomes even', async () => {
    const flat = await bench.make('flat.mp4', [
      ...['-f', 'lavfi', '-i', 'color=red:s=320x240:r=10:d=1'],
      ...['-vf', 'drawbox=x=0:y=0:w=160:h=240:color=blue:t=fill,format=yuv444p,scale=321:241'],
      ...['-c:v', 'libx264', '-pix_fmt', 'yuv444p'],
    ]);
    const turned = await bench.write('turned.mp4', turnedClockwise(await readFile(flat)));
    const { path, measured } = made(await bench.render(turned, ['whatsapp_video']), 'whatsapp_video');
    const picture = await pictureAt(path, 0.5);

    expect([measured.width, measured.height]).toEqual([242, 322]);
    // The left half of the stored picture is the upper half of the one seen.
    expect([colour(picture, 120, 40), colour(picture, 120, 280)]).toEqual(['blue', 'red']);
  });

  it('too long for its bytes is refused in words that say what to do, and fits as a document', async () => {
    const source = await bench.make(
      'long.mp4',
      clip({ seconds: 210, rate: 1, size: '128x96', sound: false }),
    );
    const outcomes = await bench.render(source, ['whatsapp_video', 'reel_video', 'whatsapp_document_video']);
    const refused = outcomes.get('whatsapp_video');

    expect(failureCode(outcomes, 'whatsapp_video')).toBe('does_not_fit_bytes');
    expect(refused?.ok === false && refused.failure.details).toMatchObject({ limit: 16_000_000 });
    expect(failureCode(outcomes, 'reel_video')).toBe('too_long');
    expect(made(outcomes, 'whatsapp_document_video').measured.bytes).toBeLessThan(100_000_000);
  }, 60_000);
});

describe('a sound as a film', () => {
  const voice = () =>
    bench.make('voice.mp3', [
      ...['-f', 'lavfi', '-i', 'aevalsrc=0.05*sin(2*PI*300*t)*(1+sin(2*PI*t)):d=4:s=44100:c=mono'],
    ]);

  it('shows its title and wave inside the free part of the frame, and a line that moves', async () => {
    const background = '#103050';
    const outcomes = await bench.render(await voice(), [
      bench.wanted('reel_video', { title: 'बिजली की दरें नहीं बढ़ीं: पूरी बात सुनें', background }),
      { ...bench.wanted('reel_video', { background }), key: 'untitled' },
    ]);
    const { path, measured } = made(outcomes, 'reel_video');
    const [early, late] = [await pictureAt(path, 0.5), await pictureAt(path, 3.5)];
    const untitled = await pictureAt(made(outcomes, 'untitled').path, 0.5);
    const zone = { left: 65, top: 270, right: 1080 - 65, bottom: 1920 - 672 };
    /** Share of the rows that hold something light, outside or inside the free part. */
    const drawn = (picture: Picture, inside: (x: number, y: number) => boolean): number => {
      let count = 0;
      for (let y = 0; y < 1920; y += 3) {
        for (let x = 0; x < 1080; x += 3) if (inside(x, y) && pixel(picture, x, y)[0] > 128) count += 1;
      }
      return count;
    };
    const free = (x: number, y: number) =>
      x >= zone.left && x < zone.right && y >= zone.top && y < zone.bottom;
    const upper = (_x: number, y: number) => y > 330 && y < 600;
    const leftSide = (x: number) => x < 540;

    expect([measured.width, measured.height, measured.audio, measured.video]).toEqual([
      1080,
      1920,
      'aac',
      'h264 High',
    ]);
    expect(drawn(early, (x, y) => !free(x, y))).toBe(0);
    expect(drawn(early, upper)).toBeGreaterThan(500);
    expect(drawn(untitled, upper)).toBe(0);
    // The line has left the left half.
    const [then, later] = [drawn(early, leftSide), drawn(late, leftSide)];
    expect(then - later).toBeGreaterThan(20);
    expect(Math.abs((measured.durationMs ?? 0) - 4000)).toBeLessThan(100);
  }, 60_000);

  it('with a title of signs no font has is refused, and a long title still fits', async () => {
    const long = 'क्षेत्रीय विद्युत नियामक आयोग ने स्पष्ट किया कि घरेलू दरें यथावत हैं। '.repeat(3).slice(0, 200);
    const outcomes = await bench.render(await voice(), [
      bench.wanted('youtube_video', { title: long }),
      { ...bench.wanted('x_video', { title: 'ᚠᚢᚦ' }), key: 'runes' },
    ]);

    expect(made(outcomes, 'youtube_video').measured.width).toBe(1920);
    expect(failureCode(outcomes, 'runes')).toBe('text_not_drawable');
  }, 60_000);

  it('for a telephone never peaks above its limit, however uneven it is', async () => {
    const source = await bench.make('uneven.wav', [
      ...['-f', 'lavfi', '-i', "aevalsrc='sin(2*PI*700*t)*if(lt(mod(t,1),0.02),0.95,0.02)':d=5:s=48000"],
    ]);
    const codes = ['dialler_wav', 'dialler_wav_alaw', 'dialler_wav_mulaw'];
    const outcomes = await bench.render(source, codes);
    const peaks = await Promise.all(
      codes.map(async (code) => {
        const { path } = made(outcomes, code);
        const { stderr } = await run(bench.tools.ffmpeg, [
          ...['-i', path, '-af', 'volumedetect', '-f', 'null', '-'],
        ]);
        return Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
      }),
    );

    expect(Math.max(...peaks)).toBeLessThanOrEqual(-3);
    expect(Math.min(...peaks)).toBeGreaterThan(-6);
  });

  it('recorded above full scale is brought down like any other, and what no recorder gives is damaged', async () => {
    const sine = (decibels: number) => ['-f', 'lavfi', '-i', `sine=f=440:d=3,volume=${decibels}dB`];
    const loud = await bench.make('loud.wav', [...sine(40), '-c:a', 'pcm_f32le']);
    const { path } = made(await bench.render(loud, ['whatsapp_voice_note']), 'whatsapp_voice_note');
    const { stderr } = await run(bench.tools.ffmpeg, [...['-i', path, '-af', 'ebur128', '-f', 'null', '-']]);
    const heard = Number(/I: +(-?[\d.]+) LUFS/.exec(stderr.slice(stderr.lastIndexOf('Summary')))?.[1]);
    expect(Math.abs(heard + 16)).toBeLessThan(1);

    const broken = await bench.make('broken.wav', [...sine(100), '-c:a', 'pcm_f32le']);
    expect(failureCode(await bench.render(broken, ['whatsapp_voice_note']), 'whatsapp_voice_note')).toBe(
      'damaged',
    );
  });
});
