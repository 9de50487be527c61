import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/contract/lists.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { signIn } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { createPackFixtures } from '../helpers/pack-fixtures.js';
import type { Login } from '../helpers/world.js';

let test: TestApp;
let packs: ReturnType<typeof createPackFixtures>;

beforeAll(async () => {
  test = await createTestApp();
  packs = createPackFixtures(test);
});
afterAll(() => test.close());

const nobody = '01900000-0000-7000-8000-000000000000';

async function alsoActsAs(login: Login, role: Role): Promise<void> {
  const { units, members } = test.world;
  await test.db
    .insertInto('appointments')
    .values({ memberId: members[login], unitId: units.S, role, validFrom: '2026-01-01' })
    .execute();
}

async function approveAs(login: Login, id: string, hash: string) {
  const client = await test.as(login);
  return client.call('packs.approve', { params: { id }, body: { hash } });
}

describe('composing a pack', () => {
  it('starts from a fact with its headline as title and its sources as the slip', async () => {
    const pack = await packs.draft();
    expect(pack.state).toBe('draft');
    expect(pack.number).toBe(1);
    expect(pack.texts.hi?.title).toBe('पुल सुरक्षित है');
    expect(pack.texts.hi?.sourcesSlip).toContain('https://example.org/one');
    expect(pack.facts).toHaveLength(1);
    expect(pack.amber).toBe(false);
    expect(pack.contributors.map(({ id }) => id)).toEqual([test.world.members.researcher]);
  });

  it('refuses a pack with neither title nor fact, and names what was not found', async () => {
    const client = await test.as('researcher');
    const empty = await client.call('packs.create', { body: {} });
    expect(empty.status).toBe(400);
    expect(empty.raw.json().errors).toEqual([expect.objectContaining({ field: '/texts' })]);
    const unknown = await client.call('packs.create', {
      body: { factIds: [nobody], renditionIds: [nobody] },
    });
    expect(unknown.status).toBe(400);
    const fields = unknown.raw.json().errors.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(['/factIds/0', '/renditionIds/0']);
    const late = await client.call('packs.create', {
      body: { texts: { hi: { title: 'क', sourcesSlip: '' } }, expiresAt: '2020-01-01T00:00:00Z' },
    });
    expect(late.raw.json().errors).toEqual([expect.objectContaining({ field: '/expiresAt' })]);
  });

  it('is for researchers and designers, at or above the owner unit', async () => {
    const body = { texts: { hi: { title: 'शीर्षक', sourcesSlip: '' } } };
    expect((await test.anonymous.call('packs.create', { body })).status).toBe(401);
    expect((await (await test.as('observer')).call('packs.create', { body })).status).toBe(403);
    expect((await (await test.as('district.a')).call('packs.list')).status).toBe(403);
    const made = await (await test.as('designer')).call('packs.create', { body });
    expect(made.status).toBe(201);
    const district = { params: { id: made.body.id } };
    expect((await (await test.as('district.a')).call('packs.read', district)).status).toBe(403);
  });

  it('edits a draft by version: lists that are given replace, the rest stays', async () => {
    const pack = await packs.draft({
      captions: [{ language: 'hi', platform: 'whatsapp', text: 'पहला' }],
      talkingPoints: { hi: ['एक', 'दो'] },
    });
    const { id } = await packs.file();
    const client = await test.as('designer');
    const edit = { captions: [{ language: 'en', platform: 'x', text: 'Second' }], renditionIds: [id] };
    const answer = await client.call('packs.edit', {
      params: { id: pack.id },
      ifMatch: pack.version,
      body: edit,
    });
    expect(answer.status).toBe(200);
    expect(answer.body.captions).toEqual(edit.captions);
    expect(answer.body.talkingPoints).toEqual({ hi: ['एक', 'दो'] });
    expect(answer.body.renditions[0]).toMatchObject({ id, state: 'ready', size: 5000, framing: 'crop' });
    expect(answer.body.version).toBeGreaterThan(pack.version);
    expect(answer.body.contributors).toHaveLength(2);
    const stale = await client.call('packs.edit', {
      params: { id: pack.id },
      ifMatch: pack.version,
      body: { captions: [] },
    });
    expect(stale.status).toBe(412);
    expect(stale.raw.json().current.captions).toEqual(edit.captions);
    const blind = await client.call('packs.edit', { params: { id: pack.id }, body: { captions: [] } });
    expect(blind.status).toBe(428);
    const twice = await client.call('packs.edit', {
      params: { id: pack.id },
      ifMatch: answer.body.version,
      body: { captions: [...edit.captions, ...edit.captions] },
    });
    expect(twice.raw.json().errors).toEqual([expect.objectContaining({ field: '/captions/1' })]);
  });

  it('does not go to review without a fact', async () => {
    const pack = await packs.draft({ factIds: [], texts: { hi: { title: 'खाली', sourcesSlip: '' } } });
    const client = await test.as('researcher');
    const answer = await client.call('packs.submit', { params: { id: pack.id }, ifMatch: pack.version });
    expect(answer.status).toBe(409);
    expect(answer.raw.json().code).toBe('pack_without_facts');
  });

  it('hides a pack on a restricted claim from desk members placed elsewhere', async () => {
    const factId = await packs.fact();
    const pack = await packs.draft({ factIds: [factId] });
    const { db, world } = test;
    await packs.as(world.members.researcher, async (tx) => {
      const { leadClaimId } = await tx
        .selectFrom('checks')
        .innerJoin('checkVersions', 'checkVersions.checkId', 'checks.id')
        .select('checks.leadClaimId')
        .where('checkVersions.id', '=', factId)
        .executeTakeFirstOrThrow();
      await tx.updateTable('claims').set({ restricted: true }).where('id', '=', leadClaimId).execute();
    });
    const { passwordHash } = await db
      .selectFrom('members')
      .select('passwordHash')
      .where('login', '=', 'observer')
      .executeTakeFirstOrThrow();
    const { id: memberId } = await db
      .insertInto('members')
      .values({ login: 'desk.d2', name: 'Desk of D2', passwordHash })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('appointments')
      .values({ memberId, unitId: world.units.D2, role: 'observer', validFrom: '2026-01-01' })
      .execute();
    const elsewhere = await signIn(test.app, 'desk.d2');
    expect((await elsewhere.call('packs.read', { params: { id: pack.id } })).status).toBe(404);
    const theirs = await elsewhere.call('packs.list', { query: { limit: 100 } });
    expect(theirs.body.items.map(({ id }) => id)).not.toContain(pack.id);
    const seen = await (await test.as('observer')).call('packs.list', { query: { limit: 100 } });
    expect(seen.body.items.map(({ id }) => id)).toContain(pack.id);
  });
});

describe('approving a pack', () => {
  it('approves exactly what was shown and keeps its hash', async () => {
    const pack = await packs.submit(await packs.draft());
    const other = await approveAs('reviewer', pack.id, 'f'.repeat(64));
    expect(other.status).toBe(409);
    expect(other.raw.json().code).toBe('version_shown_differs');
    const answer = await approveAs('reviewer', pack.id, pack.hash);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      state: 'approved',
      approvedBy: { id: test.world.members.reviewer },
      hash: pack.hash,
    });
  });

  it('lets one of two reviewers who decide at once win', async () => {
    const pack = await packs.submit(await packs.draft());
    const answers = await Promise.all([
      approveAs('reviewer', pack.id, pack.hash),
      approveAs('reviewer2', pack.id, pack.hash),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.raw.json().code).toBe('wrong_state');
  });

  it('is refused to whoever composed it, made a file of it or uploaded its creative', async () => {
    await alsoActsAs('reviewer2', 'researcher');
    await alsoActsAs('reviewer2', 'designer');
    const composed = await packs.submit(await packs.draft({}, 'reviewer2'), 'reviewer2');
    const made = await packs.file({ maker: 'reviewer2', uploader: 'designer' });
    const rendered = await packs.submit(await packs.draft({ renditionIds: [made.id] }));
    const uploaded = await packs.file({ maker: 'designer', uploader: 'reviewer2' });
    const carried = await packs.submit(await packs.draft({ renditionIds: [uploaded.id] }));
    for (const pack of [composed, rendered, carried]) {
      const answer = await approveAs('reviewer2', pack.id, pack.hash);
      expect(answer.status).toBe(409);
      expect(answer.raw.json().code).toBe('own_work');
    }
    expect((await approveAs('reviewer', carried.id, carried.hash)).status).toBe(200);
  });

  it('returns a pack with a comment, also one already approved', async () => {
    const reviewer = await test.as('reviewer');
    const waiting = await packs.submit(await packs.draft());
    for (const pack of [waiting, await packs.approved()]) {
      const back = await reviewer.call('packs.return', {
        params: { id: pack.id },
        body: { comment: 'स्रोत जोड़ें' },
      });
      expect(back.status).toBe(200);
      expect(back.body).toMatchObject({ state: 'draft', returnComment: 'स्रोत जोड़ें', approvedBy: null });
    }
    const mute = await reviewer.call('packs.return', { params: { id: waiting.id }, body: { comment: ' ' } });
    expect(mute.status).toBe(400);
  });

  it('is not for the desk member who only composes, nor for an administrator', async () => {
    const pack = await packs.submit(await packs.draft());
    for (const login of ['researcher2', 'designer', 'admin', 'observer'] as const) {
      expect((await approveAs(login, pack.id, pack.hash)).status).toBe(403);
    }
  });
});

describe('the next version', () => {
  it('copies everything, says what changed, and stands on the corrected fact', async () => {
    const { id } = await packs.file();
    const pack = await packs.approved({
      renditionIds: [id],
      captions: [{ language: 'hi', platform: 'whatsapp', text: 'कैप्शन' }],
      talkingPoints: { hi: ['बिंदु'] },
    });
    await packs.release(pack, 'D1');
    const corrected = await packs.correctFact(pack.facts[0]?.id ?? '');
    const client = await test.as('researcher');
    const amber = await client.call('packs.read', { params: { id: pack.id } });
    expect(amber.body.amber).toBe(true);
    const next = await client.call('packs.next', {
      params: { id: pack.id },
      body: { changeKind: 'correct', changeNote: 'आँकड़ा सुधारा गया' },
    });
    expect(next.status).toBe(201);
    expect(next.body).toMatchObject({
      packId: pack.packId,
      number: 2,
      state: 'draft',
      changeKind: 'correct',
      changeNote: 'आँकड़ा सुधारा गया',
      amber: false,
      captions: [{ language: 'hi', platform: 'whatsapp', text: 'कैप्शन' }],
      talkingPoints: { hi: ['बिंदु'] },
    });
    expect(next.body.facts.map((fact) => fact.id)).toEqual([corrected]);
    expect(next.body.renditions.map((rendition) => rendition.id)).toEqual([id]);
    expect(next.body.history.map(({ number }) => number)).toEqual([2, 1]);
    const again = await client.call('packs.next', {
      params: { id: pack.id },
      body: { changeKind: 'update', changeNote: 'दूसरा' },
    });
    expect(again.status).toBe(409);
  });

  it('is opened only of a pack that went out', async () => {
    const pack = await packs.draft();
    const answer = await (await test.as('researcher')).call('packs.next', {
      params: { id: pack.id },
      body: { changeKind: 'update', changeNote: 'बदलाव' },
    });
    expect(answer.raw.json().code).toBe('wrong_state');
  });
});

describe('listing packs', () => {
  it('pages newest first and filters by state', async () => {
    const client = await test.as('observer');
    const first = await client.call('packs.list', { query: { limit: 2 } });
    expect(first.body.items).toHaveLength(2);
    const second = await client.call('packs.list', {
      query: { limit: 2, cursor: first.body.nextCursor ?? '' },
    });
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const approved = await client.call('packs.list', { query: { state: 'approved' } });
    expect(approved.body.items.length).toBeGreaterThan(0);
    expect(new Set(approved.body.items.map(({ state }) => state))).toEqual(new Set(['approved']));
  });

  it('takes as many queries for a hundred packs as for one', async () => {
    await packs.releaseMany(60, ['D1']);
    const client = await test.as('observer');
    // Once before: a session that was quiet for long is noted as seen again.
    await client.call('packs.list');
    const one = await countQueries(() => client.call('packs.list', { query: { limit: 1 } }));
    const many = await countQueries(async () => {
      const answer = await client.call('packs.list', { query: { limit: 100 } });
      expect(answer.body.items.length).toBeGreaterThan(60);
    });
    expect(many).toBe(one);
  });
});
