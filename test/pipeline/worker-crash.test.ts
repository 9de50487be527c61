import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { type Rig, resultsOf, startRig, type TestRun } from './jobs-rig.js';
import { keepResult } from './test-job.js';

const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

let rig: Rig;
let children: ChildProcess[];
beforeEach(async () => {
  children = [];
  rig = await startRig();
}, 60_000);
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rig.close();
}, 60_000);

/** A worker process that has started; `lines` grows with what it says. */
async function startProcess() {
  const release = path.join(path.dirname(rig.directory), 'release');
  const child = spawn(process.execPath, ['--import', 'tsx', script, rig.appUrl, rig.directory, release], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  await eventually(() => lines.some((line) => line.startsWith('ready ')), { timeoutMs: 30_000 });
  return { child, lines, release: () => writeFile(release, '') };
}

const reaches = (jobId: string, state: string) =>
  eventually(async () => (await rig.stateOf(jobId)).state === state, { timeoutMs: 20_000 });

const finish = async ({ payload }: TestRun) => ({
  commit: (transaction: Parameters<typeof keepResult>[0]) => keepResult(transaction, payload.workId),
});

describe('when a worker process fails', { timeout: 90_000 }, () => {
  test('killed with -9, its job is finished by another within seconds and nothing of it stays', async () => {
    const { child, lines } = await startProcess();
    const { jobId, workId } = await rig.enqueue();
    await eventually(() => lines.includes(`started ${jobId}`));
    expect(await rig.files.listWork()).toHaveLength(1);
    child.kill('SIGKILL');
    await eventually(() => child.signalCode === 'SIGKILL');
    const killedAt = performance.now();
    await rig.work(finish);
    await reaches(jobId, 'done');
    expect(performance.now() - killedAt).toBeLessThan(10_000);
    expect(await rig.stateOf(jobId)).toMatchObject({ crashes: 1, attempts: 1 });
    expect(await resultsOf(rig.database, workId)).toBe(1);
    await eventually(async () => (await rig.files.listWork()).length === 0);
  });

  test('frozen until its job was done by another, it wakes up to no effect', async () => {
    const { child, lines, release } = await startProcess();
    const { jobId, workId } = await rig.enqueue();
    await eventually(() => lines.includes(`started ${jobId}`));
    child.kill('SIGSTOP');
    await rig.work(finish);
    await reaches(jobId, 'done');
    const settled = await rig.stateOf(jobId);
    await release();
    child.kill('SIGCONT');
    await eventually(() => lines.includes(`result of ${jobId}`));
    // Once it has ended in order, all it had to write is written, or refused.
    child.kill('SIGTERM');
    await eventually(() => child.exitCode === 0);
    expect(await rig.stateOf(jobId)).toEqual(settled);
    expect(settled).toMatchObject({ crashes: 1, attempts: 1 });
    expect(await resultsOf(rig.database, workId)).toBe(1);
  });

  test('told to stop, it gives its job back uncounted and ends by itself', async () => {
    const { child, lines } = await startProcess();
    const { jobId } = await rig.enqueue();
    await eventually(() => lines.includes(`started ${jobId}`));
    child.kill('SIGTERM');
    await eventually(() => child.exitCode !== null, { timeoutMs: 30_000 });
    expect(child.exitCode).toBe(0);
    expect(lines).toContain('stopped');
    expect(await rig.stateOf(jobId)).toMatchObject({ state: 'queued', crashes: 0, attempts: 0 });
    await rig.work(finish);
    await reaches(jobId, 'done');
  });

  test('a job that killed five workers is given up, and others go on', async () => {
    const { jobId, workId } = await rig.enqueue();
    const other = await rig.enqueue();
    for (let crash = 0; crash < 5; crash += 1) {
      const workerId = randomUUID();
      await rig.store.register({ id: workerId, host: 'elsewhere', pid: 1, lanes: ['image'] });
      expect(await rig.store.claim(jobId, workerId)).toMatchObject({ id: jobId });
      expect(await rig.store.bury({ id: workerId, beats: 0 })).toBe(true);
      await rig.store.recover();
    }
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
  });
});

describe('the rows of jobs', { timeout: 40_000 }, () => {
  const register = async () => {
    const id = randomUUID();
    await rig.store.register({ id, host: 'elsewhere', pid: 1, lanes: ['image'] });
    return id;
  };

  test('only one of many claims of one job succeeds', async () => {
    const { jobId } = await rig.enqueue();
    const workers = await Promise.all(Array.from({ length: 8 }, register));
    const claims = await Promise.all(workers.map((id) => rig.store.claim(jobId, id)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('every write with an old fence is refused', async () => {
    const { jobId, workId } = await rig.enqueue();
    const worker = await register();
    const claim = await rig.store.claim(jobId, worker);
    if (!claim) throw new Error('nothing was claimed');
    expect(await rig.store.progress(claim, 0.5)).toBe(true);
    await rig.store.bury({ id: worker, beats: 0 });
    await rig.store.recover();
    let called = false;
    const commit = async () => {
      called = true;
    };
    expect(await rig.store.progress(claim, 0.9)).toBe(false);
    expect(await rig.store.checkpoint(claim, commit)).toBe(false);
    expect(await rig.store.settle(claim, { kind: 'done' }, commit)).toBe(false);
    expect(called).toBe(false);
    expect(await resultsOf(rig.database, workId)).toBe(0);
    expect(await rig.stateOf(jobId)).toMatchObject({ state: 'queued', crashes: 1 });
  });

  test('a worker that sent a heartbeat meanwhile is not buried', async () => {
    const worker = await register();
    await rig.store.beat(worker);
    expect(await rig.store.bury({ id: worker, beats: 0 })).toBe(false);
    expect(await rig.store.bury({ id: worker, beats: 1 })).toBe(true);
    expect(await rig.store.pulses()).toEqual([]);
  });

  test('a buried worker gets no more jobs until its next heartbeat', async () => {
    const { jobId } = await rig.enqueue();
    const worker = await register();
    await rig.store.bury({ id: worker, beats: 0 });
    expect(await rig.store.claim(jobId, worker)).toBeNull();
    await rig.store.beat(worker);
    expect(await rig.store.claim(jobId, worker)).not.toBeNull();
  });

  test('a worker whose row is gone is told to register again', async () => {
    expect(await rig.store.beat(randomUUID())).toBeNull();
  });

  test('what an outage left in the queue of an ended job is cleared away', async () => {
    const { jobId } = await rig.enqueue();
    const claim = await rig.store.claim(jobId, await register());
    if (!claim) throw new Error('nothing was claimed');
    await rig.store.settle(claim, { kind: 'done' });
    const left = () => sql`select from graphile_worker._private_jobs`.execute(rig.database);
    expect((await left()).rows).toHaveLength(1);
    await rig.store.recover();
    expect((await left()).rows).toHaveLength(0);
  });

  test('a wish to cancel survives the death of the worker', async () => {
    const { jobId } = await rig.enqueue();
    const worker = await register();
    await rig.store.claim(jobId, worker);
    await rig.service.cancel(randomUUID(), jobId);
    await rig.store.bury({ id: worker, beats: 0 });
    await rig.store.recover();
    expect(await rig.stateOf(jobId)).toMatchObject({ state: 'cancelled', reason: 'cancelled' });
  });

  test('an enqueued job is for its own lane and member, and its payload is checked', async () => {
    const { jobId } = await rig.enqueue(randomUUID(), { lane: 'video', priority: 7 });
    const { rows } = await sql`select lane, priority from jobs where id = ${jobId}`.execute(rig.database);
    expect(rows).toEqual([{ lane: 'video', priority: 7 }]);
    // Not an id of the right shape for the database either.
    await expect(rig.enqueue('')).rejects.toThrow();
  });

  test('jobs are listed newest first, page by page', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await rig.enqueue()).jobId);
    const first = await rig.service.list({ limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(2).reverse());
    const second = await rig.service.list({ limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ id }) => id)).toEqual(ids.slice(0, 2).reverse());
    expect(second.nextCursor).toBeNull();
    expect((await rig.service.list({ state: 'done' })).items).toEqual([]);
  });
});
