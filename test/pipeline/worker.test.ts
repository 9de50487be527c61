import { randomUUID } from 'node:crypto';
import { access, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defineHandler } from '../../pipeline/handler.js';
import { JobFailure } from '../../pipeline/job.js';
import { startWorker } from '../../pipeline/worker.js';
import { eventually } from '../helpers/eventually.js';
import { keepingLogger, type Rig, resultsOf, startRig, type TestRun } from './jobs-rig.js';
import { keepResult, testJob } from './test-job.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterEach(async () => {
  await rig.stopWorkers();
  rig.told.length = 0;
});
afterAll(() => rig.close(), 60_000);

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
    const start = async (handlers: (typeof handler)[], definitions = [testJob]) => {
      const queue = await rig.openQueue();
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
