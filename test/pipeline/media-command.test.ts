import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programFailure } from '../../pipeline/media/program-failure.js';
import { progressLines } from '../../pipeline/media/progress.js';
import { type Command, type CommandResult, runCommand } from '../../pipeline/media/run-command.js';
import { detectTools, type MediaTools } from '../../pipeline/media/tools.js';
import { eventually } from '../helpers/eventually.js';

let folder: string;
let tools: MediaTools;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tathya-command-'));
  tools = await detectTools();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
  await chmod(join(folder, name), 0o755);
  return join(folder, name);
}

function run(program: string, part: Partial<Command> = {}): Promise<CommandResult> {
  return runCommand({
    wrappers: tools.wrappers,
    program,
    args: [],
    directory: folder,
    limits: { addressSpaceBytes: 1024 ** 3, cpuSeconds: 30, fileBytes: 1024 ** 2 },
    wallMs: 20_000,
    ...part,
  });
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    // A zombie has an entry but runs no more.
    return !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A program that shrugs off every polite signal, starts a child that does too, and names both. */
const stubborn = (file: string): string =>
  `trap "" TERM INT HUP\nsh -c 'trap "" TERM INT HUP; while :; do sleep 1; done' &\necho "$$ $!" > ${file}.part\nmv ${file}.part ${file}\nwhile :; do sleep 1; done`;

async function pidsIn(file: string): Promise<number[]> {
  const text = await eventually(() => readFile(file, 'utf8'));
  return text.trim().split(' ').map(Number);
}

describe('running a media program', () => {
  it('kills one that ignores SIGTERM, and its children, at the time limit', async () => {
    const file = join(folder, 'pids-time');
    const program = await script('stubborn', stubborn(file));
    const result = await run(program, { wallMs: 1500 });
    const pids = await pidsIn(file);

    expect(result.stopped).toBe('time_limit');
    expect(pids).toHaveLength(2);
    await eventually(async () => (await Promise.all(pids.map(isAlive))).every((alive) => !alive));
  });

  it('kills one whose work is cancelled, and never starts one cancelled before', async () => {
    const file = join(folder, 'pids-cancel');
    const program = await script('cancelled', stubborn(file));
    const abort = new AbortController();
    const running = run(program, { signal: abort.signal });
    const pids = await pidsIn(file);
    abort.abort();

    expect((await running).stopped).toBe('cancelled');
    await eventually(async () => (await Promise.all(pids.map(isAlive))).every((alive) => !alive));
    await rm(file);
    expect((await run(program, { signal: abort.signal })).stopped).toBe('cancelled');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('kills one that keeps talking but gets nowhere', async () => {
    const program = await script(
      'stuck',
      'while :; do echo out_time_us=1000000; echo frame=25; sleep 0.05; done',
    );
    const positions: number[] = [];
    const result = await run(program, { stallMs: 800, onLine: progressLines((ms) => positions.push(ms)) });

    expect(result.stopped).toBe('stalled');
    expect(positions).toEqual([1000]);
  });

  it('lets one that moves run on past the stall time', async () => {
    const program = await script(
      'moving',
      'for i in 1 2 3 4 5 6 7 8; do echo "out_time_us=$i"00; sleep 0.2; done',
    );

    expect(await run(program, { stallMs: 900, onLine: progressLines(() => undefined) })).toMatchObject({
      exitCode: 0,
      stopped: null,
    });
  });

  it('keeps the end of what it says and stops one that says too much', async () => {
    const wordy = await script(
      'wordy',
      'i=0; while [ $i -lt 5000 ]; do echo "line $i" >&2; i=$((i+1)); done',
    );
    const flood = await script('flood', 'while :; do echo 0123456789012345678901234567890123456789; done');

    expect((await run(wordy)).stderr).toMatch(/line 4999\n$/);
    expect((await run(wordy)).stderr.length).toBeLessThanOrEqual(16_384);
    expect((await run(flood, { maxStdoutBytes: 100_000 })).stopped).toBe('output_limit');
  });

  it('shows it none of our environment and no network', async () => {
    process.env.TATHYA_TEST_SECRET = 'hidden';
    try {
      const spy = await script('spy', 'env; cat /proc/net/dev');
      const { stdout } = await run(spy);

      expect(stdout).toContain('LC_ALL=C');
      expect(stdout).not.toContain('hidden');
      if (tools.wrappers.unshare) expect(stdout).not.toMatch(/eth|ens|veth/);
    } finally {
      delete process.env.TATHYA_TEST_SECRET;
    }
  });

  it('holds it to the size of file it may write', async () => {
    const writer = await script('writer', `exec head -c 3000000 /dev/zero > ${join(folder, 'big')}`);
    const result = await run(writer);

    expect(result.exitCode === 0).toBe(false);
    expect((await readFile(join(folder, 'big'))).length).toBeLessThanOrEqual(1024 ** 2);
    expect(programFailure(result, 'internal').code).toBe('does_not_fit_bytes');
  });

  it('dies with the process that started it, even by kill -9', async () => {
    const file = join(folder, 'pids-parent');
    const program = await script(
      'orphan',
      `echo "$$" > ${file}.part\nmv ${file}.part ${file}\nexec sleep 300`,
    );
    const helper = fileURLToPath(new URL('../helpers/node-with-child.ts', import.meta.url));
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', helper, program, folder, join(folder, 'ready')],
      {
        stdio: 'ignore',
      },
    );
    const [pid = 0] = await pidsIn(file);
    expect(await isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');

    await eventually(async () => !(await isAlive(pid)));
  });

  it('is the ffprobe that was named, else the one beside ffmpeg, else that of the machine', async () => {
    const alone = await mkdtemp(join(folder, 'alone-'));
    const ffmpeg = join(alone, 'ffmpeg');
    await symlink(tools.ffmpeg, ffmpeg);
    expect((await detectTools({ ffmpegPath: ffmpeg })).ffprobe).toBe(tools.ffprobe);

    await symlink(tools.ffprobe, join(alone, 'ffprobe'));
    expect((await detectTools({ ffmpegPath: ffmpeg })).ffprobe).toBe(join(alone, 'ffprobe'));

    const named = join(alone, 'probe-7');
    await symlink(tools.ffprobe, named);
    expect((await detectTools({ ffmpegPath: ffmpeg, ffprobePath: named })).ffprobe).toBe(named);
    await expect(detectTools({ ffprobePath: join(alone, 'none') })).rejects.toThrow('could not be run');
  });

  it('is asked whether it can write subtitles', async () => {
    const bare = await script('bare', `${tools.ffmpeg} "$@" | grep -v ' ass '`);

    expect(tools.subtitles).toBe(true);
    expect((await detectTools({ ffmpegPath: bare })).subtitles).toBe(false);
  });

  it('rejects when ffmpeg is not there', async () => {
    await expect(detectTools({ ffmpegPath: join(folder, 'no-ffmpeg') })).rejects.toThrow('could not be run');
  });
});

describe('why a media program failed', () => {
  const ended: CommandResult = { exitCode: 1, signal: null, stdout: '', stderr: '', stopped: null };

  it.each([
    [{ stopped: 'stalled' }, 'stalled'],
    [{ exitCode: null, signal: 'SIGKILL' }, 'memory_limit'],
    [{ exitCode: null, signal: 'SIGXCPU' }, 'time_limit'],
    [{ exitCode: 255, stderr: 'Exiting normally, received signal 24.' }, 'time_limit'],
    [{ stderr: 'x264 [error]: malloc of size 7332480 failed' }, 'memory_limit'],
    // What 6.0 says of 450 MB, and 6.0 and 5.1 of less.
    [
      { stderr: 'Error initializing output stream: Error while opening encoder for output stream #0:0' },
      'memory_limit',
    ],
    [{ stderr: '[h264 @ 0x3009eec0] thread_get_buffer() failed\nno frame!' }, 'memory_limit'],
    // From 6.1 on the exit says it, whatever the words.
    [{ exitCode: 244, stderr: 'Konnte nicht' }, 'memory_limit'],
    [{ exitCode: 245 }, 'memory_limit'],
    [{ exitCode: 228 }, 'disk_full'],
    [{ exitCode: 183 }, 'damaged'],
    // What 5.1 says of a film in AV1 with a broken picture: nothing.
    [{ exitCode: 1, stderr: '' }, 'damaged'],
    [{ stderr: '[mjpeg @ 0x560ea0585640] error dc\n[mjpeg @ 0x560ea0585640] error y=0 x=1\n' }, 'damaged'],
    [{ stderr: '[mjpeg @ 0x560ea0585640] error dc\n[libx264 @ 0x560ea0] broken ffmpeg' }, 'internal'],
    [{ stderr: 'in.mp4: Invalid data found when processing input' }, 'damaged'],
    [{ stderr: 'Picture size 16000x16000 exceeds specified max pixel count 9000000' }, 'too_many_pixels'],
    [{ stderr: 'something never seen' }, 'internal'],
  ] satisfies [Partial<CommandResult>, string][])('reads %j as %s', (part, code) => {
    expect(programFailure({ ...ended, ...part }, 'internal').code).toBe(code);
  });
});
