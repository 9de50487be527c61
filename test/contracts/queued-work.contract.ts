import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { JobFailure } from '../../pipeline/job.js';
import { runCommand } from '../../pipeline/media/run-command.js';
import { eventually } from '../helpers/eventually.js';
import { type Rig, resultsOf, type TestRun } from '../pipeline/jobs-rig.js';
import { keepResult } from '../pipeline/test-job.js';

const script = fileURLToPath(new URL('../pipeline/worker-process.ts', import.meta.url));
/** A busy machine takes half a minute to start a process. */
const patient = { timeoutMs: 90_000 };

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * What becomes of jobs, whichever queue carries them: the rows decide, and a queue that loses, doubles or delays
 * changes nothing. `lose` makes the queue forget all it has.
 */
export function queuedWorkContract(
  name: string,
  { start, lose }: { start: () => Promise<Rig>; lose: (rig: Rig) => Promise<void> },
): void {
  describe(`work by ${name}`, { timeout: 300_000 }, () => {
    let rig: Rig;
    let children: ChildProcess[] = [];
    const releaseFile = () => path.join(path.dirname(rig.directory), 'release');
    beforeAll(async () => {
      rig = await start();
    }, 60_000);
    afterEach(async () => {
      for (const child of children) child.kill('SIGKILL');
      children = [];
      await rig.stopWorkers();
      // A test finds neither jobs nor offers of the one before, however that ended.
      await sql`delete from jobs`.execute(rig.database);
      await lose(rig);
      await rm(releaseFile(), { force: true });
      rig.told.length = 0;
    }, 60_000);
    afterAll(() => rig.close(), 60_000);

    const reaches = (jobId: string, state: string) =>
      eventually(async () => (await rig.stateOf(jobId)).state === state, patient);

    const finish = async ({ payload }: TestRun) => ({
      commit: (transaction: Parameters<typeof keepResult>[0]) => keepResult(transaction, payload.workId),
    });

    /** A worker process that has started; `lines` grows with what it says. */
    async function startProcess() {
      const redis = rig.redis ? [rig.redis.url, rig.prefix] : [];
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', script, rig.appUrl, rig.directory, releaseFile(), ...redis],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      children.push(child);
      const lines: string[] = [];
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        lines.push(...parts);
      });
      await eventually(() => lines.some((line) => line.startsWith('ready ')), patient);
      return { child, lines };
    }

    test('its progress shows while it runs', async () => {
      let go = false;
      await rig.work(async (job) => {
        while (!go) {
          job.progress(0.4);
          await pause(5);
        }
        return {};
      });
      const { jobId } = await rig.enqueue();
      await eventually(async () => (await rig.stateOf(jobId)).progress > 0.39, patient);
      go = true;
      await reaches(jobId, 'done');
      expect((await rig.stateOf(jobId)).progress).toBe(1);
    });

    test('cancelled, its program dies', async () => {
      const pids: number[] = [];
      await rig.work(async (job) => {
        await runCommand({
          wrappers: { nice: null, prlimit: null, setpriv: null, unshare: null },
          program: 'sh',
          args: ['-c', 'echo $$; sleep 600 & echo $!; wait'],
          directory: await job.workDirectory(),
          limits: { addressSpaceBytes: 2 ** 32, cpuSeconds: 60, fileBytes: 2 ** 20 },
          wallMs: 600_000,
          signal: job.signal,
          onLine: (line) => void pids.push(Number(line)),
        });
        throw job.signal.reason;
      });
      const { jobId, workId } = await rig.enqueue();
      await eventually(() => pids.length === 2, patient);
      expect(pids.filter(lives)).toEqual(pids);
      await rig.service.cancel(randomUUID(), jobId);
      await reaches(jobId, 'cancelled');
      await eventually(() => !pids.some(lives), patient);
      expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 0, reason: 'cancelled' });
      expect(rig.told).toEqual([{ kind: 'failed', workId, reason: 'cancelled' }]);
      await eventually(async () => (await rig.files.listWork()).length === 0, patient);
    });

    test('cancelled while it waits, it never starts, until it is put back', async () => {
      const { jobId } = await rig.enqueue();
      await rig.service.cancel(randomUUID(), jobId);
      expect((await rig.stateOf(jobId)).state).toBe('cancelled');
      const ran: string[] = [];
      await rig.work(async ({ id }) => {
        ran.push(id);
        return {};
      });
      const later = await rig.enqueue(randomUUID(), { priority: -1 });
      await reaches(later.jobId, 'done');
      expect(ran).toEqual([later.jobId]);
      await rig.requeue(jobId);
      await reaches(jobId, 'done');
      await expect(rig.requeue(jobId)).rejects.toMatchObject({ code: 'wrong_state' });
    });

    test('it is tried again, with a growing wait, only when another run may cure it', async () => {
      const at: number[] = [];
      await rig.work(
        async () => {
          at.push(performance.now());
          if (at.length < 3) throw new JobFailure('disk_full');
          return {};
        },
        { timing: { backoffMs: 300 } },
      );
      const { jobId, workId } = await rig.enqueue();
      await reaches(jobId, 'done');
      expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 3, reason: null });
      const [first = 0, second = 0, third = 0] = at;
      expect(second - first).toBeGreaterThanOrEqual(290);
      expect(third - second).toBeGreaterThanOrEqual(1_190);
      expect(rig.told).toEqual([
        { kind: 'waits', workId },
        { kind: 'waits', workId },
      ]);
    });

    test('a broken file is not tried again', async () => {
      let runs = 0;
      await rig.work(async () => {
        runs += 1;
        throw new JobFailure('too_many_pixels', { details: { pixels: 1 } });
      });
      const { jobId } = await rig.enqueue();
      await reaches(jobId, 'failed');
      const { jobId: next } = await rig.enqueue();
      await reaches(next, 'failed');
      expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 1, reason: 'too_many_pixels' });
      expect(runs).toBe(2);
    });

    test('raised, it goes before those that came earlier', async () => {
      const jobs = [await rig.enqueue(), await rig.enqueue(), await rig.enqueue()];
      const [first, second, urgent] = jobs.map(({ jobId }) => jobId);
      await rig.raise(urgent ?? '', 100);
      const queue = await rig.openQueue();
      await eventually(async () => (await queue.counts('image')).waiting === 3, patient);
      // What is offered later shows that what was offered before is in its place.
      const last = await rig.enqueue(randomUUID(), { priority: -1 });
      await eventually(async () => (await queue.counts('image')).waiting === 4, patient);
      await queue.close();
      const ran: string[] = [];
      await rig.work(
        async ({ id }) => {
          ran.push(id);
          return {};
        },
        { concurrency: 1 },
      );
      await reaches(last.jobId, 'done');
      expect(ran).toEqual([urgent, first, second, last.jobId]);
    });

    test('offered twice to two workers, each job runs once', async () => {
      const ran: string[] = [];
      const handler = async (job: TestRun) => {
        ran.push(job.payload.workId);
        return finish(job);
      };
      await Promise.all([rig.work(handler), rig.work(handler)]);
      const jobs = await Promise.all(Array.from({ length: 20 }, () => rig.enqueue()));
      // The same job again before both, as a doubled delivery would bring it.
      const queue = await rig.openQueue();
      for (const { jobId } of jobs) await queue.push({ jobId, lane: 'image', priority: 0, fence: 7 });
      await queue.close();
      for (const { jobId } of jobs) await reaches(jobId, 'done');
      expect([...ran].sort()).toEqual(jobs.map(({ workId }) => workId).sort());
    });

    test('what the queue has lost runs all the same', async () => {
      const jobs = await Promise.all(Array.from({ length: 12 }, () => rig.enqueue()));
      const queue = await rig.openQueue();
      await eventually(async () => (await queue.counts('image')).waiting === 12, patient);
      await queue.close();
      await lose(rig);
      await rig.work(finish);
      for (const { jobId, workId } of jobs) {
        await reaches(jobId, 'done');
        expect(await resultsOf(rig.database, workId)).toBe(1);
      }
    });

    test('when its worker is killed with -9 another one finishes it, and nothing of the first stays', async () => {
      const { child, lines } = await startProcess();
      const { jobId, workId } = await rig.enqueue();
      await eventually(() => lines.includes(`started ${jobId}`), patient);
      expect(await rig.files.listWork()).toHaveLength(1);
      child.kill('SIGKILL');
      await eventually(() => child.signalCode === 'SIGKILL', patient);
      await rig.work(finish);
      await reaches(jobId, 'done');
      expect(await rig.stateOf(jobId)).toMatchObject({ crashes: 1, attempts: 1 });
      expect(await resultsOf(rig.database, workId)).toBe(1);
      await eventually(async () => (await rig.files.listWork()).length === 0, patient);
    });

    test('when its worker is frozen until another one has done it, the first wakes up to no effect', async () => {
      const { child, lines } = await startProcess();
      const { jobId, workId } = await rig.enqueue();
      await eventually(() => lines.includes(`started ${jobId}`), patient);
      child.kill('SIGSTOP');
      await rig.work(finish);
      await reaches(jobId, 'done');
      const settled = await rig.stateOf(jobId);
      await writeFile(releaseFile(), '');
      child.kill('SIGCONT');
      await eventually(() => lines.includes(`result of ${jobId}`), patient);
      // Once it has ended in order, all it had to write is written, or refused.
      child.kill('SIGTERM');
      await eventually(() => child.exitCode === 0, patient);
      expect(await rig.stateOf(jobId)).toEqual(settled);
      expect(settled).toMatchObject({ crashes: 1, attempts: 1 });
      expect(await resultsOf(rig.database, workId)).toBe(1);
    });

    test('when its worker is told to stop, it is given back uncounted and the worker ends by itself', async () => {
      const { child, lines } = await startProcess();
      const { jobId } = await rig.enqueue();
      await eventually(() => lines.includes(`started ${jobId}`), patient);
      child.kill('SIGTERM');
      await eventually(() => child.exitCode !== null, patient);
      expect(child.exitCode).toBe(0);
      expect(lines).toContain('stopped');
      expect(await rig.stateOf(jobId)).toMatchObject({ state: 'queued', crashes: 0, attempts: 0 });
      await rig.work(finish);
      await reaches(jobId, 'done');
    });

    /** Workers that die one after the other with the job in hand. */
    async function killWorkers(jobId: string, times: number): Promise<void> {
      for (let crash = 0; crash < times; crash += 1) {
        const workerId = randomUUID();
        await rig.store.register({ id: workerId, host: 'elsewhere', pid: 1, lanes: ['image'] });
        expect(await rig.store.claim(jobId, workerId)).toMatchObject({ id: jobId });
        expect(await rig.store.bury({ id: workerId, beats: 0 })).toBe(true);
        await rig.store.recover();
      }
    }

    test('that was in the hands of three dead workers runs with no other beside it', async () => {
      const suspect = await rig.enqueue();
      await killWorkers(suspect.jobId, 3);
      const others = [await rig.enqueue(), await rig.enqueue()];
      const running = new Set<string>();
      const together: string[][] = [];
      await rig.work(
        async (job) => {
          const { workId } = job.payload;
          running.add(workId);
          together.push([...running]);
          // Long enough for others to be taken, were they not kept back.
          for (let look = 0; look < 100; look += 1) await rig.stateOf(suspect.jobId);
          running.delete(workId);
          return finish(job);
        },
        { concurrency: 3 },
      );
      for (const { jobId } of [suspect, ...others]) await reaches(jobId, 'done');
      expect(together).toHaveLength(3);
      expect(together.filter((ids) => ids.includes(suspect.workId))).toEqual([[suspect.workId]]);
    });

    test('having killed five workers it is given up, others go on, and an administrator can put it back', async () => {
      const { jobId, workId } = await rig.enqueue();
      const other = await rig.enqueue();
      await killWorkers(jobId, 5);
      expect(await rig.stateOf(jobId)).toMatchObject({
        state: 'failed',
        reason: 'gave_up_after_crashes',
        crashes: 5,
      });
      expect(rig.told.filter((told) => told.workId === workId).at(-1)).toEqual({
        kind: 'failed',
        workId,
        reason: 'gave_up_after_crashes',
      });
      await rig.work(finish);
      await reaches(other.jobId, 'done');
      expect((await rig.stateOf(jobId)).state).toBe('failed');
      expect(await resultsOf(rig.database, workId)).toBe(0);
      await rig.requeue(jobId);
      await reaches(jobId, 'done');
      expect(await rig.stateOf(jobId)).toMatchObject({ crashes: 0, attempts: 1, reason: null });
      expect(await resultsOf(rig.database, workId)).toBe(1);
    });
  });
}
