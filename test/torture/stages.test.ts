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
  /** Turns of jobs that workers have had. */
  const turns = new Set<string>();
  beforeEach(async () => {
    house = await createTortureHouse(carrier);
  });
  afterEach(() => house.close());

  /** How often the jobs of a kind have lost their worker. */
  async function crashes(name: string): Promise<number> {
    const { rows } = await sql<{ total: number }>`
      select coalesce(sum(crashes), 0)::int as total from jobs where name = ${name}`.execute(house.app.db);
    return rows[0]?.total ?? 0;
  }

  /** Waits until a worker has taken a job of this kind in a turn that no worker killed before had. */
  async function takenAnew(name: string): Promise<void> {
    await eventually(async () => {
      const { rows } = await sql<{ turn: string }>`
        select id || ' ' || fence as turn from jobs where name = ${name} and state = 'running'`.execute(
        house.app.db,
      );
      const [taken] = rows.filter(({ turn }) => !turns.has(turn));
      if (taken) turns.add(taken.turn);
      return taken !== undefined;
    }, patient);
  }

  /** Starts a worker and waits until it has done all there is. */
  async function finishing(): Promise<Program> {
    const worker = await house.startWorker();
    await eventually(async () => {
      const { rows } = await sql`select from jobs where state in ('queued', 'running')`.execute(house.app.db);
      return rows.length === 0;
    }, patient);
    return worker;
  }

  /** Whatever else a worker has begun is finished before the next kill, which would hit that too. */
  async function finishAll(): Promise<void> {
    const worker = await finishing();
    worker.child.kill('SIGTERM');
    expect(await worker.exit).toEqual({ code: 0, signal: null });
  }

  /** Kills one worker after the other, each once `stage` has come; all that a few of them had begun is then finished. */
  async function killAtEach(begin: (kill: number) => Promise<void>, stage: () => Promise<void>) {
    for (let kill = 0; kill < kills; kill += 1) {
      if (kill % killsPerJob === 0) await begin(kill);
      const worker = await house.startWorker();
      await stage();
      await worker.kill9();
      if ((kill + 1) % killsPerJob === 0) {
        await house.tools.release();
        await finishAll();
      }
    }
    await house.tools.release();
    await finishing();
  }

  it('killed while they probe, lose nothing', async () => {
    const { app, tools } = house;
    const ids: string[] = [];
    await killAtEach(
      async (kill) => {
        await tools.hold();
        ids.push(await house.sent(await noisyFilm({ seconds: 2 + kill }), `film-${kill}.mp4`));
      },
      async () => {
        await takenAnew('creative.inspect');
        await probing(app.dataDir);
      },
    );
    const all = await Promise.all(ids.map(house.read));
    expect(new Set(all.map(({ inspection }) => inspection))).toEqual(new Set(['ready']));
    expect(await crashes('creative.inspect')).toBe(kills);
    await house.allIsWell();
  });

  it('killed while they encode, lose nothing', async () => {
    const { app } = house;
    const ids: string[] = [];
    await killAtEach(
      async (kill) => {
        const id = await house.sent(await noisyFilm({ seconds: 6 + kill }), `film-${kill}.mp4`);
        await finishAll();
        await house.render(id, ['whatsapp_video', 'x_video']);
        ids.push(id);
      },
      async () => {
        await takenAnew('rendition.render');
        await stopEncoder(app.dataDir);
      },
    );
    await house.allReady(ids);
    expect(await crashes('rendition.render')).toBe(kills);
    await house.allIsWell();
  });

  it('killed between the file and its row, lose nothing', async () => {
    const { app } = house;
    const ids: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const colour = `#${(0x102030 + kill * 0x0a0b0c).toString(16)}`;
      const id = await house.sent(await picture({ width: 1600, height: 1200, colour }), `${kill}.jpg`);
      await finishAll();
      ids.push(id);
      const worker = await house.startWorker();
      const asked = () => house.render(id, ['whatsapp_image', 'x_image']);
      await beforeRow(app, { asked, work: () => worker.kill9() });
    }
    await finishing();
    await house.allReady(ids);
    expect(await crashes('rendition.render')).toBe(kills);
    await house.allIsWell();
  });
});
