import { chmod, readdir, readFile, truncate } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../pipeline/media/inspect.js';
import { defaultLimits, type MediaLimits } from '../../pipeline/media/limits.js';
import type { MediaTools } from '../../pipeline/media/tools.js';
import {
  claimVp8Size,
  clip,
  failureCode,
  fixture,
  gifClaiming,
  lowered,
  type MediaBench,
  openMediaBench,
  pngClaiming,
} from '../helpers/media-files.js';

let bench: MediaBench;
beforeAll(async () => {
  bench = await openMediaBench();
});
afterAll(async () => {
  await bench.close();
});

/** Why a file is refused: by its inspection, and by a render of it, which must agree. */
async function refusal(
  inputPath: string,
  code: string,
  limits: MediaLimits = defaultLimits,
): Promise<string> {
  const seen = await inspect({ inputPath, workDir: await bench.work(), tools: bench.tools, limits });
  const rendered = failureCode(await bench.render(inputPath, [code], { limits }), code);
  const first = seen.ok ? 'accepted' : seen.failure.code;
  return first === rendered ? first : `${first}, then ${rendered}`;
}

describe('a hostile or broken upload', () => {
  it('is refused as empty when it has no bytes', async () => {
    expect(await refusal(await bench.write('zero.jpg', ''), 'x_image')).toBe('empty_file');
  });

  it.each([
    ['page.jpg', '<!doctype html><script>alert(1)</script>', 'type_not_allowed'],
    ['program.mp4', '#!/bin/sh\nrm -rf /\n', 'type_not_allowed'],
    ['archive.png', 'PK\u0003\u0004aaaaaaaaaaaaaaaaaaaa', 'type_not_allowed'],
    [
      'drawing.jpg',
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      'svg_not_allowed',
    ],
    [
      'list.mp4',
      '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.mp4\n#EXT-X-ENDLIST\n',
      'playlist_not_allowed',
    ],
    ['concat.mp4', 'ffconcat version 1.0\nfile sibling.mp4\n', 'playlist_not_allowed'],
    [
      'dash.mp4',
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
      'playlist_not_allowed',
    ],
    ['phone.jpg', '\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'heic_not_supported'],
    ['both.gif', 'GIF89a\n\0\n\0\0\0\0<script>alert(1)</script>', 'type_mismatch'],
    ['nothing.mp4', '\0\0\0\u0018ftypisom\0\0\u0002\0isomiso2', 'damaged'],
  ])('named %s is decided by its content, not by its name', async (name, content, code) => {
    await bench.write('sibling.mp4', await readFile(fixture('big-buck-bunny-6s.mp4')));

    expect(await refusal(await bench.write(name, Buffer.from(content, 'latin1')), 'x_image')).toBe(code);
  });

  it('is refused when a tiny PNG claims 256 megapixels', async () => {
    expect(await refusal(await bench.write('flood.png', pngClaiming(16000, 16000)), 'x_image')).toBe(
      'too_many_pixels',
    );
  });

  it('is refused when a tiny GIF unfolds into billions of pixels', async () => {
    const gif = await bench.write('long.gif', gifClaiming(3000, 3000, 3000));

    expect(await refusal(gif, 'x_video')).toBe('too_many_frames');
  });

  it('is refused when the pictures inside a video are larger than its header says', async () => {
    const small = await bench.make('vp8.webm', [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=2', '-c:v', 'libvpx', '-deadline', 'realtime'],
    ]);
    const flood = await bench.write('flood.webm', await claimVp8Size(small, 16000, 16000));

    expect(await refusal(flood, 'x_video')).toBe('too_many_pixels');
  });

  it('is refused when a video frame has more pixels than allowed', async () => {
    const wide = await bench.make('wide.mp4', clip({ seconds: 1, size: '640x480', rate: 5 }));
    const limits = lowered(defaultLimits, { maxVideoPixels: 300_000 });

    expect(await refusal(wide, 'x_video', limits)).toBe('too_many_pixels');
  });

  it('is refused when a JPEG is cut short', async () => {
    const cut = await bench.write(
      'cut.jpg',
      (await readFile(fixture('landscape-exif-6.jpg'))).subarray(0, 80_000),
    );

    expect(await refusal(cut, 'x_image')).toBe('damaged');
  });

  it('is refused when an MP4 stops before the end its header promises', async () => {
    const cut = await bench.write('cut.mp4', await readFile(fixture('big-buck-bunny-6s.mp4')));
    await truncate(cut, 300_000);

    expect(await refusal(cut, 'x_video')).toBe('duration_mismatch');
  });

  it('is refused when an MP4 lost its index', async () => {
    const late = await bench.make('late.mp4', clip({ seconds: 1 }));
    await truncate(late, 20_000);

    expect(await refusal(late, 'x_video')).toBe('damaged');
  });

  it.each([
    [1000, 'damaged'],
    [108_000, 'too_long'],
  ])('is refused when its clock jumps %i seconds between two frames', async (seconds, code) => {
    const bomb = await bench.make(`gap-${seconds}.mkv`, [
      ...['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=10:d=3', '-vf', `setpts=PTS+gt(N\\,10)*${seconds}/TB`],
      ...['-fps_mode', 'passthrough', '-c:v', 'libx264', '-bf', '0', '-preset', 'ultrafast'],
    ]);

    expect(await refusal(bomb, 'x_video')).toBe(code);
  });

  it('is refused when it holds too many tracks', async () => {
    const many = Array.from({ length: 20 }, () => ['-map', '0']).flat();
    const file = await bench.make('many.mkv', [
      '-f',
      'lavfi',
      '-i',
      'sine=d=1',
      ...many,
      '-c:a',
      'pcm_s16le',
    ]);

    expect(await refusal(file, 'whatsapp_voice_note')).toBe('too_many_streams');
  });

  it('is refused when it has neither picture nor sound', async () => {
    const text = await bench.write('words.srt', '1\n00:00:00,000 --> 00:00:02,000\nwords\n');
    const file = await bench.make('words.mkv', ['-i', text, '-c:s', 'srt']);

    expect(await refusal(file, 'x_video')).toBe('no_video_stream');
  });

  it('is refused when only a rarely used decoder could read it', async () => {
    const file = await bench.make('rare.avi', [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=128x128:d=1',
      '-c:v',
      'magicyuv',
    ]);

    expect(await refusal(file, 'x_video')).toBe('codec_not_allowed');
  });

  it('leaves nothing in the work folder that was not asked for', async () => {
    const workDir = await bench.work();
    const list = await bench.write('left.mp4', 'ffconcat version 1.0\nfile sibling.mp4\n');
    await bench.render(list, ['x_video'], { workDir });
    await inspect({ inputPath: list, workDir, tools: bench.tools });

    expect(await readdir(workDir)).toEqual([]);
  });
});

/** A stand-in for ffmpeg that does what `script` says; probing stays real. */
async function withFfmpeg(name: string, script: string): Promise<MediaTools> {
  const ffmpeg = await bench.write(name, `#!/bin/sh\n${script}\n`);
  await chmod(ffmpeg, 0o755);
  return { ...bench.tools, ffmpeg };
}

describe('a source that cannot become what is asked', () => {
  it('says what a format is made from when the kind is wrong', async () => {
    const picture = fixture('landscape-exif-1.jpg');
    const pdf = await bench.write('paper.pdf', '%PDF-1.4\n%%EOF\n');

    expect(failureCode(await bench.render(picture, ['reel_video']), 'reel_video')).toBe(
      'wrong_kind_for_format',
    );
    expect(failureCode(await bench.render(pdf, ['x_image']), 'x_image')).toBe('wrong_kind_for_format');
  });

  it('says too short, too long and not small enough by the platform’s numbers', async () => {
    const short = await bench.make('short.mp4', clip({ seconds: 1, rate: 5 }));
    const long = await bench.make('long.mp4', clip({ seconds: 200, rate: 1, size: '128x96', sound: false }));
    const outcomes = await bench.render(long, [
      'whatsapp_status_video',
      'reel_video',
      'whatsapp_video',
      'x_video',
    ]);

    expect(failureCode(await bench.render(short, ['reel_video']), 'reel_video')).toBe('too_short');
    // A flash that is shorter than half a picture of any rate that is made.
    const flash = await bench.make('flash.mp4', clip({ seconds: 0.01, rate: 1000, sound: false }));
    expect(failureCode(await bench.render(flash, ['whatsapp_video']), 'whatsapp_video')).toBe('too_short');
    expect(failureCode(outcomes, 'whatsapp_status_video')).toBe('too_long');
    expect(failureCode(outcomes, 'reel_video')).toBe('too_long');
    expect(failureCode(outcomes, 'x_video')).toBe('too_long');
    // 200 s leave 601 kbit/s of 16 MB: just enough without sound, too little with it.
    expect(failureCode(outcomes, 'whatsapp_video')).toBe('made');
    const heard = await bench.make('heard.mp4', clip({ seconds: 200, rate: 1, size: '128x96' }));
    expect(failureCode(await bench.render(heard, ['whatsapp_video']), 'whatsapp_video')).toBe(
      'does_not_fit_bytes',
    );
  });

  it('asks for sound when a silent video should become a voice note', async () => {
    const silent = await bench.make('silent.mp4', clip({ seconds: 1, rate: 5, sound: false }));

    expect(failureCode(await bench.render(silent, ['whatsapp_voice_note']), 'whatsapp_voice_note')).toBe(
      'no_audio_stream',
    );
  });

  it('refuses a picture with too few pixels to show', async () => {
    const dot = await bench.make('dot.png', ['-f', 'lavfi', '-i', 'color=red:s=10x10', '-frames:v', '1']);

    expect(failureCode(await bench.render(dot, ['x_image']), 'x_image')).toBe('too_small');
  });

  it('says so when no quality fits the bytes of a picture', async () => {
    const tight = { ...bench.wanted('x_image'), format: { ...bench.format('x_image'), maxBytes: 20_000 } };
    const outcomes = await bench.render(fixture('landscape-exif-1.jpg'), [tight]);

    expect(failureCode(outcomes, 'x_image')).toBe('does_not_fit_bytes');
  });

  it('stops at the time limit, at a stall and at a cancel, with different reasons', async () => {
    const source = fixture('big-buck-bunny-6s.mp4');
    const hanging = await withFfmpeg('hanging', 'trap "" TERM INT HUP\nwhile :; do sleep 1; done');
    // The limit is shared with measuring loudness, which this stand-in never finishes either.
    const soon = lowered(defaultLimits, { renderWallBaseMs: -5_700, renderWallPerDuration: 0 });
    const quiet = lowered(defaultLimits, { stallMs: 300 });
    const timed = await bench.render(source, ['x_video'], {
      tools: hanging,
      limits: soon,
    });
    const stalled = await bench.render(source, ['x_video'], { tools: hanging, limits: quiet });
    const cancelled = await bench.render(source, ['x_video'], {
      tools: hanging,
      signal: AbortSignal.timeout(800),
    });

    expect(failureCode(timed, 'x_video')).toBe('time_limit');
    expect(failureCode(stalled, 'x_video')).toBe('stalled');
    expect(failureCode(cancelled, 'x_video')).toBe('cancelled');
  });

  it('knows a full disk from a bad file', async () => {
    const full = await withFfmpeg(
      'full',
      'echo "av_interleaved_write_frame(): No space left on device" >&2\nexit 1',
    );
    const outcomes = await bench.render(fixture('big-buck-bunny-6s.mp4'), ['x_video'], { tools: full });

    expect(failureCode(outcomes, 'x_video')).toBe('disk_full');
  });

  it('reports memory when the ceiling is reached, and takes the machine no further', async () => {
    const limits = lowered(defaultLimits, { renderMemoryBytes: 450 * 1024 * 1024 });
    const outcomes = await bench.render(fixture('big-buck-bunny-6s.mp4'), ['youtube_video'], { limits });

    expect(failureCode(outcomes, 'youtube_video')).toBe('memory_limit');
  });

  it('does not keep a file that breaks its format, even when ffmpeg says all is well', async () => {
    const wrong = await withFfmpeg(
      'wrong',
      `for last; do :; done\ncase "$last" in *.mp4) exec ${bench.tools.ffmpeg} -v error -y -f lavfi -i testsrc2=s=320x180:d=6 -c:v libx264 -movflags +faststart "$last";; esac\nexec ${bench.tools.ffmpeg} "$@"`,
    );
    const outcomes = await bench.render(fixture('big-buck-bunny-6s.mp4'), ['x_video'], { tools: wrong });

    expect(failureCode(outcomes, 'x_video')).toBe('output_not_valid');
  });
});
