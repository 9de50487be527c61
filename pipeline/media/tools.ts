import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Linux helpers put before a media program; each is null where the machine has none or forbids it. */
export interface Wrappers {
  nice: string | null;
  /** Memory, CPU and file size ceilings. */
  prlimit: string | null;
  /** A command that takes the network away. */
  unshare: readonly string[] | null;
  /** Kills the program when this process dies. */
  setpriv: string | null;
}

/** The media programs of this machine, found once and passed to everything that runs them. */
export interface MediaTools {
  ffmpeg: string;
  ffprobe: string;
  /** For example `5.1.9-0+deb12u1`; recorded beside what was made. */
  version: string;
  /** False when this build cannot bring HDR video into the normal range. */
  toneMap: boolean;
  wrappers: Wrappers;
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
  return stdout.trim();
}

async function firstWorking(candidates: readonly (readonly string[])[]): Promise<readonly string[] | null> {
  for (const candidate of candidates) {
    const [file, ...args] = candidate;
    if (file && (await works(file, [...args, '--', 'true']))) return candidate;
  }
  return null;
}

/**
 * Finds ffmpeg and ffprobe (beside `ffmpegPath` when one is given, else on the path) and the
 * wrappers the kernel allows. Rejects when ffmpeg is absent or cannot make H.264, AAC, Opus or PNG.
 */
export async function detectTools({
  ffmpegPath,
}: {
  ffmpegPath?: string | undefined;
} = {}): Promise<MediaTools> {
  let ffmpeg: string;
  let ffprobe: string;
  let banner: string;
  let encoders: string;
  let filters: string;
  try {
    ffmpeg = await locate(ffmpegPath ?? 'ffmpeg');
    ffprobe = await locate(ffmpegPath ? join(dirname(ffmpeg), 'ffprobe') : 'ffprobe');
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
  return {
    ffmpeg,
    ffprobe,
    version: /version (\S+)/.exec(banner)?.[1] ?? 'unknown',
    toneMap: /\szscale\s/.test(filters) && /\stonemap\s/.test(filters),
    wrappers: {
      nice: nice ? await locate('nice') : null,
      prlimit: prlimit ? await locate('prlimit') : null,
      unshare: unshare ? [await locate('unshare'), ...unshare.slice(1)] : null,
      setpriv: setpriv ? await locate('setpriv') : null,
    },
  };
}
