import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { removeEnded } from '../../server/jobs/jobs.repository.js';
import { type Rig, resultsOf, startRig } from './jobs-rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterEach(async () => {
  await rig.stopWorkers();
  rig.told.length = 0;
});
afterAll(() => rig.close(), 60_000);

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
    expect((await rig.store.pulses()).map(({ id }) => id)).not.toContain(worker);
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
    const left = () =>
      sql`select from graphile_worker._private_jobs where key = ${jobId}`.execute(rig.database);
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

  test('of those that ended, good ones go after two weeks and failed ones after three months; no others', async () => {
    await sql`delete from jobs`.execute(rig.database);
    const leave = (state: string, days: number) => {
      const ended = ['done', 'failed', 'cancelled'].includes(state);
      return sql`
        insert into jobs (name, lane, payload, object_kind, object_id, max_attempts, state, reason, created_at, finished_at, dedupe_key)
        values ('test.work', 'image', '{}', 'creative', uuid_v7(), 3, ${state}, ${state === 'failed' ? 'internal' : null},
                now() - ${days} * interval '1 day', case when ${ended} then now() - ${days} * interval '1 day' end, ${`${state} ${days}`})`.execute(
        rig.database,
      );
    };
    for (const state of ['done', 'failed', 'cancelled', 'queued', 'running']) {
      for (const days of [1, 13, 15, 89, 91]) await leave(state, days);
    }
    expect(await removeEnded(rig.database, { portion: 2 })).toBe(7);
    const { rows } = await sql<{ left: string }>`
      select dedupe_key as left from jobs where state not in ('queued','running') order by 1`.execute(
      rig.database,
    );
    expect(rows.map(({ left }) => left)).toEqual([
      'cancelled 1',
      'cancelled 13',
      'done 1',
      'done 13',
      'failed 1',
      'failed 13',
      'failed 15',
      'failed 89',
    ]);
    const open = await sql`select from jobs where state in ('queued','running')`.execute(rig.database);
    expect(open.rows).toHaveLength(10);
    expect(await removeEnded(rig.database)).toBe(0);
  });

  test('jobs are listed newest first, page by page', async () => {
    await sql`delete from jobs`.execute(rig.database);
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
