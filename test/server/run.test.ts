import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { composeApi } from '../../server/compose.js';
import { composeWorker } from '../../server/compose-worker.js';
import { readConfig } from '../../server/config.js';
import { startClock } from '../../server/run/clock.js';
import { createOpened, openingAll } from '../../server/run/opened.js';
import { createTestDatabase, silentLogger } from '../helpers/database.js';
import { eventually } from '../helpers/eventually.js';

describe('housekeeping', () => {
  const logger = { warn: () => undefined };

  it('is done once at the start and then at each task’s own pace, whatever happens to the others', async () => {
    const done = { often: 0, seldom: 0, failing: 0, hanging: 0 };
    let letGo: () => void = () => undefined;
    const warned: object[] = [];
    const clock = startClock({
      logger: { warn: (fields) => warned.push(fields) },
      tasks: {
        hanging: {
          everyMs: 1,
          run: () => {
            done.hanging += 1;
            return new Promise<void>((resolve) => {
              letGo = resolve;
            });
          },
        },
        failing: {
          everyMs: 1,
          run: async () => {
            done.failing += 1;
            throw new Error('no luck');
          },
        },
        seldom: { everyMs: 3_600_000, run: async () => void done.seldom++ },
        often: { everyMs: 1, run: async () => void done.often++ },
      },
    });
    await eventually(() => done.often > 5 && done.failing > 5);
    expect(done).toMatchObject({ seldom: 1, hanging: 1 });
    expect(warned[0]).toMatchObject({ task: 'failing' });

    let stopped = false;
    const stopping = clock.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    letGo();
    await stopping;
    const after = { ...done };
    let turns = 0;
    const other = startClock({ logger, tasks: { other: { everyMs: 1, run: async () => void turns++ } } });
    await eventually(() => turns > 20);
    await other.stop();
    expect(done).toEqual(after);
  });

  it('stops at once when nothing is under way', async () => {
    await startClock({ logger, tasks: { one: { everyMs: 3_600_000, run: async () => undefined } } }).stop();
  });
});

describe('what was opened', () => {
  it('is closed last first, once, and whole even when a part does not close', async () => {
    const closed: string[] = [];
    const opened = createOpened();
    opened.add(async () => closed.push('first'));
    opened.add(async () => {
      throw new Error('stuck');
    });
    opened.add(async () => closed.push('last'));
    await expect(opened.close()).rejects.toThrow('stuck');
    await expect(opened.close()).rejects.toThrow('stuck');
    expect(closed).toEqual(['last', 'first']);
  });

  it('is closed when the rest cannot be opened, and the reason is the first one', async () => {
    const closed: string[] = [];
    const opening = openingAll(async (opened) => {
      opened.add(async () => closed.push('database'));
      opened.add(() => Promise.reject(new Error('cannot close either')));
      throw new Error('port taken');
    });
    await expect(opening).rejects.toThrow('port taken');
    expect(closed).toEqual(['database']);
  });
});

it('a server or worker whose file store is not there does not start and keeps no connection', async () => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tathya-run-'));
  try {
    await sql`insert into files (sha256, size, mime) values (${'a'.repeat(64)}, 1, 'image/jpeg')`.execute(
      database.db,
    );
    const config = readConfig({ DATA_DIR: dataDir, DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent' });
    const { db, appUrl } = database;
    const none = { uiDirectory: null, processMetrics: false };
    await expect(composeApi({ config, db, appUrl, ...none })).rejects.toThrow('is its disk mounted?');
    await expect(composeWorker({ config, db, appUrl, logger: silentLogger })).rejects.toThrow(
      'is its disk mounted?',
    );
    await eventually(async () => {
      const { rows } = await sql<{ name: string }>`
        select application_name as name from pg_stat_activity
         where datname = current_database() and application_name <> 'tathya'`.execute(db);
      expect(rows).toEqual([]);
      return true;
    });
  } finally {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
