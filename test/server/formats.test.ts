import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import type { FormatSpec } from '../../server/contract/format.js';
import { formatInfo } from '../../server/formats/formats.policy.js';
import { createFormatsService } from '../../server/formats/formats.service.js';
import { seedFormats } from '../../server/formats/seed-formats.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';

function first(specs: readonly FormatSpec[]): FormatSpec {
  const [spec] = specs;
  if (!spec) throw new Error('the platform table is empty');
  return spec;
}

describe('the platform table in the database', () => {
  let database: TestDatabase;
  let specs: FormatSpec[];
  beforeAll(async () => {
    database = await createTestDatabase();
    specs = await loadFormats();
  });
  afterAll(() => database.drop());

  const versions = (format: string) =>
    database.db
      .selectFrom('formatVersions')
      .where('format', '=', format)
      .select(['number', 'active', 'spec'])
      .orderBy('number')
      .execute();

  it('is filled once, also by two servers that start at once', async () => {
    const [one, other] = await Promise.all([
      seedFormats(database.db, specs),
      seedFormats(database.db, specs),
    ]);
    const again = await seedFormats(database.db, specs);

    expect([...one.added, ...other.added].sort()).toEqual(
      specs.map(({ code, version }) => `${code}@${version}`).sort(),
    );
    expect(again).toEqual({ added: [], differing: [] });
    expect((await versions(first(specs).code)).map(({ active }) => active)).toEqual([true]);
  });

  it('puts a new version into force and keeps the old one as it was', async () => {
    const spec = first(specs);
    const next = { ...spec, version: spec.version + 1, maxBytes: spec.maxBytes - 1 };
    await seedFormats(database.db, [...specs, next]);
    const kept = await versions(spec.code);

    expect(kept.map(({ number, active }) => [number, active])).toEqual([
      [spec.version, false],
      [next.version, true],
    ]);
    expect(kept.map((version) => version.spec)).toEqual([spec, next]);
    // The program of before, started once more, changes nothing.
    await seedFormats(database.db, specs);
    expect((await versions(spec.code)).map(({ active }) => active)).toEqual([false, true]);
  });

  it('never edits the numbers of a version', async () => {
    const spec = specs.at(-1);
    if (!spec) throw new Error('the platform table is empty');
    const seeded = await seedFormats(database.db, [{ ...spec, maxBytes: 1 }]);

    expect(seeded).toEqual({ added: [], differing: [`${spec.code}@${spec.version}`] });
    expect((await versions(spec.code)).map((version) => version.spec)).toEqual([spec]);
  });

  it('gives the workers all numbers of the formats in force', async () => {
    const active = await database.db
      .transaction()
      .execute((tx) => createFormatsService({ db: database.db }).active(tx));

    expect(active.map(({ spec }) => spec.code)).toEqual(specs.map(({ code }) => code));
  });
});

describe('the list of formats', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('is for everyone signed in, in the order of the table, with names in both languages', async () => {
    const { status, body } = await (await app.as('district.a')).call('formats.list');
    const specs = await loadFormats();

    expect(status).toBe(200);
    expect(body.items.map(({ code }) => code)).toEqual(specs.map(({ code }) => code));
    expect(body.items.every(({ name }) => name.hi && name.en)).toBe(true);
    expect((await app.anonymous.call('formats.list')).status).toBe(401);
  });

  it('tells the free part of the frame as shares of it', async () => {
    const spec = (await loadFormats()).find(({ safeZone, frame }) => safeZone && frame?.fit === 'exact');
    if (!spec?.safeZone || spec.frame?.fit !== 'exact') throw new Error('no format has a safe zone');
    const { safeZone } = formatInfo({ spec, name: {} });

    expect(safeZone?.bottom).toBeCloseTo(spec.safeZone.bottom / spec.frame.height, 3);
    expect(safeZone?.left).toBeCloseTo(spec.safeZone.left / spec.frame.width, 3);
  });

  it('names every platform a format is for', async () => {
    const { body } = await (await app.as('observer')).call('formats.list');
    const shared = body.items.find(({ code }) => code === 'feed_image_4x5');

    expect(shared?.platforms).toEqual(['facebook', 'instagram']);
    expect(shared?.platform).toBe('facebook');
  });
});
