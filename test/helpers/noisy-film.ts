import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A film of noise: cheap to make, because two seconds are repeated, and slow to encode again. */
export async function noisyFilm({ seconds = 6, size = '854x480' } = {}): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tathya-film-'));
  try {
    const [once, all] = [path.join(folder, 'once.mp4'), path.join(folder, 'all.mp4')];
    const sources = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=30:d=2`, '-f', 'lavfi', '-i', 'sine=d=2'];
    const codecs = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-crf',
      '36',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
    ];
    await run('ffmpeg', ['-v', 'error', ...sources, '-vf', 'noise=alls=25:allf=t', ...codecs, once]);
    const repeats = String(Math.ceil(seconds / 2) - 1);
    await run('ffmpeg', ['-v', 'error', '-stream_loop', repeats, '-i', once, '-c', 'copy', all]);
    return await readFile(all);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
