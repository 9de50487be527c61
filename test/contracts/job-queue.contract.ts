import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JobQueue } from '../../pipeline/queue/job-queue.js';
import type { Lane } from '../../server/contract/lists.js';
import { eventually as look } from '../helpers/eventually.js';

/** What a suite needs of an adapter: queues over one shared store, as separate processes would have them. */
export interface QueueUnderTest {
  open(): Promise<JobQueue>;
  /** A waiting job's row, not offered yet. */
  newJob(options?: { lane?: Lane; priority?: number }): Promise<string>;
  /** What the row says of a waiting job. */
  reprioritise(jobId: string, priority: number): Promise<void>;
  close(): Promise<void>;
}

/** As patient as a busy machine needs. */
const eventually: typeof look = (what) => look(what, { timeoutMs: 60_000 });

/** A promise that is settled from outside. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** What every job queue promises, run against a real one. */
export function jobQueueContract(name: string, make: () => Promise<QueueUnderTest>): void {
  describe(`${name}, as a job queue`, { timeout: 120_000 }, () => {
    let under: QueueUnderTest;
    let opened: JobQueue[];
    const open = async () => {
      const queue = await under.open();
      opened.push(queue);
      return queue;
    };

    beforeEach(async () => {
      opened = [];
      under = await make();
    }, 60_000);
    afterEach(async () => {
      await Promise.all(opened.map((queue) => queue.close()));
      await under.close();
    }, 60_000);

    const offer = async (
      queue: JobQueue,
      { lane = 'image', priority = 0 }: { lane?: Lane; priority?: number } = {},
    ) => {
      const jobId = await under.newJob({ lane, priority });
      await queue.push({ jobId, lane, priority, fence: 0 });
      return jobId;
    };

    test('a pushed job runs with its id', async () => {
      const queue = await open();
      const ran: string[] = [];
      await queue.process('image', 1, async (jobId) => void ran.push(jobId));
      const jobId = await offer(queue);
      await eventually(() => ran.length > 0);
      expect(ran).toEqual([jobId]);
    });

    test('a job pushed before anyone works is kept', async () => {
      const queue = await open();
      const jobId = await offer(queue);
      const ran: string[] = [];
      await (await open()).process('image', 1, async (id) => void ran.push(id));
      await eventually(() => ran.includes(jobId));
    });

    test('a job pushed twice while it waits runs once', async () => {
      const queue = await open();
      const twice = await offer(queue);
      await queue.push({ jobId: twice, lane: 'image', priority: 0, fence: 0 });
      const last = await offer(queue, { priority: -1 });
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => void ran.push(id));
      await eventually(() => ran.includes(last));
      expect(ran).toEqual([twice, last]);
    });

    test('the higher priority goes first', async () => {
      const queue = await open();
      const low = await offer(queue, { priority: -5 });
      const middle = await offer(queue);
      const high = await offer(queue, { priority: 10 });
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => void ran.push(id));
      await eventually(() => ran.length === 3);
      expect(ran).toEqual([high, middle, low]);
    });

    test('a waiting job offered with a higher priority goes before the others, once', async () => {
      const queue = await open();
      const first = await offer(queue);
      const second = await offer(queue);
      const urgent = await offer(queue);
      await under.reprioritise(urgent, 100);
      await queue.push({ jobId: urgent, lane: 'image', priority: 100, fence: 0 });
      expect(await queue.counts('image')).toEqual({ waiting: 3, active: 0 });
      const last = await offer(queue, { priority: -1 });
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => void ran.push(id));
      await eventually(() => ran.includes(last));
      expect(ran).toEqual([urgent, first, second, last]);
    });

    test('of one priority the first offered goes first', async () => {
      const queue = await open();
      const offered: string[] = [];
      for (let index = 0; index < 5; index += 1) offered.push(await offer(queue));
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => void ran.push(id));
      await eventually(() => ran.length === 5);
      expect(ran).toEqual(offered);
    });

    test('a job offered again while its run still ends runs again', async () => {
      const queue = await open();
      const hold = gate();
      const ran: string[] = [];
      await queue.process('image', 2, async (id) => {
        ran.push(id);
        if (ran.length === 1) await hold.opened;
      });
      const jobId = await offer(queue);
      await eventually(() => ran.length === 1);
      // The row waits again, under the next fence, a moment before the queue learns that the run is over.
      await queue.push({ jobId, lane: 'image', priority: 0, fence: 1 });
      await eventually(() => ran.length === 2);
      hold.open();
      expect(ran).toEqual([jobId, jobId]);
      await eventually(async () => (await queue.counts('image')).active === 0);
    });

    test('a lane runs as many at once as it was told, and no lane waits for another', async () => {
      const queue = await open();
      const hold = gate();
      let active = 0;
      let most = 0;
      const slow = async () => {
        active += 1;
        most = Math.max(most, active);
        await hold.opened;
        active -= 1;
      };
      const quick: string[] = [];
      await queue.process('video', 2, slow);
      await queue.process('image', 1, async (id) => void quick.push(id));
      for (let index = 0; index < 4; index += 1) await offer(queue, { lane: 'video' });
      await eventually(() => active === 2);
      const poster = await offer(queue, { lane: 'image' });
      await eventually(() => quick.includes(poster));
      expect(most).toBe(2);
      hold.open();
      await eventually(async () => (await queue.counts('video')).waiting === 0 && active === 0);
      expect(most).toBe(2);
    });

    test('a paused lane hands out nothing while running jobs go on, and resuming goes on', async () => {
      const queue = await open();
      const hold = gate();
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => {
        await hold.opened;
        ran.push(id);
      });
      const first = await offer(queue);
      await eventually(async () => (await queue.counts('image')).active === 1);
      await queue.pause('image');
      const second = await offer(queue);
      hold.open();
      await eventually(async () => ran.length === 1 && (await queue.counts('image')).active === 0);
      // Another lane of the same queue working shows that the paused one had its chance.
      const beside: string[] = [];
      await queue.process('small', 1, async (id) => void beside.push(id));
      await offer(queue, { lane: 'small' });
      await eventually(() => beside.length === 1);
      expect(ran).toEqual([first]);
      expect((await queue.counts('image')).waiting).toBe(1);
      await queue.resume('image');
      await eventually(() => ran.length === 2);
      expect(ran).toEqual([first, second]);
    });

    test('a lane paused in one process is worked on by another', async () => {
      const [still, other] = [await open(), await open()];
      const here: string[] = [];
      await still.process('image', 1, async (id) => void here.push(id));
      await still.pause('image');
      const jobId = await offer(still);
      const there: string[] = [];
      await other.process('image', 1, async (id) => void there.push(id));
      await eventually(() => there.length === 1);
      expect(there).toEqual([jobId]);
      expect(here).toEqual([]);
    });

    test('waiting and running jobs are counted per lane', async () => {
      const queue = await open();
      const hold = gate();
      for (let index = 0; index < 3; index += 1) await offer(queue);
      expect(await queue.counts('image')).toEqual({ waiting: 3, active: 0 });
      await queue.process('image', 2, () => hold.opened);
      await eventually(async () => (await queue.counts('image')).active === 2);
      expect(await queue.counts('image')).toEqual({ waiting: 1, active: 2 });
      expect(await queue.counts('video')).toEqual({ waiting: 0, active: 0 });
      hold.open();
      await eventually(async () => (await queue.counts('image')).active === 0);
    });

    test('closing waits for the running job and leaves the waiting one to others', async () => {
      const queue = await open();
      const hold = gate();
      const here: string[] = [];
      await queue.process('image', 1, async (id) => {
        await hold.opened;
        here.push(id);
      });
      const running = await offer(queue);
      await eventually(async () => (await queue.counts('image')).active === 1);
      const waiting = await offer(queue);
      let closed = false;
      const closing = queue.close().then(() => {
        closed = true;
      });
      const there: string[] = [];
      await (await open()).process('image', 1, async (id) => void there.push(id));
      await eventually(() => there.length === 1);
      expect(closed).toBe(false);
      hold.open();
      await closing;
      expect(here).toEqual([running]);
      expect(there).toEqual([waiting]);
    });

    test('a run that rejects holds up no other job', async () => {
      const queue = await open();
      const bad = await offer(queue, { priority: 1 });
      const good = await offer(queue);
      const ran: string[] = [];
      await queue.process('image', 1, async (id) => {
        ran.push(id);
        if (id === bad) throw new Error('broken run');
      });
      await eventually(() => ran.includes(good));
    });

    test('two processes share the jobs, each job run once', async () => {
      const [one, other] = [await open(), await open()];
      const ran: string[] = [];
      const offered: string[] = [];
      for (let index = 0; index < 30; index += 1) offered.push(await offer(one));
      await one.process('image', 3, async (id) => void ran.push(id));
      await other.process('image', 3, async (id) => void ran.push(id));
      await eventually(() => ran.length >= 30);
      expect([...ran].sort()).toEqual([...offered].sort());
    });
  });
}
