import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The machine's own media programs behind scripts, so that a test can hold ffprobe before it begins. */
export interface HeldTools {
  /** For `FFMPEG_PATH`; ffprobe stands beside it. */
  ffmpegPath: string;
  hold(): Promise<void>;
  release(): Promise<void>;
  close(): Promise<void>;
}

export async function createHeldTools(): Promise<HeldTools> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tathya-tools-'));
  const held = path.join(folder, 'held');
  for (const name of ['ffmpeg', 'ffprobe']) {
    const { stdout } = await run('sh', ['-c', 'command -v "$1"', 'sh', name]);
    // A worker that starts asks for the version; that is not reading a file.
    const wait = `case "$*" in *-version*) ;; *) while [ -e '${held}' ]; do sleep 0.05; done ;; esac\n`;
    const script = path.join(folder, name);
    await writeFile(script, `#!/bin/sh\n${name === 'ffprobe' ? wait : ''}exec '${stdout.trim()}' "$@"\n`);
    await chmod(script, 0o755);
  }
  return {
    ffmpegPath: path.join(folder, 'ffmpeg'),
    hold: () => writeFile(held, ''),
    release: () => rm(held, { force: true }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
