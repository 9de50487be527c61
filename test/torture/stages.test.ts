import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { picture } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import type { Program } from '../helpers/program.js';
import { beforeRow, probing, stopEncoder } from '../helpers/stages.js';
import { carriers, createTortureHouse, patient, type TortureHouse } from './torture-house.js';

const kills = Number(process.env.TORTURE_KILLS ?? 20);
/** A job that kills five workers is given up, so each of ours kills fewer. */
const killsPerJob = 4;

describe.runIf(process.platform === 'linux').each(carriers)('workers on %s', (carrier) => {
  let house: TortureHouse;
  beforeEach(async () => {
    house = await createTortureHouse(carrier);
  });
  afterEach(() => house.close());

  /** Brings one job to a stage, kills its worker there, and so on with the next; every job is done in the end. */
  async function killAt(stage: (worker: Program, kill: number) => Promise<void>): Promise<void> {
    for (let kill = 0; kill < kills; kill += 1) {
      await stage(await house.startWorker(), kill);
    }
  }

  /** How often the jobs of a kind have lost their worker. */
  async function crashes(name: string): Promise<number> {
    const { rows } = await sql<{ total: number }>`
      select coalesce(sum(crashes), 0)::int as total from jobs where name = ${name}`.execute(house.app.db);
    return rows[0]?.total ?? 0;
  }

  it('killed while they probe, lose nothing', async () => {
    const { app, tools } = house;
    await tools.hold();
    const ids: string[] = [];
    await killAt(async (worker, kill) => {
      if (kill % killsPerJob === 0) {
        ids.push(await house.sent(await noisyFilm({ seconds: 2 + kill }), `film-${kill}.mp4`));
      }
      await probing(app.dataDir);
      await worker.kill9();
    });
    await tools.release();
    await house.startWorker();
    await eventually(async () => {
      const all = await Promise.all(ids.map(house.read));
      expect(new Set(all.map(({ inspection }) => inspection))).toEqual(new Set(['ready']));
      return true;
    }, patient);
    expect(await crashes('creative.inspect')).toBeGreaterThanOrEqual(kills);
    await house.allIsWell();
  });

  it('killed while they encode, lose nothing', async () => {
    const { app } = house;
    const first = await house.startWorker();
    const ids: string[] = [];
    for (let film = 0; film < Math.ceil(kills / killsPerJob); film += 1) {
      ids.push(await house.ready(await noisyFilm({ seconds: 6 + 2 * film }), `film-${film}.mp4`));
    }
    await first.kill9();
    await killAt(async (worker, kill) => {
      const id = ids[Math.floor(kill / killsPerJob)];
      if (kill % killsPerJob === 0 && id !== undefined) await house.render(id, ['whatsapp_video', 'x_video']);
      await stopEncoder(app.dataDir);
      await worker.kill9();
    });
    await house.startWorker();
    await house.allReady(ids);
    expect(await crashes('rendition.render')).toBeGreaterThanOrEqual(kills);
    await house.allIsWell();
  });

  it('killed between the file and its row, lose nothing', async () => {
    const { app } = house;
    const ids: string[] = [];
    await killAt(async (worker, kill) => {
      const colour = `#${(0x102030 + kill * 0x0a0b0c).toString(16)}`;
      const id = await house.ready(await picture({ width: 1600, height: 1200, colour }), `${kill}.jpg`);
      ids.push(id);
      const asked = () => house.render(id, ['whatsapp_image', 'x_image']);
      await beforeRow(app, { asked, work: () => worker.kill9() });
    });
    await house.startWorker();
    await house.allReady(ids);
    expect(await crashes('rendition.render')).toBe(kills);
    await house.allIsWell();
  });
});
