import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresQueue } from '../../pipeline/queue/postgres-queue.js';
import { transact } from '../../server/database/database.js';
import { jobQueueContract } from '../contracts/job-queue.contract.js';
import { queuedWorkContract } from '../contracts/queued-work.contract.js';
import { startCuttableProxy } from '../helpers/cuttable-proxy.js';
import { eventually } from '../helpers/eventually.js';
import { keepingLogger, type Rig, startRig } from './jobs-rig.js';
import { testJob } from './test-job.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig.close(), 60_000);

/** Nothing waits or runs from an earlier test. */
async function forget(): Promise<void> {
  const owner = new pg.Client(rig.ownerUrl);
  await owner.connect();
  await owner.query('delete from graphile_worker._private_jobs; delete from tathya.jobs');
  await owner.end();
}

jobQueueContract('the queue on PostgreSQL', async () => {
  await forget();
  return {
    open: async () => createPostgresQueue({ url: rig.appUrl, logger: keepingLogger().logger, pollMs: 100 }),
    async newJob({ lane = 'image', priority = 0 } = {}) {
      const { rows } = await sql<{ id: string }>`
        insert into jobs (name, lane, priority, payload, object_kind, object_id, max_attempts)
        values ('test.work', ${lane}, ${priority}, '{}', 'creative', ${randomUUID()}, 3) returning id`.execute(
        rig.database,
      );
      return rows[0]?.id ?? '';
    },
    async reprioritise(jobId, priority) {
      await sql`update jobs set priority = ${priority} where id = ${jobId}`.execute(rig.database);
    },
    close: async () => {},
  };
});

queuedWorkContract('the queue on PostgreSQL', {
  start: () => startRig(),
  async lose({ database }) {
    await sql`delete from graphile_worker._private_jobs`.execute(database);
  },
});

describe('the queue on PostgreSQL', { timeout: 40_000 }, () => {
  test('a job is offered exactly when the transaction that made it commits', async () => {
    await forget();
    const queue = await rig.openQueue();
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => void ran.push(id));
    const enqueue = (fail: boolean) =>
      transact(rig.database, {}, async (transaction) => {
        const options = { payload: { workId: randomUUID() }, lane: 'image', requestedBy: null } as const;
        const { jobId } = await rig.service.enqueue(transaction, testJob, options);
        if (fail) throw new Error('changed my mind');
        return jobId;
      });
    await expect(enqueue(true)).rejects.toThrow('changed my mind');
    const kept = await enqueue(false);
    await eventually(() => ran.length > 0);
    expect(ran).toEqual([kept]);
    const { rows } = await sql`select id from jobs`.execute(rig.database);
    expect(rows).toEqual([{ id: kept }]);
    await queue.close();
  });

  test('a job whose taker died is run at once when it is offered again', async () => {
    await forget();
    const queue = await rig.openQueue();
    const { jobId } = await rig.enqueue();
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker that died'`.execute(
      rig.database,
    );
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => void ran.push(id));
    expect(await queue.counts('image')).toEqual({ waiting: 0, active: 1 });
    await queue.push({ jobId, lane: 'image', priority: 0, fence: 0 });
    await eventually(() => ran.length > 0, { timeoutMs: 5_000 });
    await eventually(async () => (await queue.counts('image')).active === 0);
    expect(ran).toEqual([jobId]);
    await queue.close();
  });

  test('an outage of the database in the middle of a run ends no process, and the queue goes on after it', async () => {
    await forget();
    const address = new URL(rig.appUrl);
    const proxy = await startCuttableProxy({ host: address.hostname, port: Number(address.port) });
    address.hostname = '127.0.0.1';
    address.port = String(proxy.port);
    const queue = createPostgresQueue({ url: address.href, logger: keepingLogger().logger, pollMs: 100 });
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => {
      // The first run ends while the database is away, so its end cannot be written at once.
      if (ran.length === 0) proxy.cut();
      ran.push(id);
    });
    const first = await rig.enqueue();
    await eventually(() => ran.includes(first.jobId));
    const second = await rig.enqueue();
    await pause(1_500);
    expect(ran).toEqual([first.jobId]);
    proxy.mend();
    await eventually(() => ran.includes(second.jobId), { timeoutMs: 20_000 });
    expect(ran).toEqual([first.jobId, second.jobId]);
    await queue.close();
    await proxy.close();
  });

  test('a job is not handed out before it is due', async () => {
    await forget();
    const queue = await rig.openQueue();
    const { jobId } = await rig.enqueue();
    await sql`update jobs set run_after = now() + interval '1 second' where id = ${jobId}`.execute(
      rig.database,
    );
    await queue.push({ jobId, lane: 'image', priority: 0, fence: 0 });
    const { runAfter } = await rig.stateOf(jobId);
    const at: number[] = [];
    await queue.process('image', 1, async () => void at.push(Date.now()));
    await eventually(() => at.length > 0);
    expect(at[0]).toBeGreaterThanOrEqual(Date.parse(runAfter));
    await queue.close();
  });

  test('a job that has ended is not offered again', async () => {
    await forget();
    const queue = await rig.openQueue();
    const { jobId } = await rig.enqueue();
    await rig.service.cancel(randomUUID(), jobId);
    await sql`delete from graphile_worker._private_jobs`.execute(rig.database);
    await queue.push({ jobId, lane: 'image', priority: 0, fence: 0 });
    expect(await queue.counts('image')).toEqual({ waiting: 0, active: 0 });
    await queue.close();
  });

  test('the application’s login can offer a job in no other way', async () => {
    await expect(sql`select graphile_worker.add_job('image')`.execute(rig.database)).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      sql`insert into graphile_worker._private_jobs (task_id, payload) values (1, '{}')`.execute(
        rig.database,
      ),
    ).rejects.toThrow(/permission denied/);
  });
});
