import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { picture } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { encodersIn } from '../helpers/program.js';
import { carriers, createTortureHouse, patient, type TortureHouse } from './torture-house.js';

/** Three times the silence after which a worker counts as dead. */
const frozenMs = 30_000;

/** The same moments each time for one seed, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe.runIf(process.platform === 'linux').each(carriers)(
  'workers on %s that fail again and again',
  (carrier) => {
    let house: TortureHouse;
    beforeEach(async () => {
      house = await createTortureHouse(carrier);
    });
    afterEach(() => house.close());

    async function ended(ids: readonly string[]): Promise<boolean> {
      const renditions = (await Promise.all(ids.map(house.read))).flatMap((creative) => creative.renditions);
      return renditions.every(({ state }) => state === 'ready' || state === 'failed');
    }

    it('killed with -9 ten times at any moment over six jobs, lose and double nothing', async () => {
      const seed = Number(process.env.TORTURE_SEED ?? Date.now() % 1_000_000);
      const random = randomFrom(seed);
      process.stdout.write(`moments of seed ${seed}\n`);
      const running = [await house.startWorker(), await house.startWorker()];
      const ids = [
        await house.ready(await noisyFilm({ seconds: 8 }), 'one.mp4'),
        await house.ready(await noisyFilm({ seconds: 6 }), 'two.mp4'),
        ...(await Promise.all(
          ['#112233', '#445566', '#778899', '#aabbcc'].map(async (colour) =>
            house.ready(await picture({ width: 2400, height: 1800, colour }), `${colour.slice(1)}.jpg`),
          ),
        )),
      ];
      for (const id of ids) await house.render(id);

      for (let kill = 0; kill < 10; kill += 1) {
        await eventually(async () => (await house.isRunning()) || (await ended(ids)), patient);
        await pause(random() * 4_000);
        const [victim] = running.splice(Math.floor(random() * running.length), 1);
        await victim?.kill9();
        running.push(await house.startWorker());
      }
      await house.allReady(ids);
      await house.allIsWell();
      for (const id of ids) {
        const { rows } = await sql<{ act: string }>`
          select act from audit where object_id = ${id} and act = 'rendition.requested'`.execute(
          house.app.db,
        );
        expect(rows).toHaveLength(1);
      }
    });

    it('frozen for three times the limit and then woken up, do no harm', async () => {
      const { app } = house;
      const frozen = await house.startWorker();
      const id = await house.ready(await noisyFilm({ seconds: 8 }), 'film.mp4');
      await house.render(id, ['whatsapp_video', 'x_video']);
      await eventually(
        async () => (await house.isRunning()) && (await encodersIn(app.dataDir)).length > 0,
        patient,
      );
      frozen.child.kill('SIGSTOP');
      const since = performance.now();
      await house.startWorker();
      await house.allReady([id]);
      const filesOf = () =>
        app.db
          .selectFrom('renditions')
          .where('creativeId', '=', id)
          .select(['id', 'fileSha256', 'finishedAt'])
          .orderBy('id')
          .execute();
      const made = await filesOf();
      await eventually(() => performance.now() - since > frozenMs, { timeoutMs: 2 * frozenMs, everyMs: 500 });
      frozen.child.kill('SIGCONT');
      // Told to end in order: then all it had to write is written, or was refused.
      frozen.child.kill('SIGTERM');
      expect(await frozen.exit).toEqual({ code: 0, signal: null });
      expect(await filesOf()).toEqual(made);
      await house.allIsWell();
    });
  },
);
