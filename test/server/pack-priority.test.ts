import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { createPackFixtures } from '../helpers/pack-fixtures.js';

let app: TestApp;
let packs: ReturnType<typeof createPackFixtures>;
beforeAll(async () => {
  app = await createTestApp();
  packs = createPackFixtures(app);
});
afterAll(() => app.close());

/** A rendition that waits for its worker; there is none. */
async function waiting(): Promise<string> {
  const { id } = await packs.file();
  const { creativeId } = await app.db
    .selectFrom('renditions')
    .where('id', '=', id)
    .select('creativeId')
    .executeTakeFirstOrThrow();
  const designer = await app.as('designer');
  const asked = await designer.call('creatives.render', {
    params: { id: creativeId },
    body: { formats: ['x_image'] },
  });
  expect(asked.body.items.map(({ state }) => state)).toEqual(['queued']);
  return asked.body.items[0]?.id ?? '';
}

/** Priority of the job that makes a rendition, as its row and its offer have it. */
async function priorityOf(renditionId: string) {
  const { rows } = await sql<{ wanted: number; offered: number }>`
    select j.priority as wanted, -g.priority as offered
      from renditions r join jobs j on j.id = r.job_id join graphile_worker._private_jobs g on g.key = j.id::text
     where r.id = ${renditionId} and j.state = 'queued'`.execute(app.db);
  return rows;
}

test('what a pack waits for is made before other work, whether it was asked for before or is tried again', async () => {
  const [pinned, later, other] = [await waiting(), await waiting(), await waiting()];
  expect(await priorityOf(pinned)).toEqual([{ wanted: 0, offered: 0 }]);
  const pack = await packs.draft({ renditionIds: [pinned] });
  expect(await priorityOf(pinned)).toEqual([{ wanted: 100, offered: 100 }]);

  const researcher = await app.as('researcher');
  const edited = await researcher.call('packs.edit', {
    params: { id: pack.id },
    ifMatch: pack.version,
    body: { renditionIds: [pinned, later] },
  });
  expect(edited.status).toBe(200);
  expect(await priorityOf(later)).toEqual([{ wanted: 100, offered: 100 }]);
  expect(await priorityOf(other)).toEqual([{ wanted: 0, offered: 0 }]);

  const designer = await app.as('designer');
  await designer.call('renditions.cancel', { params: { id: later } });
  expect((await designer.call('renditions.retry', { params: { id: later } })).status).toBe(200);
  expect(await priorityOf(later)).toEqual([{ wanted: 100, offered: 100 }]);
});
