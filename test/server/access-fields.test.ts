import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../helpers/access/callers.js';
import { createObjects, type Objects } from '../helpers/access/objects.js';
import { jpeg } from '../helpers/access/shared-requests.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { formOf } from '../helpers/multipart.js';

let house: TestApp;
let objects: Objects;
beforeAll(async () => {
  house = await createTestApp();
  objects = await createObjects(house);
});
afterAll(() => house.close());

interface Write {
  route: string;
  by: Caller;
  /** The table written to, and the row of it when there is one already. */
  table: string;
  /** What a caller may say of it, in the words of the API. */
  mayName: readonly string[];
  make(): Promise<{ id?: string; body: Record<string, unknown>; ifMatch?: number }>;
}

const made = async (id: Promise<{ id: string }>, body: Record<string, unknown>, ifMatch?: number) => ({
  id: (await id).id,
  body,
  ...(ifMatch !== undefined && { ifMatch }),
});
const hash = 'a'.repeat(64);
const appointment = () => ({ unitId: objects.unit('D1'), role: 'observer' });
const claimFields = ['kind', 'text', 'language', 'ownerUnitId', 'restricted', 'reachEstimate'];
const checkFields = ['verdict', 'authenticity', 'asOf', 'reviewBy', 'sourceException'];
const packFields = ['changeKind', 'changeNote', 'expiresAt'];
const memberOf = async () => ({ id: house.world.members['district.a'] });

// Written by hand: what is not named here must be refused.
const writes: Write[] = [
  {
    route: 'PATCH /api/me',
    by: 'researcher',
    table: 'members',
    mayName: ['language'],
    make: async () => ({ body: { language: 'hi' } }),
  },
  {
    route: 'PATCH /api/organisation',
    by: 'admin',
    table: 'organisations',
    mayName: ['profile', 'recallHours', 'disclosureShare', 'memberDayBytes', 'freeDiskBytes'],
    make: async () => ({ body: { recallHours: 3 }, ifMatch: 1 }),
  },
  {
    route: 'POST /api/units',
    by: 'admin',
    table: 'units',
    mayName: ['code', 'type'],
    make: async () => ({
      body: { code: 'NEW', type: 'booth', name: { hi: 'नया' }, parentId: objects.unit('D1') },
    }),
  },
  {
    route: 'POST /api/members',
    by: 'admin',
    table: 'members',
    mayName: ['login', 'name', 'language'],
    make: async () => ({
      body: {
        login: 'new.person',
        name: 'New',
        password: 'four unrelated words',
        appointments: [appointment()],
      },
    }),
  },
  {
    route: 'PATCH /api/members/:id',
    by: 'admin',
    table: 'members',
    mayName: ['name'],
    make: () => made(memberOf(), { name: 'Other' }, 1),
  },
  {
    route: 'POST /api/members/:id/appointments',
    by: 'admin',
    table: 'appointments',
    mayName: ['unitId', 'role', 'title', 'validFrom', 'validTo'],
    make: () => made(memberOf(), appointment()),
  },
  {
    route: 'POST /api/claims',
    by: 'district.a',
    table: 'claims',
    mayName: claimFields,
    make: async () => ({ body: { text: 'पुल टूट गया', language: 'hi' } }),
  },
  {
    route: 'POST /api/claims/:id/state',
    by: 'researcher',
    table: 'claims',
    mayName: ['state'],
    make: () => made(objects.claim(), { state: 'triaged' }, 1),
  },
  {
    route: 'POST /api/claims/:id/lease',
    by: 'researcher',
    table: 'claims',
    mayName: [],
    make: () => made(objects.claim(), { take: true }),
  },
  {
    route: 'POST /api/claims/:id/appearances',
    by: 'researcher',
    table: 'claim_appearances',
    mayName: ['channel', 'url', 'seenAt', 'unitId'],
    make: () => made(objects.claim(), { channel: 'tv', seenAt: '2026-01-05T10:00:00Z' }),
  },
  {
    route: 'POST /api/checks',
    by: 'researcher',
    table: 'checks',
    mayName: [],
    make: async () => ({ body: { claimId: (await objects.claim()).id } }),
  },
  {
    route: 'PATCH /api/check-versions/:id',
    by: 'researcher',
    table: 'check_versions',
    mayName: checkFields,
    make: () => made(objects.check(), { verdict: 'true' }, 1),
  },
  {
    route: 'POST /api/check-versions/:id/evidence',
    by: 'researcher',
    table: 'evidence',
    mayName: ['url', 'publisher', 'quote', 'tier', 'interestNote', 'capturedAt'],
    make: () => made(objects.check(), { publisher: 'P', tier: 'press' }),
  },
  {
    route: 'POST /api/check-versions/:id/verification',
    by: 'reviewer',
    table: 'check_versions',
    mayName: [],
    make: () => made(objects.check({ state: 'in_review' }), { hash }),
  },
  {
    route: 'POST /api/check-versions/:id/return',
    by: 'reviewer',
    table: 'check_versions',
    mayName: [],
    make: () => made(objects.check({ state: 'in_review' }), { comment: 'फिर देखें' }),
  },
  {
    route: 'POST /api/check-versions/:id/void',
    by: 'reviewer',
    table: 'check_versions',
    mayName: [],
    make: () => made(objects.check({ state: 'verified' }), { reason: 'गलत स्रोत' }),
  },
  {
    route: 'PATCH /api/creatives/:id',
    by: 'designer',
    table: 'creatives',
    mayName: ['rights', 'credit', 'aiDeclaration', 'aiTool', 'label', 'imprint'],
    make: () => made(objects.creative(), { rights: 'खुला' }, 1),
  },
  {
    route: 'POST /api/creatives/:id/renditions',
    by: 'designer',
    table: 'renditions',
    mayName: ['language'],
    make: () => made(objects.creative(), {}),
  },
  {
    route: 'POST /api/packs',
    by: 'researcher',
    table: 'pack_versions',
    mayName: packFields,
    make: async () => ({ body: { texts: { hi: { title: 'शीर्षक', sourcesSlip: '' } } } }),
  },
  {
    route: 'PATCH /api/pack-versions/:id',
    by: 'researcher',
    table: 'pack_versions',
    mayName: packFields,
    make: () => made(objects.pack(), { factIds: [] }, 1),
  },
  {
    route: 'POST /api/pack-versions/:id/approval',
    by: 'reviewer',
    table: 'pack_versions',
    mayName: [],
    make: () => made(objects.pack({ state: 'in_review' }), { hash }),
  },
  {
    route: 'POST /api/pack-versions/:id/next',
    by: 'researcher',
    table: 'pack_versions',
    mayName: ['changeKind', 'changeNote'],
    make: async () => ({
      id: (await objects.release(['D1'])).packVersionId,
      body: { changeKind: 'update', changeNote: 'नया' },
    }),
  },
  {
    route: 'POST /api/pack-versions/:id/releases',
    by: 'reviewer',
    table: 'releases',
    mayName: ['selector'],
    make: () =>
      made(objects.pack({ state: 'approved' }), {
        hash,
        selector: { kind: 'units', unitIds: [objects.unit('D1')] },
      }),
  },
  {
    route: 'POST /api/pack-versions/:id/recall',
    by: 'reviewer',
    table: 'recalls',
    mayName: ['reason', 'noticedAt'],
    make: async () => ({ id: (await objects.release(['D1'])).packVersionId, body: { reason: 'गलत आँकड़ा' } }),
  },
  {
    route: 'POST /api/inbox/:id/receipts',
    by: 'district.a',
    table: 'receipts',
    mayName: ['mark'],
    make: () => made(objects.release(['D1']), { mark: 'seen' }),
  },
  {
    route: 'POST /api/inbox/:id/reach',
    by: 'district.a',
    table: 'reach_reports',
    mayName: ['people', 'groups'],
    make: () => made(objects.release(['D1']), { people: 5 }),
  },
];

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = 'tathya' and table_name = ${table} order by ordinal_position`.execute(house.ownerDb);
  return rows.map(({ name }) => name);
}

/** Every row of a table, as one hash. */
async function stateOf(table: string): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${sql.table(table)} t`.execute(
    house.ownerDb,
  );
  return rows[0]?.hash ?? '';
}

/** Values a column of whatever type would take, so that only the name can be what is refused. */
function valueFor(column: string): unknown {
  if (column.endsWith('_id') || column === 'id' || column.endsWith('_by'))
    return house.world.members.researcher2;
  if (column.endsWith('_at') || column.endsWith('_until')) return '2026-02-01T00:00:00Z';
  if (column === 'state') return 'verified';
  return column === 'restricted' ? true : 1;
}

test.each(writes)(
  '$route takes no column of $table that is not the caller’s to write',
  async ({ route, by, table, mayName, make }) => {
    const [method = '', pattern = ''] = route.split(' ');
    const { id = '', body, ifMatch } = await make();
    const client = await objects.callers.as(by);
    const columns = await columnsOf(table);
    expect(columns.length).toBeGreaterThan(2);
    const before = await stateOf(table);
    const taken: string[] = [];
    for (const column of columns) {
      for (const name of new Set([column, camel(column)])) {
        if (mayName.includes(name) || name in body) continue;
        const response = await client.inject({
          // Checked edge: written above.
          method: method as 'POST',
          url: pattern.replace(':id', id),
          payload: { ...body, [name]: valueFor(column) },
          headers: ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` },
        });
        if (response.statusCode !== 400 || response.json().code !== 'invalid_input')
          taken.push(`${name}: ${response.statusCode}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await stateOf(table)).toBe(before);
  },
);

test('an upload takes no field that is not the caller’s to write', async () => {
  const designer = await objects.callers.as('designer');
  const mayName = ['rights', 'credit', 'aiDeclaration', 'aiTool', 'supersedesId', 'ownerUnitId'];
  const before = await stateOf('creatives');
  for (const column of await columnsOf('creatives')) {
    const name = camel(column);
    if (mayName.includes(name)) continue;
    const { payload, headers } = formOf({
      fields: { [name]: String(valueFor(column)) },
      file: { name: 'a.jpg', content: jpeg },
    });
    expect((await designer.call('creatives.upload', { payload, headers })).status, name).toBe(400);
  }
  expect(await stateOf('creatives')).toBe(before);
});

test('an inherited property is no way in either', async () => {
  const researcher = await objects.callers.as('researcher');
  const { id } = await objects.check();
  for (const payload of [
    '{"verdict":"true","__proto__":{"state":"verified"}}',
    '{"verdict":"true","constructor":{"prototype":{"state":"verified"}}}',
  ]) {
    const response = await researcher.inject({
      method: 'PATCH',
      url: `/api/check-versions/${id}`,
      payload,
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
    });
    expect(response.statusCode).toBe(400);
  }
  expect((await objects.shownCheck(id)).version).toBe(1);
});
