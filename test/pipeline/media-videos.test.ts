import { execFile } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../pipeline/media/inspect.js';
import type { MediaTools } from '../../pipeline/media/tools.js';
import { patchBox } from '../helpers/attack-files.js';
import { clip, failureCode, fixture, type MediaBench, made, openMediaBench } from '../helpers/media-files.js';
import { mediaProgramsIn } from '../helpers/program.js';

const run = promisify(execFile);

let bench: MediaBench;
beforeAll(async () => {
  bench = await openMediaBench();
});
afterAll(async () => {
  await bench.close();
});

/** Integrated loudness in LUFS by ffmpeg's own meter. */
async function loudness(path: string): Promise<number> {
  const { stderr } = await run(bench.tools.ffmpeg, [
    '-i',
    path,
    '-af',
    'loudnorm=print_format=json',
    '-f',
    'null',
    '-',
  ]);
  return Number(/"input_i" : "([^"]+)"/.exec(stderr)?.[1]);
}

async function frame(path: string, seconds = 1): Promise<string> {
  const name = `frame-${path.length}-${seconds}-${Math.round(performance.now())}.png`;
  return bench.make(name, ['-ss', String(seconds), '-i', path, '-frames:v', '1']);
}

async function pixel(path: string, x: number, y: number): Promise<number[]> {
  return [
    ...(await sharp(path).extract({ left: x, top: y, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
  ];
}

/** The real ffmpeg behind a script that notes every call in a file. */
async function counting(): Promise<{ tools: MediaTools; calls: () => Promise<string[]> }> {
  const log = `${bench.folder}/calls-${Math.round(performance.now())}`;
  const ffmpeg = await bench.write(
    'counting',
    `#!/bin/sh\nfor last; do :; done\ncase "$last" in *.mp4) echo "$@" >> ${log};; esac\nexec ${bench.tools.ffmpeg} "$@"\n`,
  );
  await chmod(ffmpeg, 0o755);
  return {
    tools: { ...bench.tools, ffmpeg },
    calls: async () => (await readFile(log, 'utf8')).trim().split('\n'),
  };
}

describe('videos', () => {
  it('become films of several shapes and a voice note, decoded once, with progress that only rises', async () => {
    const { tools, calls } = await counting();
    const seen: number[] = [];
    const codes = ['whatsapp_video', 'reel_video', 'x_video', 'whatsapp_voice_note'];
    const source = await bench.make('bunny.mp4', [
      '-i',
      fixture('big-buck-bunny-6s.mp4'),
      '-t',
      '3.1',
      '-map',
      '0',
      '-c',
      'copy',
    ]);
    const outcomes = await bench.render(source, codes, {
      tools,
      onProgress: (fraction) => seen.push(fraction),
    });

    const sizes = codes.map((code) => [
      code,
      made(outcomes, code).measured.width,
      made(outcomes, code).measured.height,
    ]);
    expect(sizes).toEqual([
      ['whatsapp_video', 854, 480],
      ['reel_video', 1080, 1920],
      ['x_video', 1280, 720],
      ['whatsapp_voice_note', null, null],
    ]);
    expect(made(outcomes, 'whatsapp_video').measured).toMatchObject({
      video: 'h264 Main',
      audio: 'aac',
      fps: 24,
    });
    expect(made(outcomes, 'reel_video').measured).toMatchObject({ video: 'h264 High', audio: 'aac' });
    expect(made(outcomes, 'whatsapp_voice_note')).toMatchObject({
      mime: 'audio/ogg; codecs=opus',
      extension: 'ogg',
    });
    for (const code of codes) {
      expect(made(outcomes, code).measured.bytes).toBeLessThanOrEqual(bench.format(code).maxBytes);
    }
    expect(await calls()).toHaveLength(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.at(-1)).toBe(0.99);
    // The source has six channels and is some 10 dB too quiet.
    expect(Math.abs((await loudness(made(outcomes, 'whatsapp_video').path)) + 14)).toBeLessThan(1);
    expect(Math.abs((await loudness(made(outcomes, 'whatsapp_voice_note').path)) + 16)).toBeLessThan(1);
  }, 110_000);

  it('carry neither place nor author, and start at once', async () => {
    const source = await bench.make('located.mov', [
      ...clip({ seconds: 1, rate: 10 }),
      ...[
        '-metadata',
        'location=+26.9124+075.7873/',
        '-metadata',
        'artist=Somebody',
        '-movflags',
        'use_metadata_tags',
      ],
    ]);
    expect((await readFile(source)).includes('Somebody')).toBe(true);
    const bytes = await readFile(made(await bench.render(source, ['x_video']), 'x_video').path);

    expect(['Somebody', '+26.9124', 'Lavf'].filter((text) => bytes.includes(text))).toEqual([]);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  it('are turned upright, made even and slowed to the platform’s frame rate', async () => {
    const odd = ['-vf', 'scale=321:241', '-pix_fmt', 'yuv444p'];
    const flat = await bench.make('flat.mp4', [...clip({ seconds: 1, rate: 60 }), ...odd]);
    // A quarter turn as phones write it: ffmpeg of different versions is told of one in different ways.
    const quarter: [number, number][] = [
      [40, 0],
      [44, 0x00010000],
      [52, 0xffff0000],
      [56, 0],
    ];
    const upright = await readFile(flat);
    const turned = await bench.write(
      'turned.mp4',
      quarter.reduce<Buffer>(
        (film, [at, value]) => patchBox(film, ['moov', 'trak', 'tkhd'], at, value),
        upright,
      ),
    );
    const { measured } = made(await bench.render(turned, ['whatsapp_video']), 'whatsapp_video');

    expect([measured.width, measured.height, measured.fps]).toEqual([242, 322, 30]);
  });

  it('keep the focal point in a crop', async () => {
    const source = await bench.make('halves.mp4', [
      ...[
        '-f',
        'lavfi',
        '-i',
        'color=red:s=320x180:d=2:r=10',
        '-f',
        'lavfi',
        '-i',
        'color=blue:s=320x180:d=2:r=10',
      ],
      ...['-filter_complex', 'hstack', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
    ]);
    const at = (x: number, key: string) => ({
      ...bench.wanted('whatsapp_status_video', { framing: 'crop', focal: { x, y: 0.5 } }),
      key,
    });
    const outcomes = await bench.render(source, [at(0.1, 'left'), at(0.9, 'right')]);
    const [red = 0, , noBlue = 0] = await pixel(await frame(made(outcomes, 'left').path), 360, 640);
    const [noRed = 0, , blue = 0] = await pixel(await frame(made(outcomes, 'right').path), 360, 640);

    expect([red > 200, noBlue < 60, noRed < 60, blue > 200]).toEqual([true, true, true, true]);
  });

  it('in HDR are brought into the normal range', async () => {
    const source = await bench.make('hdr.mp4', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=1:r=10', '-c:v', 'libx265', '-pix_fmt', 'yuv420p10le'],
      ...['-x265-params', 'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'],
    ]);
    const outcomes = await bench.render(source, ['x_video']);

    expect(made(outcomes, 'x_video').measured.video).toBe('h264 High');
  });

  it('larger than any output, without sound, from other containers, and moving GIFs are taken', async () => {
    const large = await bench.make('large.webm', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:d=1:r=10', '-c:v', 'libvpx', '-deadline', 'realtime'],
    ]);
    const gif = await bench.make('moving.gif', ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=2:r=5']);
    const [fromWebm, fromGif] = [
      await bench.render(large, ['x_video']),
      await bench.render(gif, ['whatsapp_video']),
    ];

    expect(made(fromWebm, 'x_video').measured).toMatchObject({ width: 1280, height: 720, audio: null });
    expect(made(fromGif, 'whatsapp_video').measured).toMatchObject({ width: 320, height: 180, audio: null });
  });

  it('a moment over the limit are cut to it', async () => {
    const source = await bench.make('over.mp4', clip({ seconds: 30.2, rate: 2, size: '128x96' }));
    const { measured } = made(await bench.render(source, ['whatsapp_status_video']), 'whatsapp_status_video');

    expect(measured.durationMs).toBeLessThanOrEqual(30_050);
  });

  it('that need the identical file are encoded once', async () => {
    const { tools, calls } = await counting();
    const one = bench.wanted('x_video');
    const copy = {
      ...one,
      key: 'copy',
      format: { ...one.format, code: 'copy_video', maxBytes: 400_000_000 },
    };
    const source = await bench.make('once.mp4', clip({ seconds: 1, rate: 10 }));
    const outcomes = await bench.render(source, [one, copy], { tools });
    const [line = ''] = await calls();

    expect(made(outcomes, 'copy').path).not.toBe(made(outcomes, 'x_video').path);
    expect(await readFile(made(outcomes, 'copy').path)).toEqual(
      await readFile(made(outcomes, 'x_video').path),
    );
    expect(line.match(/libx264/g)).toHaveLength(1);
  });

  it('that cannot be encoded fail alone', async () => {
    const { tools, calls } = await counting();
    const good = bench.wanted('x_video');
    const { format } = good;
    if (format.kind !== 'video') throw new Error('x_video is no video');
    const audio = { ...format.audio, sampleRate: 47_999 };
    const bad = { ...good, key: 'bad', format: { ...format, audio } };
    const source = await bench.make('alone.mp4', clip({ seconds: 1, rate: 10 }));
    const outcomes = await bench.render(source, [bad, good], { tools });

    expect(outcomes.get('bad')?.ok).toBe(false);
    expect(made(outcomes, 'x_video').measured.width).toBe(1280);
    expect(await calls()).toHaveLength(3);
  });

  it('that came out over their bytes are encoded once more, smaller', async () => {
    const source = await bench.make('noise.mp4', [
      ...['-f', 'lavfi', '-i', 'nullsrc=s=640x360:r=25:d=2,geq=random(1)*255:128:128'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '30', '-pix_fmt', 'yuv420p'],
    ]);
    const tight = { ...bench.wanted('x_video'), format: { ...bench.format('x_video'), maxBytes: 150_000 } };
    const { measured } = made(await bench.render(source, [tight]), 'x_video');

    expect(measured.bytes).toBeLessThanOrEqual(150_000);
  });

  it('cancelled on the way go no further: their encoder has ended when the run has', async () => {
    const abort = new AbortController();
    const outcomes = await bench.render(fixture('big-buck-bunny-6s.mp4'), ['youtube_video'], {
      signal: abort.signal,
      onProgress: (fraction) => {
        if (fraction > 0.3) abort.abort();
      },
    });

    expect(failureCode(outcomes, 'youtube_video')).toBe('cancelled');
    expect(abort.signal.aborted).toBe(true);
    await expect(mediaProgramsIn(bench.folder)).resolves.toEqual([]);
  });
});

describe('sound', () => {
  it('becomes a voice note from a sound file, and no video where the platform takes sound', async () => {
    const source = await bench.make('voice.mp3', [
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=300:d=3,volume=0.1',
      '-ac',
      '2',
    ]);
    const outcomes = await bench.render(source, ['whatsapp_voice_note', 'whatsapp_video']);

    expect(made(outcomes, 'whatsapp_voice_note').measured).toMatchObject({ audio: 'opus', width: null });
    expect(failureCode(outcomes, 'whatsapp_video')).toBe('wrong_kind_for_format');
  });

  it.each([
    ['wav', 'pcm_s16le'],
    ['flac', 'flac'],
    ['m4a', 'aac'],
    ['ogg', 'libopus'],
    ['aac', 'aac'],
  ])('is taken as %s', async (extension, codec) => {
    const source = await bench.make(`tone.${extension}`, ['-f', 'lavfi', '-i', 'sine=d=2', '-c:a', codec]);

    expect(made(await bench.render(source, ['whatsapp_voice_note']), 'whatsapp_voice_note').extension).toBe(
      'ogg',
    );
  });

  it('that is silent is left as it is', async () => {
    const source = await bench.make('silence.wav', ['-f', 'lavfi', '-i', 'anullsrc=r=48000', '-t', '2']);

    expect(
      made(await bench.render(source, ['whatsapp_voice_note']), 'whatsapp_voice_note').measured.audio,
    ).toBe('opus');
  });
});

describe('inspecting timed media', () => {
  it('gives length, size and a frame of a video', async () => {
    const path = fixture('big-buck-bunny-6s.mp4');
    const outcome = await inspect({ inputPath: path, workDir: await bench.work(), tools: bench.tools });

    expect(outcome).toMatchObject({
      ok: true,
      inspection: {
        kind: 'video',
        width: 854,
        height: 480,
        hasAudio: true,
        previewWidth: 640,
        previewHeight: 360,
      },
    });
    expect(outcome.ok && Math.abs((outcome.inspection.durationMs ?? 0) - 6083) < 50).toBe(true);
  });

  it('draws the wave of a sound, and calls a video container without pictures a sound', async () => {
    const path = await bench.make('only-sound.mp4', ['-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'aac']);
    const outcome = await inspect({ inputPath: path, workDir: await bench.work(), tools: bench.tools });
    if (!outcome.ok) throw outcome.failure;
    const { data, info } = await sharp(outcome.inspection.previewPath ?? '')
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect(outcome.inspection).toMatchObject({
      kind: 'audio',
      width: null,
      hasAudio: true,
      suggestedFocal: null,
    });
    expect([info.width, info.height]).toEqual([640, 160]);
    expect(data.some((value) => value < 100)).toBe(true);
  });
});
