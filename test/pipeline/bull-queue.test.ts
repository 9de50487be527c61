import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBullQueue } from '../../pipeline/queue/bull-queue.js';
import type { JobQueue, QueuedJob } from '../../pipeline/queue/job-queue.js';
import { chooseMediaQueue } from '../../server/jobs/jobs.repository.js';
import { jobQueueContract } from '../contracts/job-queue.contract.js';
import { queuedWorkContract } from '../contracts/queued-work.contract.js';
import { eventually } from '../helpers/eventually.js';
import { startRedis, type TestRedis } from '../helpers/redis.js';
import { keepingLogger, type Rig, resultsOf, startRig, type TestRun } from './jobs-rig.js';
import { keepResult } from './test-job.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

const patient = { timeoutMs: 40_000 };

jobQueueContract('the queue on Redis', async () => {
  const prefix = `contract-${randomUUID()}`;
  return {
    open: () => openBullQueue({ url: redis.url, prefix, logger: keepingLogger().logger }),
    newJob: async () => randomUUID(),
    reprioritise: async () => {},
    close: async () => {},
  };
});

queuedWorkContract('the queue on Redis', {
  start: () => startRig({ redis }),
  lose: async () => void (await redis.command('flushall')),
});

describe('the queue on Redis', { timeout: 60_000 }, () => {
  let opened: JobQueue[];
  beforeEach(() => {
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((queue) => queue.close()));
  });

  async function open(options: { prefix?: string; url?: string; lockMs?: number } = {}) {
    const { logger, lines } = keepingLogger();
    const queue = await openBullQueue({
      url: redis.url,
      prefix: `alone-${randomUUID()}`,
      logger,
      ...options,
    });
    opened.push(queue);
    return { queue, lines };
  }

  const offer = (jobId: string): QueuedJob => ({ jobId, lane: 'image', priority: 0, fence: 0 });

  test('installations with different prefixes do not see each other’s jobs', async () => {
    const [{ queue: one }, { queue: other }] = [await open(), await open()];
    await one.push(offer('a'));
    expect(await other.counts('image')).toEqual({ waiting: 0, active: 0 });
    expect(await one.counts('image')).toEqual({ waiting: 1, active: 0 });
  });

  test('keeps nothing of what has ended', async () => {
    const prefix = `alone-${randomUUID()}`;
    const { queue } = await open({ prefix });
    const ran: string[] = [];
    await queue.process('image', 2, async (id) => {
      ran.push(id);
      if (id === 'b') throw new Error('broken run');
    });
    for (const id of ['a', 'b', 'c']) await queue.push(offer(id));
    await eventually(() => ran.length === 3, patient);
    await eventually(async () => (await queue.counts('image')).active === 0, patient);
    const keys = await redis.command('keys', `${prefix}:image:*.*`);
    expect(keys).toEqual([]);
  });

  test('never gives up a job for having stalled too often', async () => {
    const prefix = `alone-${randomUUID()}`;
    const { queue } = await open({ prefix, lockMs: 300 });
    await queue.push(offer('a'));
    // As three workers that died over it leave it: taken, without a lock, and counted.
    await redis.command('rpoplpush', `${prefix}:image:wait`, `${prefix}:image:active`);
    await redis.command('hset', `${prefix}:image:a.0`, 'stalledCounter', '3');
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => void ran.push(id));
    await eventually(() => ran.length > 0, patient);
    await eventually(async () => (await queue.counts('image')).active === 0, patient);
    expect(ran).toEqual(['a']);
  });

  test('passes over what a flush has left of an offer', async () => {
    const prefix = `alone-${randomUUID()}`;
    const { queue, lines } = await open({ prefix });
    await redis.command('lpush', `${prefix}:image:wait`, 'gone.0');
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => void ran.push(id));
    await queue.push(offer('a'));
    await eventually(() => ran.includes('a'), patient);
    await eventually(async () => (await queue.counts('image')).active === 0, patient);
    expect(ran).toEqual(['a']);
    expect(await redis.command('keys', `${prefix}:image:gone*`)).toEqual([]);
    expect(lines).toEqual([]);
  });

  test('waits for a Redis that is away at the start, says so once and without the password', async () => {
    const late = await startRedis({ config: ['--requirepass', 'geheim'] });
    await late.kill();
    const url = new URL(late.url);
    url.password = 'geheim';
    const { queue, lines } = await open({ url: url.href });
    const ran: string[] = [];
    await queue.process('image', 1, async (id) => void ran.push(id));
    await expect(queue.push(offer('a'))).rejects.toThrow();
    await late.start();
    await eventually(() => queue.push(offer('a')).then(() => true), patient);
    await eventually(() => ran.includes('a'), patient);
    expect(lines.filter((line) => line.includes('Redis cannot be reached'))).toHaveLength(1);
    expect(lines.join()).not.toContain('geheim');
    await queue.close();
    await late.close();
  });

  test('closes while Redis is away, after its running job', async () => {
    const away = await startRedis();
    const { queue } = await open({ url: away.url });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const steps: string[] = [];
    await queue.process('image', 1, async () => {
      steps.push('began');
      await held;
      steps.push('ended');
    });
    await queue.push(offer('a'));
    await eventually(() => steps.length === 1, patient);
    await away.kill();
    const closed = queue.close().then(() => steps.push('closed'));
    release();
    await closed;
    expect(steps).toEqual(['began', 'ended', 'closed']);
    await away.close();
  });

  test('a Redis that refuses the login is no Redis to wait for', async () => {
    const guarded = await startRedis({ config: ['--requirepass', 'sesame'] });
    await expect(open({ url: guarded.url })).rejects.toThrow(/refuses the login of REDIS_URL/);
    const url = new URL(guarded.url);
    url.password = 'wrong';
    await expect(open({ url: url.href })).rejects.toThrow(/refuses the login of REDIS_URL/);
    url.password = 'sesame';
    const { queue } = await open({ url: url.href });
    await queue.push(offer('a'));
    await queue.close();
    await guarded.close();
  });

  test('warns of a Redis that drops keys when it is full', async () => {
    const forgetful = await startRedis({ config: ['--maxmemory-policy', 'allkeys-lru'] });
    const { queue, lines } = await open({ url: forgetful.url });
    expect(lines.join()).toContain('set maxmemory-policy to noeviction');
    await queue.close();
    await forgetful.close();
  });
});

describe('the relay to Redis', { timeout: 90_000 }, () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({ redis });
  }, 60_000);
  afterEach(() => rig.close(), 60_000);

  const finish = async ({ payload }: TestRun) => ({
    commit: (transaction: Parameters<typeof keepResult>[0]) => keepResult(transaction, payload.workId),
  });
  const allDone = async (jobs: readonly { jobId: string; workId: string }[]) => {
    for (const { jobId, workId } of jobs) {
      await eventually(async () => (await rig.stateOf(jobId)).state === 'done', patient);
      expect(await resultsOf(rig.database, workId)).toBe(1);
    }
  };
  const enqueue = (count: number) => Promise.all(Array.from({ length: count }, () => rig.enqueue()));

  test('several of them take each job once', async () => {
    const pushed: string[] = [];
    const note = { push: async ({ jobId }: QueuedJob) => void pushed.push(jobId) };
    const relays = [rig.openRelay(note), rig.openRelay(note), rig.openRelay(note)];
    const jobs = await enqueue(30);
    const queue = await rig.openQueue();
    // The rig's own relay takes some of them too.
    await eventually(async () => pushed.length + (await queue.counts('image')).waiting >= 30, patient);
    expect(new Set(pushed).size).toBe(pushed.length);
    expect(pushed.length + (await queue.counts('image')).waiting).toBe(30);
    await queue.close();
    await Promise.all(relays.map((relay) => relay.stop()));
    // Those that went nowhere are offered again after a while.
    await rig.work(finish);
    await allDone(jobs);
  });

  test('a job is offered only when the transaction that made it commits', async () => {
    await rig.database
      .transaction()
      .execute(async (transaction) => {
        await sql`insert into jobs (name, lane, payload, object_kind, object_id, max_attempts)
          values ('test.work', 'image', '{}', 'creative', ${randomUUID()}, 3)`.execute(transaction);
        await sql`select offer_job(id) from jobs`.execute(transaction);
        throw new Error('changed my mind');
      })
      .catch(() => undefined);
    const jobs = await enqueue(1);
    const queue = await rig.openQueue();
    await eventually(async () => (await queue.counts('image')).waiting > 0, patient);
    expect(await queue.counts('image')).toEqual({ waiting: 1, active: 0 });
    await queue.close();
    await rig.work(finish);
    await allDone(jobs);
  });

  test('what waits in the database when Redis is set, and in Redis when it is not any more, comes along', async () => {
    await chooseMediaQueue(rig.database, false);
    const early = await enqueue(3);
    const held = async () =>
      (await sql`select from graphile_worker._private_jobs`.execute(rig.database)).rows.length;
    expect(await held()).toBe(3);
    await chooseMediaQueue(rig.database, true);
    expect(await held()).toBe(0);
    const queue = await rig.openQueue();
    await eventually(async () => (await queue.counts('image')).waiting === 3, patient);
    await queue.close();
    await chooseMediaQueue(rig.database, false);
    expect(await held()).toBe(3);
    await chooseMediaQueue(rig.database, true);
    await rig.work(finish);
    await allDone(early);
  });

  test('small jobs stay with the database', async () => {
    await sql`insert into jobs (name, lane, payload, object_kind, object_id, max_attempts)
      values ('test.work', 'small', '{}', 'creative', ${randomUUID()}, 3)`.execute(rig.database);
    await sql`select offer_job(id) from jobs`.execute(rig.database);
    const { rows } = await sql`select from graphile_worker._private_jobs`.execute(rig.database);
    expect(rows).toHaveLength(1);
  });
});

describe('when Redis fails', { timeout: 120_000 }, () => {
  let own: TestRedis;
  let rig: Rig;
  beforeEach(async () => {
    own = await startRedis();
    rig = await startRig({ redis: own });
  }, 60_000);
  afterEach(async () => {
    await rig.close();
    await own.close();
  }, 60_000);

  test('killed and started empty in the middle of the work, every job is done exactly once', async () => {
    let began = 0;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await rig.work(async ({ payload, signal }) => {
      began += 1;
      await Promise.race([gate, once(signal, 'abort')]);
      signal.throwIfAborted();
      return { commit: (transaction) => keepResult(transaction, payload.workId) };
    });
    const before = await Promise.all(Array.from({ length: 8 }, () => rig.enqueue()));
    await eventually(() => began === 2, patient);
    await own.kill();
    // Made while it is away: they are rows like the others.
    const meanwhile = await Promise.all(Array.from({ length: 4 }, () => rig.enqueue()));
    open();
    await own.start();
    for (const { jobId, workId } of [...before, ...meanwhile]) {
      await eventually(async () => (await rig.stateOf(jobId)).state === 'done', patient);
      expect(await resultsOf(rig.database, workId)).toBe(1);
      expect(await rig.stateOf(jobId)).toMatchObject({ attempts: 1, crashes: 0 });
    }
  });

  test('full, jobs wait in the database and go on when there is room', async () => {
    await own.command('config', 'set', 'maxmemory', '1');
    const jobs = await Promise.all(Array.from({ length: 3 }, () => rig.enqueue()));
    await rig.work(async () => ({}));
    await eventually(() => rig.lines.some((line) => line.includes('could not be taken to Redis')), patient);
    expect((await rig.stateOf(jobs[0]?.jobId ?? '')).state).toBe('queued');
    await own.command('config', 'set', 'maxmemory', '0');
    for (const { jobId } of jobs) {
      await eventually(async () => (await rig.stateOf(jobId)).state === 'done', patient);
    }
  });
});
