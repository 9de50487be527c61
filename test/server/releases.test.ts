import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackVersion } from '../../server/contract/pack.js';
import type { Selector } from '../../server/contract/release.js';
import { expireDue } from '../../server/packs/expire-due.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { signIn } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { createPackFixtures } from '../helpers/pack-fixtures.js';
import type { UnitCode } from '../helpers/world.js';

let test: TestApp;
let packs: ReturnType<typeof createPackFixtures>;

beforeAll(async () => {
  test = await createTestApp();
  packs = createPackFixtures(test);
});
afterAll(() => test.close());

const codesOf = (units: readonly { code: string }[]) => units.map(({ code }) => code).sort();

async function preview(pack: PackVersion, selector: Selector) {
  const client = await test.as('reviewer');
  return client.call('packs.preview', { params: { id: pack.id }, body: { selector } });
}

async function release(pack: PackVersion, selector: Selector, skipSilent?: boolean) {
  const client = await test.as('reviewer');
  const body = { selector, hash: pack.hash, ...(skipSilent !== undefined && { skipSilent }) };
  return client.call('packs.release', { params: { id: pack.id }, body });
}

async function inboxOf(login: 'district.a' | 'district.b' | 'assembly.a') {
  const { body } = await (await test.as(login)).call('inbox.list');
  return body.items.map(({ releaseId }) => releaseId);
}

describe('the dry run', () => {
  it('tells where a release would go, who would read it and where nobody would', async () => {
    const pack = await packs.approved();
    const answer = await preview(pack, { kind: 'below', unitId: test.world.units.S, type: 'assembly' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ total: 3, silent: 0, vacant: 2, members: 1 });
    expect(codesOf(answer.body.units.map(({ unit }) => unit))).toEqual(['A11', 'A12', 'A21']);
    const districts = await preview(pack, packs.toUnits('D1', 'D2'));
    expect(districts.body).toMatchObject({ total: 2, vacant: 0, members: 3 });
    expect(districts.body.units.find(({ unit }) => unit.code === 'D1')?.members).toBe(2);
  });

  it('follows a link: all seats of a Lok Sabha constituency', async () => {
    const pack = await packs.approved();
    const selector: Selector = { kind: 'linked', unitId: test.world.units.L1, relation: 'in_lok_sabha' };
    const answer = await release(pack, selector);
    expect(answer.status).toBe(201);
    expect(codesOf(answer.body.units)).toEqual(['A11', 'A21']);
    expect(answer.body.selector).toEqual(selector);
    expect(await inboxOf('assembly.a')).toContain(answer.body.id);
    expect(await inboxOf('district.a')).not.toContain(answer.body.id);
  });

  it('says so when a choice matches nothing or names what is not there', async () => {
    const pack = await packs.approved();
    const booths = await preview(pack, { kind: 'below', unitId: test.world.units.S, type: 'booth' });
    expect(booths.status).toBe(400);
    expect(booths.raw.json().errors).toEqual([expect.objectContaining({ field: '/selector' })]);
    const unknown = '01900000-0000-7000-8000-000000000000';
    expect((await preview(pack, { kind: 'units', unitIds: [unknown] })).status).toBe(400);
  });
});

describe('releasing a pack', () => {
  it('releases what was approved, once approved, and writes it down', async () => {
    const submitted = await packs.submit(await packs.draft());
    expect((await release(submitted, packs.toUnits('D1'))).raw.json().code).toBe('wrong_state');
    const pack = await packs.approve(submitted);
    const wrong = await release({ ...pack, hash: 'a'.repeat(64) }, packs.toUnits('D1'));
    expect(wrong.raw.json().code).toBe('version_shown_differs');
    const answer = await release(pack, packs.toUnits('D1'));
    expect(answer.status).toBe(201);
    const after = await (await test.as('observer')).call('packs.read', { params: { id: pack.id } });
    expect(after.body).toMatchObject({ state: 'released', releases: [{ id: answer.body.id, units: 1 }] });
    const written = await test.db
      .selectFrom('audit')
      .select(['act', 'actorId'])
      .where('objectId', '=', pack.id)
      .orderBy('seq')
      .execute();
    expect(written.map(({ act }) => act)).toEqual([
      'pack.created',
      'pack.submitted',
      'pack.approved',
      'pack.released',
    ]);
    expect(written.at(-1)?.actorId).toBe(test.world.members.reviewer);
  });

  it('repeats the same answer for the same idempotency key', async () => {
    const pack = await packs.approved();
    const client = await test.as('reviewer');
    const call = {
      params: { id: pack.id },
      body: { selector: packs.toUnits('D1'), hash: pack.hash },
      key: 'release-once-1',
    };
    const first = await client.call('packs.release', call);
    const second = await client.call('packs.release', call);
    expect(second.status).toBe(201);
    expect(second.body.id).toBe(first.body.id);
  });

  it('goes to more units later, and to no unit twice', async () => {
    const pack = await packs.approved();
    await packs.release(pack, 'D1');
    const more = await release(pack, packs.toUnits('D1', 'D2'));
    expect(codesOf(more.body.units)).toEqual(['D2']);
    const again = await release(pack, packs.toUnits('D1'));
    expect(again.raw.json().code).toBe('conflict');
  });

  it('stays within the part of the tree the releaser answers for', async () => {
    const { db, world } = test;
    const { passwordHash } = await db
      .selectFrom('members')
      .select('passwordHash')
      .where('login', '=', 'observer')
      .executeTakeFirstOrThrow();
    const { id: memberId } = await db
      .insertInto('members')
      .values({ login: 'reviewer.d1', name: 'Reviewer of D1', passwordHash })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('appointments')
      .values({ memberId, unitId: world.units.D1, role: 'reviewer', validFrom: '2026-01-01' })
      .execute();
    const local = await packs.approved({ ownerUnitId: world.units.D1 });
    const client = await signIn(test.app, 'reviewer.d1');
    const send = (code: UnitCode, id = local.id, hash = local.hash) =>
      client.call('packs.release', { params: { id }, body: { selector: packs.toUnits(code), hash } });
    expect((await send('D2')).status).toBe(403);
    expect((await send('A11')).status).toBe(201);
    const state = await packs.approved();
    expect((await send('A11', state.id, state.hash)).status).toBe(403);
  });

  it('is refused when a fact of the pack was corrected meanwhile', async () => {
    const pack = await packs.approved();
    await packs.correctFact(pack.facts[0]?.id ?? '');
    expect((await release(pack, packs.toUnits('D1'))).raw.json().code).toBe('pack_without_facts');
  });
});

describe('a silence window', () => {
  it('refuses the release and names the unit and the end; the others get it when asked', async () => {
    const pack = await packs.approved();
    const lift = await packs.silence('D2');
    try {
      const dry = await preview(pack, packs.toUnits('D1', 'D2'));
      expect(dry.body).toMatchObject({ total: 2, silent: 1, members: 2 });
      expect(dry.body.units[0]).toMatchObject({ unit: { code: 'D2' }, silentUntil: expect.any(String) });
      const refused = await release(pack, packs.toUnits('D1', 'D2'));
      expect(refused.status).toBe(409);
      expect(refused.raw.json().code).toBe('silence_window');
      expect(refused.raw.json().details.en).toContain('Second District');
      expect(refused.raw.json().details.hi).toContain('दूसरा ज़िला');
      const part = await release(pack, packs.toUnits('D1', 'D2'), true);
      expect(codesOf(part.body.units)).toEqual(['D1']);
      expect((await release(pack, packs.toUnits('D2'), true)).raw.json().code).toBe('silence_window');
    } finally {
      await lift();
    }
    expect(codesOf((await release(pack, packs.toUnits('D2'))).body.units)).toEqual(['D2']);
  });

  it('over a Lok Sabha constituency covers the seats linked to it', async () => {
    const pack = await packs.approved();
    const lift = await packs.silence('L1');
    try {
      const dry = await preview(pack, packs.toUnits('A11', 'A12', 'A21', 'D1'));
      const silent = dry.body.units.filter(({ silentUntil }) => silentUntil !== null);
      expect(codesOf(silent.map(({ unit }) => unit))).toEqual(['A11', 'A21']);
    } finally {
      await lift();
    }
  });
});

describe('a next version', () => {
  it('reaches every unit that holds the version before it', async () => {
    const first = await packs.approved();
    const before = await packs.release(first, 'D1', 'D2');
    const researcher = await test.as('researcher');
    const opened = await researcher.call('packs.next', {
      params: { id: first.id },
      body: { changeKind: 'update', changeNote: 'नई सामग्री' },
    });
    const second = await packs.approve(await packs.submit(opened.body));
    const answer = await release(second, packs.toUnits('D1'));
    expect(codesOf(answer.body.units)).toEqual(['D1', 'D2']);
    const old = await researcher.call('packs.read', { params: { id: first.id } });
    expect(old.body.state).toBe('superseded');
    expect(await inboxOf('district.b')).toContain(answer.body.id);
    expect(await inboxOf('district.b')).not.toContain(before.id);
  });
});

describe('the end of a pack', () => {
  it('comes by hand: from then on its files are gone', async () => {
    const { id: fileId } = await packs.file();
    const pack = await packs.approved({ renditionIds: [fileId] });
    const { id } = await packs.release(pack, 'D1');
    const ended = await (await test.as('reviewer')).call('packs.expire', { params: { id: pack.id } });
    expect(ended.body.state).toBe('expired');
    const client = await test.as('district.a');
    expect((await client.call('inbox.file', { params: { id, fileId } })).status).toBe(410);
    expect(await inboxOf('district.a')).not.toContain(id);
  });

  it('comes by the clock: readers notice at once, the sweep writes it down', async () => {
    const pack = await packs.approved({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    const { id } = await packs.release(pack, 'D1');
    expect(await expireDue({ db: test.db })).toBe(0);
    expect(await inboxOf('district.a')).toContain(id);
    // The clock cannot be moved, so the owner of the tables moves the end.
    await test.ownerDb.transaction().execute(async (tx) => {
      await sql`alter table pack_versions disable trigger user`.execute(tx);
      await sql`update pack_versions set expires_at = now() where id = ${pack.id}`.execute(tx);
      await sql`alter table pack_versions enable trigger user`.execute(tx);
    });
    expect(await inboxOf('district.a')).not.toContain(id);
    const client = await test.as('district.a');
    expect((await client.call('inbox.read', { params: { id } })).raw.json().code).toBe('gone');
    expect(await expireDue({ db: test.db })).toBe(1);
    const after = await (await test.as('observer')).call('packs.read', { params: { id: pack.id } });
    expect(after.body.state).toBe('expired');
    expect(await expireDue({ db: test.db })).toBe(0);
  });
});

describe('the board', () => {
  it('takes as many queries for many devices as for one, and is for the desk only', async () => {
    const pack = await packs.approved();
    const { id } = await packs.release(pack, 'D1');
    const observer = await test.as('observer');
    const board = () => observer.call('packs.board', { params: { id: pack.id } });
    // Once before: a session that was quiet for long is noted as seen again.
    await board();
    const before = await countQueries(board);
    const { units, members } = test.world;
    for (let made = 0; made < 50; made += 1) {
      const device = await test.db
        .insertInto('devices')
        .values({ memberId: members['district.a'], label: `Phone ${made}` })
        .returning('id')
        .executeTakeFirstOrThrow();
      await test.db
        .insertInto('receipts')
        .values({
          releaseId: id,
          memberId: members['district.a'],
          deviceId: device.id,
          unitId: units.D1,
          mark: 'seen',
        })
        .execute();
    }
    expect(await countQueries(board)).toBe(before);
    expect((await board()).body.rows).toHaveLength(50);
    const district = await test.as('district.a');
    expect((await district.call('packs.board', { params: { id: pack.id } })).status).toBe(403);
  });
});
