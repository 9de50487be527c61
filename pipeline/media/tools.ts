import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Wrappers } from './confine.js';
import { createPictureProcesses, type PictureProcesses } from './picture-process/pool.js';

const run = promisify(execFile);

/** The media programs of this machine, found once and passed to everything that runs them. */
export interface MediaTools {
  ffmpeg: string;
  ffprobe: string;
  /** For example `5.1.9-0+deb12u1`; recorded beside what was made. */
  version: string;
  /** False when this build cannot bring HDR video into the normal range. */
  toneMap: boolean;
  /** False when this build, without libass, cannot write subtitles into a picture. */
  subtitles: boolean;
  wrappers: Wrappers;
  /** Where pictures of others are decoded; ended with `close` when the tools are not needed any more. */
  pictures: PictureProcesses;
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(file, [...args], { timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

/** Absolute path of a program, because programs run here get an environment of their own. */
async function locate(name: string): Promise<string> {
  const { stdout } = await run('sh', ['-c', 'command -v "$1"', 'sh', name]);
  return resolve(stdout.trim());
}

/** The ffprobe that was named, else the one that came with this ffmpeg, else the machine's. */
async function locateFfprobe(named: string | null, ffmpeg: string): Promise<string> {
  if (named !== null) return locate(named);
  return locate(join(dirname(ffmpeg), 'ffprobe')).catch(() => locate('ffprobe'));
}

async function firstWorking(candidates: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const candidate of candidates) {
    const [file, ...args] = candidate;
    if (file && (await works(file, [...args, '--', 'true']))) return candidate;
  }
  return null;
}

/**
 * Finds ffmpeg and ffprobe and the wrappers the kernel allows. Rejects when one of the programs is absent or
 * ffmpeg cannot make H.264, AAC, Opus or PNG.
 */
export async function detectTools({
  ffmpegPath = 'ffmpeg',
  ffprobePath = null,
}: {
  ffmpegPath?: string;
  /** Null for the one beside ffmpeg. */
  ffprobePath?: string | null;
} = {}): Promise<MediaTools> {
  let ffmpeg: string;
  let ffprobe: string;
  let banner: string;
  let encoders: string;
  let filters: string;
  try {
    ffmpeg = await locate(ffmpegPath);
    ffprobe = await locateFfprobe(ffprobePath, ffmpeg);
    banner = (await run(ffmpeg, ['-hide_banner', '-version'])).stdout;
    encoders = (await run(ffmpeg, ['-hide_banner', '-encoders'], { maxBuffer: 4_000_000 })).stdout;
    filters = (await run(ffmpeg, ['-hide_banner', '-filters'], { maxBuffer: 4_000_000 })).stdout;
    await run(ffprobe, ['-hide_banner', '-version']);
  } catch (cause) {
    throw new Error('ffmpeg and ffprobe are needed and could not be run', { cause });
  }
  const missing = ['libx264', 'aac', 'libopus', 'png'].filter(
    (name) => !new RegExp(`\\s${name}\\s`).test(encoders),
  );
  if (missing.length > 0) throw new Error(`this ffmpeg cannot encode ${missing.join(', ')}`);
  const [nice, prlimit, unshare, setpriv] = await Promise.all([
    works('nice', ['-n', '10', 'true']),
    works('prlimit', ['--core=0', '--', 'true']),
    firstWorking([
      ['unshare', '--net'],
      ['unshare', '--user', '--map-current-user', '--net'],
    ]),
    works('setpriv', ['--pdeathsig', 'KILL', '--no-new-privs', '--', 'true']),
  ]);
  const wrappers: Wrappers = {
    nice: nice ? await locate('nice') : null,
    prlimit: prlimit ? await locate('prlimit') : null,
    unshare: unshare ? [await locate('unshare'), ...unshare.slice(1)] : null,
    setpriv: setpriv ? await locate('setpriv') : null,
  };
  return {
    ffmpeg,
    ffprobe,
    version: /version (\S+)/.exec(banner)?.[1] ?? 'unknown',
    subtitles: /\sass\s/.test(filters),
    toneMap: /\szscale\s/.test(filters) && /\stonemap\s/.test(filters),
    wrappers,
    pictures: createPictureProcesses({ wrappers }),
  };
}
