import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBullQueue } from '../../pipeline/queue/bull-queue.js';
import type { QueuedJob } from '../../pipeline/queue/job-queue.js';
import { findMediaQueue } from '../../server/jobs/jobs.repository.js';
import { eventually } from '../helpers/eventually.js';
import { picture } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { encodersIn } from '../helpers/program.js';
import type { TestRedis } from '../helpers/redis.js';
import { keepingLogger } from '../pipeline/jobs-rig.js';
import { createTortureHouse, patient, type TortureHouse } from './torture-house.js';

let house: TortureHouse;
let redis: TestRedis;
beforeEach(async () => {
  house = await createTortureHouse('Redis');
  if (house.redis === null) throw new Error('this house has no Redis');
  redis = house.redis;
});
afterEach(() => house.close());

async function openQueue() {
  const { redisPrefix: prefix } = await findMediaQueue(house.app.db);
  return openBullQueue({ url: redis.url, prefix, logger: keepingLogger().logger });
}

/** What is done with every file: it is looked into, and its fingerprint is taken. */
const jobsPerFile = 2;

/** A hundred pictures waiting to be looked into, all of them in Redis. */
async function hundredWaiting(): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < 100; index += 1) {
    const colour = `#${(0x101010 + index * 0x020304).toString(16)}`;
    ids.push(await house.sent(await picture({ width: 320, height: 240, colour }), `${index}.jpg`));
  }
  const queue = await openQueue();
  await eventually(async () => (await queue.counts('image')).waiting === 100 * jobsPerFile, patient);
  await queue.close();
  return ids;
}

async function allInspected(ids: readonly string[]): Promise<void> {
  await eventually(async () => {
    const { rows } = await sql<{ inspection: string; total: number }>`
      select inspection, count(*)::int as total from creatives where id = any(${[...ids]}::uuid[]) group by 1`.execute(
      house.app.db,
    );
    expect(rows).toEqual([{ inspection: 'ready', total: ids.length }]);
    return true;
  }, patient);
  await house.allIsWell();
  const { rows } = await sql<{ attempts: number; crashes: number; state: string; total: number }>`
    select attempts, crashes, state, count(*)::int as total from jobs group by 1, 2, 3`.execute(house.app.db);
  expect(rows).toEqual([{ attempts: 1, crashes: 0, state: 'done', total: ids.length * jobsPerFile }]);
}

/** A film being encoded and the worker at it. */
async function encoding() {
  const worker = await house.startWorker();
  const id = await house.ready(await noisyFilm({ seconds: 8 }), 'film.mp4');
  await house.render(id, ['whatsapp_video', 'x_video']);
  await eventually(async () => (await encodersIn(house.app.dataDir)).length > 0, patient);
  return { worker, id };
}

describe('when Redis fails', () => {
  it('flushed with a hundred queued and one running, every job is done exactly once', async () => {
    const ids = await hundredWaiting();
    await house.startWorker();
    await eventually(async () => {
      const { rows } = await sql`select from jobs where state = 'running'`.execute(house.app.db);
      return rows.length > 0;
    }, patient);
    await redis.command('flushall');
    await allInspected(ids);
  });

  it('killed and started empty, again and again, in the middle of a transcode, it stops nothing', async () => {
    const { id } = await encoding();
    for (let blow = 0; blow < 5; blow += 1) {
      await redis.kill();
      const other = await house.sent(await picture({ width: 320, height: 240 + blow }), `${blow}.jpg`);
      await redis.start();
      await eventually(async () => (await house.read(other)).inspection === 'ready', patient);
    }
    await house.allReady([id]);
    const { rows } = await sql<{ crashes: number; attempts: number }>`
      select crashes, attempts from jobs where name = 'rendition.render'`.execute(house.app.db);
    expect(rows).toEqual([{ crashes: 0, attempts: 1 }]);
    await house.allIsWell();
  });

  it('frozen and thawed, it stops nothing', async () => {
    const { id } = await encoding();
    redis.freeze();
    const other = await house.sent(await picture({ width: 320, height: 240 }), 'other.jpg');
    await house.allReady([id]);
    expect((await house.read(other)).inspection).toBe('queued');
    redis.thaw();
    await eventually(async () => (await house.read(other)).inspection === 'ready', patient);
    await house.allIsWell();
  });

  it('handing one job to two workers, and twenty times, it is done once', async () => {
    const { id } = await encoding();
    await house.startWorker();
    const { rows } = await sql<QueuedJob>`
      select id as job_id, lane, priority, fence from jobs where state = 'running' and name = 'rendition.render'`.execute(
      house.app.db,
    );
    const [job] = rows;
    if (!job) throw new Error('nothing runs');
    const queue = await openQueue();
    for (let doubled = 1; doubled <= 20; doubled += 1) await queue.push({ ...job, fence: 1_000 + doubled });
    await queue.push({ ...job, jobId: randomUUID() });
    await house.allReady([id]);
    await eventually(async () => {
      const { waiting, active } = await queue.counts('video');
      return waiting + active === 0;
    }, patient);
    await queue.close();
    const after = await sql`select state, attempts, crashes from jobs where id = ${job.jobId}`.execute(
      house.app.db,
    );
    expect(after.rows).toEqual([{ state: 'done', attempts: 1, crashes: 0 }]);
    await house.allIsWell();
  });
});
