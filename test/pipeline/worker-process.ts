import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { defineHandler } from '../../pipeline/handler.js';
import { openBullQueue } from '../../pipeline/queue/bull-queue.js';
import { createPostgresQueue } from '../../pipeline/queue/postgres-queue.js';
import { startWorker } from '../../pipeline/worker.js';
import { createDatabase, type DatabaseTransaction } from '../../server/database/database.js';
import { createJobStore } from '../../server/jobs/job-store.repository.js';
import { keepResult, quick, quickLockMs, testJob } from './test-job.js';

/**
 * A worker as a process of its own, for tests that kill or freeze it. Arguments: database address, directory of
 * the file store, a file whose appearing lets the runs end, and for lanes on Redis its address and prefix. It says
 * on stdout what it does, a line each.
 */
const [url = '', directory = '', release = '', redisUrl, prefix = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const write = (_: object, message: string) => void say(`log ${message}`);
const logger = { debug: () => {}, info: write, warn: write, error: write };

const database = createDatabase({ url, logger });
const effects = { waits: async () => {}, failed: async () => {} };
const worker = await startWorker<DatabaseTransaction>({
  queue:
    redisUrl === undefined
      ? createPostgresQueue({ url, logger, pollMs: 100 })
      : await openBullQueue({ url: redisUrl, prefix, logger, lockMs: quickLockMs }),
  store: createJobStore({
    database,
    live: { publish: async () => {} },
    effects: { 'test.work': effects },
    logger,
  }),
  files: await openDiskStore({ directory }),
  definitions: [testJob],
  handlers: [
    defineHandler(testJob, async (job) => {
      await writeFile(path.join(await job.workDirectory(), 'half.mp4'), 'half of a film');
      say(`started ${job.id}`);
      while (!existsSync(release)) {
        job.signal.throwIfAborted();
        await pause(20);
      }
      say(`result of ${job.id}`);
      return { commit: (transaction) => keepResult(transaction, job.payload.workId) };
    }),
  ],
  lanes: { image: 1 },
  timing: quick,
  logger,
});
process.once('SIGTERM', () => {
  worker
    .stop()
    .then(() => database.destroy())
    .then(() => say('stopped'));
});
say(`ready ${worker.id}`);
