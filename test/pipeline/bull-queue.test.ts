import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openBullQueue } from '../../pipeline/queue/bull-queue.js';
import { jobQueueContract } from '../contracts/job-queue.contract.js';
import { startRedis, type TestRedis } from '../helpers/redis.js';
import { keepingLogger } from './jobs-rig.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

jobQueueContract('the queue on Redis', async () => {
  const prefix = `contract-${randomUUID()}`;
  return {
    open: () => openBullQueue({ url: redis.url, prefix, logger: keepingLogger().logger }),
    newJob: async () => randomUUID(),
    reprioritise: async () => {},
    close: async () => {},
  };
});
