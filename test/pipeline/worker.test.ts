import { randomUUID } from 'node:crypto';
import { access, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defineHandler } from '../../pipeline/handler.js';
import { JobFailure } from '../../pipeline/job.js';
import { startWorker } from '../../pipeline/worker.js';
import { eventually } from '../helpers/eventually.js';
import { keepingLogger, type Rig, resultsOf, startRig, type TestRun } from './jobs-rig.js';
import { keepResult, testJob } from './test-job.js';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
}, 60_000);
afterEach(() => rig.close(), 60_000);

const reaches = (jobId: string, state: string) =>
  eventually(async () => (await rig.stateOf(jobId)).state === state, { timeoutMs: 20_000 });

/** Runs until its signal fires, as a long transcode would. */
function untilStopped(job: TestRun): Promise<never> {
  return new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason)));
}

describe('a worker', { timeout: 60_000 }, () => {
  test('runs a job and keeps its result together with its end', async () => {
    await rig.work(async ({ payload }) => ({
      commit: (transaction) => keepResult(transaction, payload.workId),
    }));
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'done');
    expect(await rig.stateOf(jobId)).toMatchObject({
      attempts: 1,
      crashes: 0,
      progress: 1,
      workerId: null,
      reason: null,
    });
    expect(await resultsOf(rig.database, workId)).toBe(1);
    expect(rig.told).toEqual([]);
  });

  test('keeps nothing of a result whose writing fails, and says so', async () => {
    await rig.work(async ({ payload }) => ({
      async commit(transaction) {
        await keepResult(transaction, payload.workId);
        await keepResult(transaction, payload.workId);
      },
    }));
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'failed');
    expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 3, reason: 'internal' });
    expect(await resultsOf(rig.database, workId)).toBe(0);
    expect(rig.told.at(-1)).toEqual({ kind: 'failed', workId, reason: 'internal' });
  });

  test('keeps a checkpoint even when the run fails later', async () => {
    await rig.work(async (job) => {
      await job.checkpoint((transaction) => keepResult(transaction, job.payload.workId));
      throw new JobFailure('damaged');
    });
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'failed');
    expect(await resultsOf(rig.database, workId)).toBe(1);
  });

  test('shows progress while a job runs, at most as often as it is told', async () => {
    let go = false;
    await rig.work(async (job) => {
      while (!go) {
        job.progress(0.4);
        await pause(5);
      }
      return {};
    });
    const { jobId } = await rig.enqueue();
    await eventually(async () => (await rig.stateOf(jobId)).progress > 0.39);
    go = true;
    await reaches(jobId, 'done');
  });

  test('tries again, with a growing wait, only what another run may cure', async () => {
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

  test('gives up when all attempts are used', async () => {
    let runs = 0;
    await rig.work(async () => {
      runs += 1;
      throw new Error('bug');
    });
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'failed');
    expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 3, reason: 'internal' });
    expect(runs).toBe(3);
    expect(rig.told.at(-1)).toEqual({ kind: 'failed', workId, reason: 'internal' });
  });

  test('does not try a broken file again', async () => {
    let runs = 0;
    await rig.work(async () => {
      runs += 1;
      throw new JobFailure('too_many_pixels', { details: { pixels: 1 } });
    });
    const { jobId } = await rig.enqueue();
    await reaches(jobId, 'failed');
    expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 1, reason: 'too_many_pixels' });
    expect(runs).toBe(1);
  });

  test('makes one job of two wishes for the same work while it waits or runs', async () => {
    const workId = randomUUID();
    const first = await rig.enqueue(workId);
    const second = await rig.enqueue(workId);
    expect(second.jobId).toBe(first.jobId);
    await rig.work(async () => ({}));
    await reaches(first.jobId, 'done');
    const third = await rig.enqueue(workId);
    expect(third.jobId).not.toBe(first.jobId);
    await reaches(third.jobId, 'done');
  });

  test('stops a running job that is cancelled', async () => {
    await rig.work(untilStopped);
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'running');
    await rig.service.cancel(randomUUID(), jobId);
    await reaches(jobId, 'cancelled');
    expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 0, reason: 'cancelled' });
    expect(rig.told).toEqual([{ kind: 'failed', workId, reason: 'cancelled' }]);
  });

  test('never starts a waiting job that was cancelled, and starts it over when it is put back', async () => {
    const { jobId } = await rig.enqueue();
    await rig.service.cancel(randomUUID(), jobId);
    expect((await rig.stateOf(jobId)).state).toBe('cancelled');
    const ran: string[] = [];
    await rig.work(async ({ id }) => {
      ran.push(id);
      return {};
    });
    const later = await rig.enqueue();
    await reaches(later.jobId, 'done');
    expect(ran).toEqual([later.jobId]);
    await rig.requeue(jobId);
    await reaches(jobId, 'done');
    await expect(rig.requeue(jobId)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('stops a run that takes longer than its kind may', async () => {
    await rig.work(untilStopped, { timeoutMs: 200 });
    const { jobId } = await rig.enqueue();
    await eventually(async () => (await rig.stateOf(jobId)).reason === 'time_limit');
  });

  test('gives up a handler that does not heed its signal, and goes on', async () => {
    await rig.work(
      async (job) => {
        if (job.payload.workId.startsWith('0')) return {};
        return new Promise(() => {});
      },
      { timeoutMs: 200, concurrency: 1, timing: { abortGraceMs: 200, backoffMs: 60_000 } },
    );
    const deaf = await rig.enqueue(`1${randomUUID().slice(1)}`, { priority: 1 });
    const next = await rig.enqueue(`0${randomUUID().slice(1)}`);
    await reaches(next.jobId, 'done');
    expect(await rig.stateOf(deaf.jobId)).toMatchObject({ state: 'queued', reason: 'time_limit' });
  });

  test('removes the directory of every run, however it ended', async () => {
    const seen: string[] = [];
    await rig.work(async (job) => {
      const directory = await job.workDirectory();
      await writeFile(path.join(directory, 'half.mp4'), 'half');
      seen.push(directory);
      if (job.attempts === 0) throw new JobFailure('stalled');
      return {};
    });
    const { jobId } = await rig.enqueue();
    await reaches(jobId, 'done');
    expect(new Set(seen).size).toBe(2);
    await eventually(async () => (await rig.files.listWork()).length === 0);
  });

  test('sweeps the directories of workers that are gone and no others', async () => {
    const dead = await rig.files.workDirectory(`run-${randomUUID()}.${randomUUID()}.3`);
    const upload = await rig.files.workDirectory(`upload-${randomUUID()}`);
    await rig.work(async () => ({}));
    await expect(access(dead)).rejects.toThrow(/ENOENT/);
    await access(upload);
    expect(await readdir(path.dirname(dead))).toEqual([path.basename(upload)]);
  });

  test('gives its running jobs back uncounted when it is stopped, and another one finishes them', async () => {
    const first = await rig.work(untilStopped);
    const { jobId, workId } = await rig.enqueue();
    await reaches(jobId, 'running');
    await first.stop({ graceMs: 10_000 });
    expect(await rig.stateOf(jobId)).toMatchObject({
      state: 'queued',
      attempts: 0,
      crashes: 0,
      workerId: null,
    });
    expect(rig.told).toEqual([{ kind: 'waits', workId }]);
    await rig.work(async () => ({}));
    await reaches(jobId, 'done');
  });

  test('shares jobs with another worker so that each runs once', async () => {
    const ran: string[] = [];
    const handler = async ({ payload }: TestRun) => {
      ran.push(payload.workId);
      return {
        commit: (transaction: Parameters<typeof keepResult>[0]) => keepResult(transaction, payload.workId),
      };
    };
    await Promise.all([rig.work(handler), rig.work(handler)]);
    const jobs = await Promise.all(Array.from({ length: 20 }, () => rig.enqueue()));
    // The same job again before both, as a doubled delivery would bring it.
    const queue = rig.openQueue();
    for (const { jobId } of jobs) await queue.push({ jobId, lane: 'image', priority: 0, fence: 0 });
    await queue.close();
    for (const { jobId } of jobs) await reaches(jobId, 'done');
    expect([...ran].sort()).toEqual(jobs.map(({ workId }) => workId).sort());
  });

  test('runs a job that the queue has lost', async () => {
    const { jobId } = await rig.enqueue();
    await sql`delete from graphile_worker._private_jobs`.execute(rig.database);
    await rig.work(async () => ({}));
    await reaches(jobId, 'done');
  });

  test('comes through the loss of all its database connections with nothing lost or doubled', async () => {
    await rig.work(
      async ({ payload }) => {
        await pause(20);
        return { commit: (transaction) => keepResult(transaction, payload.workId) };
      },
      { timing: { reapMs: 100 } },
    );
    const jobs = await Promise.all(Array.from({ length: 15 }, () => rig.enqueue()));
    const admin = new pg.Client(rig.adminUrl);
    await admin.connect();
    for (let blow = 0; blow < 5; blow += 1) {
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await pause(50);
    }
    await admin.end();
    for (const { jobId } of jobs) {
      await eventually(async () => (await rig.stateOf(jobId)).state === 'done', { timeoutMs: 40_000 });
    }
    for (const { workId } of jobs) expect(await resultsOf(rig.database, workId)).toBe(1);
  });

  test('does not start unless every kind of job has exactly one handler', async () => {
    const handler = defineHandler(testJob, async () => ({}));
    const start = (handlers: (typeof handler)[], definitions = [testJob]) => {
      const queue = rig.openQueue();
      return startWorker({
        queue,
        store: rig.store,
        files: rig.files,
        definitions,
        handlers,
        lanes: { image: 1 },
        logger: keepingLogger().logger,
      }).finally(() => queue.close());
    };
    await expect(start([])).rejects.toThrow('test.work has no handler');
    await expect(start([handler, handler])).rejects.toThrow('test.work has more than one handler');
    await expect(start([handler], [])).rejects.toThrow('test.work is not a kind of job');
  });
});
