import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '../../../server/contract/lists.js';
import { testPassword, type UnitCode } from '../world.js';
import { addMember, openSession } from './callers.js';
import { asking, type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import { absent } from './shared-requests.js';

const nothing = { 'there is none': () => ({ params: absent }) };
const word = () => `m${randomBytes(6).toString('hex')}`;

async function oneId(rowsOf: Promise<{ rows: { id: string }[] }>): Promise<string> {
  return (await rowsOf).rows[0]?.id ?? '';
}

const person =
  (unit: UnitCode, also?: UnitCode): Make =>
  async ({ house, unit: idOf }) => {
    const id = await addMember(house, { login: word(), roles: ['observer'], unit });
    if (also !== undefined) {
      await sql`insert into appointments (member_id, unit_id, role) values (${id}, ${idOf(also)}, 'observer')`.execute(
        house.ownerDb,
      );
    }
    return { params: { id } };
  };

/** The appointment of a new member, or of one who also serves elsewhere. */
const appointment =
  (unit: UnitCode, also?: UnitCode): Make =>
  async (objects, caller) => {
    const { params } = await person(unit, also)(objects, caller);
    const found = sql<{ id: string }>`select id from appointments
      where member_id = ${params?.id} and unit_id = ${objects.unit(unit)}`;
    return { params: { id: await oneId(found.execute(objects.house.db)) } };
  };

const newUnit =
  (parent: UnitCode) =>
  async ({ house, unit }: Objects) =>
    oneId(
      sql<{ id: string }>`
      with made as (insert into units (code, type, valid_from) values (${word()}, 'booth', '2026-01-01') returning id)
      insert into unit_parents (unit_id, parent_id, valid_from)
      select id, ${unit(parent)}, '2026-01-01' from made returning unit_id as id`.execute(house.ownerDb),
    );
const moving =
  (from: UnitCode, to: UnitCode): Make =>
  async (objects) => ({
    params: { id: await newUnit(from)(objects) },
    body: { parentId: objects.unit(to) },
  });

const event =
  (owner: UnitCode) =>
  ({ house, unit }: Objects) =>
    oneId(
      sql<{
        id: string;
      }>`insert into events (kind, owner_unit_id) values ('campaign', ${unit(owner)}) returning id`.execute(
        house.db,
      ),
    );
const later = { startsAt: '2031-01-01T00:00:00Z', endsAt: '2031-01-03T00:00:00Z' };
const silencing =
  (owner: UnitCode, over: UnitCode): Make =>
  async (objects) => ({
    params: { id: await event(owner)(objects) },
    body: { unitId: objects.unit(over), ...later },
  });
const silence =
  (owner: UnitCode, over: UnitCode): Make =>
  async (objects) => {
    const eventId = await event(owner)(objects);
    const made = sql<{ id: string }>`insert into silence_windows (event_id, unit_id, starts_at, ends_at)
      values (${eventId}, ${objects.unit(over)}, ${later.startsAt}, ${later.endsAt}) returning id`;
    return { params: { id: await oneId(made.execute(objects.house.db)) } };
  };

const job =
  (state: 'failed' | 'done'): Make =>
  async ({ house, unit }) => ({
    params: {
      id: await oneId(
        sql<{ id: string }>`
          insert into jobs (name, lane, payload, object_kind, object_id, state, max_attempts, reason, dedupe_key, finished_at)
          values ('some.work', 'small', '{}', 'file', ${unit('S')}, ${state}, 3,
                  ${state === 'failed' ? 'internal' : null}, ${word()}, now()) returning id`.execute(
          house.db,
        ),
      ),
    },
  });

const signingIn =
  (login: string, password: string): Make =>
  async ({ callers, house }, caller) => {
    await sql`delete from rate_limits`.execute(house.db);
    // A session of its own: signing in ends the one before.
    return { client: await callers.freshly(caller), body: { login, password } };
  };
const hire =
  (unit: UnitCode, role: Role): Make =>
  ({ unit: idOf }) => ({
    body: {
      login: word(),
      name: 'New Person',
      password: 'four unrelated quiet words',
      appointments: [{ unitId: idOf(unit), role }],
    },
  });
const appointing =
  (of: UnitCode, into: UnitCode, role: Role): Make =>
  async (objects, caller) => ({
    ...(await person(of)(objects, caller)),
    body: { unitId: objects.unit(into), role },
  });

export const organisationRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'POST /api/session',
    `
    with a right password              200 200 | 200 200 200 200 200 | 200 200 200 | 200 200 200
    with a wrong password              401 401 | 401 401 401 401 401 | 401 401 401 | 401 401 401
    as the disabled member             401 401 | 401 401 401 401 401 | 401 401 401 | 401 401 401`,
    {
      'with a right password': { make: signingIn('observer', testPassword), fresh: 'caller', inTurn: true },
      'with a wrong password': {
        make: signingIn('observer', 'not it at all'),
        fresh: 'caller',
        inTurn: true,
      },
      'as the disabled member': { make: signingIn('disabled', testPassword), fresh: 'caller', inTurn: true },
    },
  ),
  ...rows(
    'DELETE /api/session',
    'mine                              401 401 | 204 204 204 204 204 | 204 204 204 | 204 204 204',
    {
      mine: {
        make: async ({ callers }, caller) => ({ client: await callers.freshly(caller) }),
        fresh: 'caller',
      },
    },
  ),
  ...rows('GET /api/me', 'any          401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows('PATCH /api/me', 'any        401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200', {
    any: () => ({ body: { language: 'en' } }),
  }),
  ...rows('GET /api/me/sessions', 'any  401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows(
    'DELETE /api/me/sessions/:id',
    `
    mine                               401 401 | 204 204 204 204 204 | 204 204 204 | 204 204 204
    someone else’s                     401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    {
      mine: {
        make: async ({ callers }, caller) => ({
          params: { id: (await callers.freshly(caller)).sessionId || absent.id },
        }),
        fresh: 'caller',
      },
      'someone else’s': async ({ house }) => ({
        params: { id: (await openSession(house, house.world.members.reviewer2)).sessionId },
      }),
      ...nothing,
    },
  ),
  ...rows('GET /api/live', 'any        401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200', {
    any: { make: () => ({}), stream: true },
  }),
  ...rows('GET /api/organisation', 'any  401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows('PATCH /api/organisation', 'any  401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403', {
    any: async ({ house }) => {
      const { version } = await house.db
        .selectFrom('organisations')
        .select('version')
        .executeTakeFirstOrThrow();
      return { body: { recallHours: 4 }, ifMatch: version };
    },
  }),
  ...rows('GET /api/unit-types', 'any  401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows('GET /api/units', 'any       401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows(
    'GET /api/units/:id',
    `
    the first district                 401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    { 'the first district': ({ unit }) => ({ params: { id: unit('D1') } }), ...nothing },
  ),
  ...rows(
    'POST /api/units',
    `
    below the first district           401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    below the second district          401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 201
    below a unit that is not there     401 401 | 403 403 403 403 400 | 403 403 403 | 403 403 400`,
    Object.fromEntries(
      (['D1', 'D2', null] as const).map((code) => [
        code === null
          ? 'below a unit that is not there'
          : `below the ${code === 'D1' ? 'first' : 'second'} district`,
        ({ unit }: Objects) => ({
          body: {
            code: word(),
            type: 'booth',
            name: { hi: 'बूथ' },
            parentId: code === null ? absent.id : unit(code),
          },
        }),
      ]),
    ),
  ),
  ...rows(
    'POST /api/units/:id/move',
    `
    from the first to the second       401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403
    from the second to the first       401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403
    within the second                  401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 200
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    {
      'from the first to the second': moving('D1', 'D2'),
      'from the second to the first': moving('D2', 'D1'),
      'within the second': moving('A21', 'D2'),
      'there is none': ({ unit }) => ({ params: absent, body: { parentId: unit('D2') } }),
    },
  ),
  ...rows('GET /api/members', 'any     401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 200'),
  ...rows(
    'POST /api/members',
    `
    into the first district            401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    into the second district           401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 201
    as administrator of the whole      401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403`,
    {
      'into the first district': hire('D1', 'district'),
      'into the second district': hire('D2', 'district'),
      'as administrator of the whole': hire('S', 'admin'),
    },
  ),
  ...rows(
    'PATCH /api/members/:id',
    `
    of the first district              401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 404
    of the second district             401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 200
    of both districts                  401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    asking(
      {
        'of the first district': person('D1'),
        'of the second district': person('D2'),
        'of both districts': person('D2', 'D1'),
        ...nothing,
      },
      { body: { disabled: true }, ifMatch: 1 },
    ),
  ),
  ...rows(
    'POST /api/members/:id/appointments',
    `
    of the first, into the first       401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 404
    of the first, into the second      401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 404
    of the second, into the second     401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 201
    of the second, into the whole      401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    {
      'of the first, into the first': appointing('D1', 'D1', 'district'),
      'of the first, into the second': appointing('D1', 'D2', 'district'),
      'of the second, into the second': appointing('D2', 'D2', 'district'),
      'of the second, into the whole': appointing('D2', 'S', 'admin'),
      'there is none': ({ unit }) => ({ params: absent, body: { unitId: unit('D2'), role: 'district' } }),
    },
  ),
  ...rows(
    'DELETE /api/appointments/:id',
    `
    of the first district              401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 404
    of the second district             401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 204
    of the first, of one of both       401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    {
      'of the first district': appointment('D1'),
      'of the second district': appointment('D2'),
      'of the first, of one of both': appointment('D1', 'D2'),
      ...nothing,
    },
  ),
  ...rows('GET /api/events', 'any      401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows(
    'POST /api/events',
    `
    of the first district              401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 201`,
    {
      'of the first district': ({ unit }) => ({
        body: { kind: 'campaign', name: { hi: 'अभियान' }, ownerUnitId: unit('D1') },
      }),
      'of the second district': ({ unit }) => ({
        body: { kind: 'campaign', name: { hi: 'अभियान' }, ownerUnitId: unit('D2') },
      }),
    },
  ),
  ...rows(
    'POST /api/events/:id/silence-windows',
    `
    of the second, over the second     401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 201
    of the second, over the whole      401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    of the first, over the second      401 401 | 403 403 403 403 201 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    {
      'of the second, over the second': silencing('D2', 'D2'),
      'of the second, over the whole': silencing('D2', 'S'),
      'of the first, over the second': silencing('D1', 'D2'),
      'there is none': ({ unit }) => ({ params: absent, body: { unitId: unit('D2'), ...later } }),
    },
  ),
  ...rows(
    'DELETE /api/silence-windows/:id',
    `
    of the second, over the second     401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 204
    of the second, over the first      401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 403
    of the first, over the second      401 401 | 403 403 403 403 204 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 404`,
    {
      'of the second, over the second': silence('D2', 'D2'),
      'of the second, over the first': silence('D2', 'D1'),
      'of the first, over the second': silence('D1', 'D2'),
      ...nothing,
    },
  ),
  ...rows('GET /api/audit', 'any       401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403'),
  ...rows('GET /api/audit/verification', 'any  401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403'),
  ...rows('GET /api/jobs', 'any        401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403'),
  ...rows(
    'POST /api/jobs/:id/requeue',
    `
    failed                             401 401 | 403 403 403 403 200 | 403 403 403 | 403 403 403
    done                               401 401 | 403 403 403 403 wrong_state | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 403 403 404 | 403 403 403 | 403 403 403`,
    { failed: job('failed'), done: job('done'), ...nothing },
  ),

  ...rows('GET /healthz', 'any         200 200 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows('GET /readyz', 'any          200 200 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
  ...rows(
    'GET /metrics',
    `
    from this machine                  200 200 | 200 200 200 200 200 | 200 200 200 | 200 200 200
    from another machine               404 404 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    {
      'from this machine': () => ({}),
      'from another machine': () => ({ from: '203.0.113.7' }),
    },
  ),
  ...rows('GET /api/openapi.json', 'any  200 200 | 200 200 200 200 200 | 200 200 200 | 200 200 200'),
];
