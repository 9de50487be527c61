import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { transact } from '../../server/database/database.js';
import { recordFile } from '../../server/database/record-file.js';
import { verifyFiles } from '../../server/storage/integrity.js';
import { namesFiles } from '../../server/storage/stored-files.repository.js';
import { sweepFiles } from '../../server/storage/sweep-files.js';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';

const command = fileURLToPath(new URL('../../server/storage/verify.command.ts', import.meta.url));
const day = 24 * 3_600_000;
const nameOf = (content: string) => createHash('sha256').update(content).digest('hex');

let database: TestDatabase;
let dataDir: string;
let files: FileStore;

const placeOf = (name: string) =>
  path.join(dataDir, 'storage', 'files', name.slice(0, 2), name.slice(2, 4), name);

/** A stored file; with a row unless told otherwise. */
async function stored(content: string, { row = true } = {}): Promise<string> {
  const temp = path.join(await files.workDirectory('new'), 'a');
  await writeFile(temp, content);
  const file = await files.adopt(temp);
  await files.removeWork('new');
  if (row) await transact(database.db, {}, (tx) => recordFile(tx, { ...file, mime: 'image/jpeg' }));
  return file.sha256;
}

const age = (name: string) => utimes(placeOf(name), new Date(0), new Date(0));

async function spoil(name: string, work: (place: string) => Promise<void>): Promise<void> {
  await chmod(placeOf(name), 0o600);
  await work(placeOf(name));
}

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'tathya-storage-'));
  files = await openDiskStore({ directory: path.join(dataDir, 'storage') });
  await database.db.deleteFrom('files').execute();
  return () => rm(dataDir, { recursive: true, force: true });
});

/** Twelve sound files, and four that are not. */
async function plantFaults() {
  for (let number = 0; number < 12; number += 1) await stored(`sound ${number}`);
  const orphan = await stored('no row names me', { row: false });
  await age(orphan);
  await stored('my row is on its way', { row: false });
  const deleted = await stored('deleted');
  await rm(placeOf(deleted));
  const truncated = await stored('truncated by something');
  await spoil(truncated, (place) => truncate(place, 5));
  const flipped = await stored('one byte of me is another');
  await spoil(flipped, (place) => writeFile(place, 'One byte of me is another'));
  return { orphan, deleted, damaged: [truncated, flipped].sort() };
}

describe('looking through the stored files', () => {
  it('finds exactly what is missing, damaged or without a row', async () => {
    const { orphan, deleted, damaged } = await plantFaults();
    const report = await verifyFiles({ db: database.db, files, batch: 4 });
    expect({ ...report, damaged: report.damaged.sort() }).toEqual({
      rows: 15,
      missing: [deleted],
      damaged,
      unrecorded: [orphan],
    });
    expect(await verifyFiles({ db: database.db, files })).toMatchObject({ rows: 15, missing: [deleted] });
  });

  it('is a command that tells each fault, changes nothing and ends with 1, or with 0 when all is well', {
    timeout: 180_000,
  }, async () => {
    const verify = () =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const { PATH } = process.env;
        const child = execFile(
          process.execPath,
          ['--import', 'tsx', command],
          { env: { PATH, DATA_DIR: dataDir, DATABASE_URL: database.appUrl } },
          (_, stdout, stderr) => resolve({ code: child.exitCode, said: stdout + stderr }),
        );
      });
    const sound = await stored('sound');
    expect(await verify()).toEqual({ code: 0, said: 'ok, 1 files\n' });
    const { orphan, deleted, damaged } = await plantFaults();
    const { code, said } = await verify();
    expect(code).toBe(1);
    expect(said.trim().split('\n').sort()).toEqual(
      [
        `missing ${deleted}`,
        ...damaged.map((name) => `damaged ${name}`),
        `unrecorded ${orphan}`,
        '16 files: 1 missing, 2 with another size or content, 1 without a row',
      ].sort(),
    );
    expect(await readFile(placeOf(sound), 'utf8')).toBe('sound');
    expect(await verifyFiles({ db: database.db, files })).toMatchObject({ rows: 16, unrecorded: [orphan] });
    // A disk that is not mounted is not taken for a store in which everything is missing.
    await rm(path.join(dataDir, 'storage'), { recursive: true });
    expect(await verify()).toMatchObject({ code: 2, said: expect.stringContaining('is its disk mounted?') });
  });
});

describe('the sweep of files no row names', () => {
  it('removes the old ones and neither young nor recorded ones', async () => {
    const recorded = await stored('recorded');
    await age(recorded);
    const young = await stored('young', { row: false });
    const orphan = await stored('old', { row: false });
    await age(orphan);
    expect(await sweepFiles({ db: database.db, files, olderThanMs: day })).toBe(1);
    expect(await files.stat(orphan)).toBeNull();
    for (const name of [recorded, young]) expect(await files.stat(name)).not.toBeNull();
    expect(await sweepFiles({ db: database.db, files, olderThanMs: day })).toBe(0);
  });

  it('keeps a file that somebody adopts after the sweep has looked for its row', async () => {
    const content = 'sent again at this very moment';
    await age(await stored(content, { row: false }));
    const late: FileStore = {
      ...files,
      async remove(name, olderThan) {
        await stored(content);
        return files.remove(name, olderThan);
      },
    };
    expect(await sweepFiles({ db: database.db, files: late, olderThanMs: day })).toBe(0);
    expect(await files.stat(nameOf(content))).not.toBeNull();
  });

  it('goes through more files than one question to the database takes', async () => {
    const contents = Array.from({ length: 520 }, (_, number) => `file ${number}`);
    for (const content of contents) {
      const place = placeOf(nameOf(content));
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, content);
      await age(nameOf(content));
    }
    await database.db
      .insertInto('files')
      .values(
        contents
          .filter((_, number) => number % 10 === 0)
          .map((content) => ({ sha256: nameOf(content), size: content.length, mime: 'image/jpeg' })),
      )
      .execute();
    expect(await sweepFiles({ db: database.db, files, olderThanMs: day })).toBe(468);
    expect(await verifyFiles({ db: database.db, files, graceMs: 0 })).toEqual({
      rows: 52,
      missing: [],
      damaged: [],
      unrecorded: [],
    });
  });
});

it('an empty store is known to be wrong only when a row names a file', async () => {
  expect(await namesFiles(database.db)).toBe(false);
  await stored('one');
  expect(await namesFiles(database.db)).toBe(true);
});
