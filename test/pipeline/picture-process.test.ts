import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../pipeline/media/limits.js';
import { MediaFailure } from '../../pipeline/media/media-failure.js';
import { decodeApart } from '../../pipeline/media/picture-process/decode-apart.js';
import { createPictureProcesses, type PictureProcesses } from '../../pipeline/media/picture-process/pool.js';
import type { ProbeInput } from '../../pipeline/media/probed.js';
import { detectTools, type MediaTools } from '../../pipeline/media/tools.js';
import { eventually } from '../helpers/eventually.js';
import { fixture } from '../helpers/media-files.js';
import { isRunning, pictureProcessesOf } from '../helpers/picture-processes.js';

const secret = 'postgres://app:hidden@db.example/tathya';
let folder: string;
let found: MediaTools;
let pools: PictureProcesses[];
/** Takes seconds to decode, and 288 MB: it is stored in seven passes, so that all its pixels are held at once. */
let large: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tathya-pictures-'));
  found = await detectTools();
  pools = [];
  large = join(folder, 'large.png');
  await sharp({ create: { width: 6000, height: 6000, channels: 4, background: '#3355aa' } })
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .toFile(large);
});
afterEach(async () => {
  for (const pool of pools.splice(0)) pool.close();
  await eventually(async () => (await pictureProcessesOf(process.pid)).length === 0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A worker's way to pictures, with a pool of its own. */
async function openInput(
  options: { most?: number; memoryBytes?: number; path?: string; signal?: AbortSignal } = {},
): Promise<ProbeInput> {
  const { path = good, signal, ...sizes } = options;
  const pictures = createPictureProcesses({ wrappers: found.wrappers, ...sizes });
  pools.push(pictures);
  const workDir = await mkdtemp(join(folder, 'work-'));
  return { path, workDir, tools: { ...found, pictures }, limits: defaultLimits, signal };
}

const good = fixture('landscape-exif-1.jpg');
const size = { width: 90, height: 60 };

function fateOf(decoded: Promise<unknown>): Promise<string> {
  return decoded.then(
    () => 'decoded',
    (error: unknown) => (error instanceof MediaFailure ? error.code : String(error)),
  );
}

async function onlyProcess(): Promise<number> {
  const [pid, ...more] = await pictureProcessesOf(process.pid);
  if (pid === undefined || more.length > 0) throw new Error('not one process for pictures');
  return pid;
}

describe.runIf(process.platform === 'linux')('a process for pictures', () => {
  it('decodes one picture after the other, and leaves nothing in their folder', async () => {
    const input = await openInput();
    const first = await decodeApart(input, { size });
    const pid = await onlyProcess();
    const second = await decodeApart(input, { size });

    expect(first).toMatchObject({ ...size, channels: 3 });
    expect(first.data.equals(second.data)).toBe(true);
    expect(await onlyProcess()).toBe(pid);
    expect(await readdir(input.workDir)).toEqual([]);
  });

  it('knows no secret, has no network, and may fill no more than its share', async () => {
    process.env.DATABASE_URL = secret;
    try {
      await decodeApart(await openInput(), { size });
    } finally {
      delete process.env.DATABASE_URL;
    }
    const pid = await onlyProcess();
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8');

    expect(environment.join(' ')).not.toContain('hidden');
    expect(
      environment
        .map((line) => line.split('=')[0])
        .filter(Boolean)
        .sort(),
    ).toEqual(
      [
        ...['AV_LOG_FORCE_NOCOLOR', 'FONTCONFIG_FILE', 'HOME', 'LC_ALL', 'MALLOC_ARENA_MAX', 'PATH'],
        ...['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'],
      ].sort(),
    );
    if (found.wrappers.prlimit) {
      expect(limits).toMatch(/Max data size\s+1342177280 /);
      expect(limits).toMatch(/Max core file size\s+0 /);
    }
    if (found.wrappers.unshare)
      expect(await readlink(`/proc/${pid}/ns/net`)).not.toBe(await readlink('/proc/self/ns/net'));
  });

  it('that crashes in the middle of a picture costs a repeat, and nobody notices', async () => {
    const input = await openInput();
    await decodeApart(input, { size });
    const pid = await onlyProcess();
    process.kill(pid, 'SIGSTOP');
    const decoded = decodeApart(input, { size });
    process.kill(pid, 'SIGSEGV');
    process.kill(pid, 'SIGCONT');

    expect(await fateOf(decoded)).toBe('decoded');
    expect(await onlyProcess()).not.toBe(pid);
    expect(await fateOf(decodeApart(input, { size }))).toBe('decoded');
  });

  it('that crashes over the same picture twice has met a damaged one, and the next is decoded again', async () => {
    const input = await openInput({ path: large });
    const fate = fateOf(decodeApart(input, { size }));
    const crashed = new Set<number>();
    while (crashed.size < 2) {
      for (const pid of await pictureProcessesOf(process.pid)) {
        // Its folder is where it works: before that it has no picture yet.
        if (!crashed.has(pid) && (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === input.workDir) {
          process.kill(pid, 'SIGSEGV');
          crashed.add(pid);
        }
      }
    }

    expect(await fate).toBe('damaged');
    expect(await fateOf(decodeApart({ ...input, path: good }, { size }))).toBe('decoded');
  });

  it('that the kernel takes for lack of memory fails its task for a reason that a repeat may cure', async () => {
    const input = await openInput();
    await decodeApart(input, { size });
    const pid = await onlyProcess();
    process.kill(pid, 'SIGSTOP');
    const decoded = decodeApart(input, { size });
    // Within this turn the task is handed over; killed before that, a process would not be at it yet.
    await nextTurn();
    process.kill(pid, 'SIGKILL');

    expect(await fateOf(decoded)).toBe('memory_limit');
    expect(await fateOf(decodeApart(input, { size }))).toBe('decoded');
  });

  it('whose picture wants more memory than there may be says that it is too large, and only then is gone', async () => {
    const input = await openInput({ path: large, memoryBytes: 300 * 1024 ** 2 });

    expect(await fateOf(decodeApart(input, { size }))).toBe('too_many_pixels');
    expect(await fateOf(decodeApart({ ...input, path: good }, { size }))).toBe('decoded');
  });

  it('that hangs is killed at the time limit, with all it has started', async () => {
    const input = await openInput();
    await decodeApart(input, { size });
    const pid = await onlyProcess();
    process.kill(pid, 'SIGSTOP');
    const limits = { ...defaultLimits, imageWallMs: 1 };

    expect(await fateOf(decodeApart({ ...input, limits }, { size }))).toBe('time_limit');
    expect(await isRunning(pid)).toBe(false);
    expect(await fateOf(decodeApart(input, { size }))).toBe('decoded');
  });

  it('is killed when its task is cancelled; one cancelled before never starts, one that waits never will', async () => {
    const abort = new AbortController();
    const input = await openInput({ most: 1 });
    await decodeApart(input, { size });
    const pid = await onlyProcess();
    process.kill(pid, 'SIGSTOP');
    const running = fateOf(decodeApart({ ...input, signal: abort.signal }, { size }));
    const waiting = fateOf(decodeApart({ ...input, signal: abort.signal }, { size }));
    const patient = fateOf(decodeApart(input, { size }));
    // By the next turn the process has its task.
    await turn();
    abort.abort();

    expect(await running).toBe('cancelled');
    expect(await waiting).toBe('cancelled');
    expect(await patient).toBe('decoded');
    expect(await isRunning(pid)).toBe(false);
    expect(await fateOf(decodeApart({ ...input, signal: abort.signal }, { size }))).toBe('cancelled');
  });

  it('is one of as many as there may be, however many pictures come at once', async () => {
    const input = await openInput({ most: 2 });
    const fates = Array.from({ length: 8 }, () => fateOf(decodeApart(input, { size })));
    const counts: number[] = [];
    let over = false;
    const all = Promise.all(fates).finally(() => {
      over = true;
    });
    while (!over) counts.push((await pictureProcessesOf(process.pid)).length);

    expect(new Set(await all)).toEqual(new Set(['decoded']));
    expect(Math.max(...counts)).toBe(2);
  });

  it('goes when the pool closes, and its task ends as cancelled', async () => {
    const input = await openInput();
    await decodeApart(input, { size });
    process.kill(await onlyProcess(), 'SIGSTOP');
    const fate = fateOf(decodeApart(input, { size }));
    input.tools.pictures.close();

    expect(await fate).toBe('cancelled');
    expect(await fateOf(decodeApart(input, { size }))).toBe('cancelled');
  });

  it.each(['signal', 'channel'])('dies with its worker, even by kill -9: by its %s', async (how) => {
    const helper = fileURLToPath(new URL('../helpers/node-with-pictures.ts', import.meta.url));
    const worker = spawn(process.execPath, ['--import', 'tsx', helper, good, how], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => worker.stdout.once('data', resolve));
    const [pid = 0] = await pictureProcessesOf(worker.pid ?? 0);
    expect(await isRunning(pid)).toBe(true);
    worker.kill('SIGKILL');

    await eventually(async () => !(await isRunning(pid)));
  });

  it('believes no picture that is no longer there', async () => {
    const path = join(folder, 'gone.jpg');
    await writeFile(path, '');

    expect(await fateOf(decodeApart(await openInput({ path }), { size }))).toBe('damaged');
  });
});
