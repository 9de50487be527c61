import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { good, logClaim, newcomer, problem } from '../helpers/desk.js';
import { manyClaims } from '../helpers/many.js';
import { picture } from '../helpers/media.js';
import { formOf } from '../helpers/multipart.js';

let app: TestApp;
let researcher: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
});
afterAll(() => app.close());

const unknownId = '01900000-0000-7000-8000-000000000000';

async function idsOf(client: Client, query: Record<string, string | number> = {}): Promise<string[]> {
  return good(await client.call('claims.list', { query: { limit: 100, ...query } })).items.map(
    ({ id }) => id,
  );
}

describe('logging a claim', () => {
  it('keeps the words exactly, in a cluster of its own, and says who logged it where', async () => {
    const text = '  क्‍या *बाँध* टूट गया??\n\nForwarded  ';
    const claim = await logClaim(app, {
      text,
      appearances: [{ channel: 'whatsapp', seenAt: '2026-10-01T08:00:00Z', unitId: app.world.units.A11 }],
      claimant: { name: 'Someone', kind: 'person', url: 'https://claimant.example/post' },
      reachEstimate: 5000,
    });

    expect(claim).toMatchObject({
      text,
      state: 'new',
      kind: 'other',
      version: 1,
      reachEstimate: 5000,
      reporter: { id: app.world.members.researcher },
      ownerUnit: { code: 'S' },
      claimant: { name: 'Someone', kind: 'person', url: 'https://claimant.example/post' },
      cluster: { claims: 1, checkId: null, factId: null, firstSeen: '2026-10-01T08:00:00.000000Z' },
      appearances: [{ channel: 'whatsapp', url: null, unit: { code: 'A11' } }],
    });
    const acts = await app.db.selectFrom('clusterActs').where('claimId', '=', claim.id).selectAll().execute();
    expect(acts).toMatchObject([
      { act: 'created', toClusterId: claim.cluster.id, memberId: claim.reporter.id },
    ]);
    const audited = await app.db.selectFrom('audit').where('objectId', '=', claim.id).select('act').execute();
    expect(audited).toEqual([{ act: 'claim.created' }]);
  });

  it('happens once however often the same request is sent', async () => {
    const options = { body: { text: 'एक ही बार', language: 'hi' as const }, key: 'claim-once-0001' };
    const answers = await Promise.all([
      researcher.call('claims.create', options),
      researcher.call('claims.create', options),
    ]);
    const later = await researcher.call('claims.create', options);

    const ids = [...answers, later].map((answer) => good(answer).id);
    expect(new Set(ids).size).toBe(1);
    const rows = await app.db.selectFrom('claims').where('text', '=', 'एक ही बार').select('id').execute();
    expect(rows).toHaveLength(1);
  });

  it('goes to a unit the reporter is placed on or above, and nowhere else', async () => {
    const below = await logClaim(app, { by: 'district.a', ownerUnitId: app.world.units.A11 });
    const own = await logClaim(app, { by: 'district.a' });
    const client = await app.as('district.a');
    const body = { text: 'दूसरे ज़िले का दावा', language: 'hi' };
    const elsewhere = await client.call('claims.create', {
      body: { ...body, ownerUnitId: app.world.units.D2 },
    });
    const nowhere = await client.call('claims.create', { body: { ...body, ownerUnitId: unknownId } });

    expect(below.ownerUnit.code).toBe('A11');
    expect(own.ownerUnit.code).toBe('D1');
    expect(problem(elsewhere)).toEqual({ status: 403, code: 'not_allowed' });
    expect(problem(nowhere)).toEqual({ status: 400, code: 'invalid_input' });
  });

  it('refuses an appearance in the future, naming the field', async () => {
    const answer = await researcher.call('claims.create', {
      body: {
        text: 'कल का दावा',
        language: 'hi',
        appearances: [{ channel: 'x', seenAt: new Date(Date.now() + 86_400_000).toISOString() }],
      },
    });

    expect(answer.status).toBe(400);
    expect(answer.raw.json().errors[0].field).toBe('/appearances/0/seenAt');
  });

  it('refuses an appearance in a unit that does not exist, and keeps nothing', async () => {
    const { status } = await researcher.call('claims.create', {
      body: {
        text: 'कहीं का दावा',
        language: 'hi',
        appearances: [{ channel: 'x', seenAt: '2026-10-01T08:00:00Z', unitId: randomUUID() }],
      },
    });

    expect(status).toBe(400);
    const { body } = await researcher.call('claims.list', { query: { q: 'कहीं का दावा' } });
    expect(body.items).toEqual([]);
  });

  it('is not for observers, who may read', async () => {
    const claim = await logClaim(app);
    const observer = await app.as('observer');
    const written = await observer.call('claims.create', { body: { text: 'x', language: 'hi' } });

    expect(problem(written)).toEqual({ status: 403, code: 'not_allowed' });
    expect(good(await observer.call('claims.read', { params: { id: claim.id } })).id).toBe(claim.id);
    expect(await idsOf(observer)).toContain(claim.id);
  });
});

describe('who sees a claim', () => {
  it('shows a district member its own reports only, and hides the rest as if they did not exist', async () => {
    const mine = await logClaim(app, { by: 'district.a' });
    const sibling = await logClaim(app, { by: 'district.b' });
    const desk = await logClaim(app);
    const client = await app.as('district.a');
    const seen = await idsOf(client);
    const hidden = await client.call('claims.read', { params: { id: sibling.id } });
    const absent = await client.call('claims.read', { params: { id: unknownId } });
    const added = await client.call('claims.addAppearance', {
      params: { id: desk.id },
      body: { channel: 'tv', seenAt: '2026-10-01T08:00:00Z' },
    });

    expect(seen).toContain(mine.id);
    expect(seen).not.toContain(sibling.id);
    expect(seen).not.toContain(desk.id);
    expect(problem(hidden)).toEqual(problem(absent));
    expect(hidden.status).toBe(404);
    expect(added.status).toBe(404);
  });

  it('tells a reporter outside the desk nothing of the others in its cluster', async () => {
    const mine = await logClaim(app, { by: 'district.a' });
    const other = await logClaim(app);
    good(
      await researcher.call('claims.join', {
        params: { id: other.id },
        body: { clusterId: mine.cluster.id },
      }),
    );
    const check = good(await researcher.call('checks.start', { body: { claimId: mine.id } }));
    const forDesk = good(await researcher.call('claims.read', { params: { id: mine.id } }));
    const client = await app.as('district.a');
    const forReporter = good(await client.call('claims.read', { params: { id: mine.id } }));

    expect(forDesk.cluster).toMatchObject({ claims: 2, checkId: check.checkId });
    expect(forReporter.cluster).toMatchObject({ claims: 1, checkId: null, factId: null, verdict: null });
  });

  it('shows restricted claims only to those placed at their unit or above', async () => {
    const secret = await logClaim(app, { by: 'district.a', restricted: true });
    const elsewhere = await newcomer(app, { login: 'desk.d2', role: 'researcher', unit: 'D2' });
    const within = await newcomer(app, { login: 'desk.d1', role: 'researcher', unit: 'D1' });

    expect((await elsewhere.call('claims.read', { params: { id: secret.id } })).status).toBe(404);
    expect(await idsOf(elsewhere)).not.toContain(secret.id);
    expect(await idsOf(within)).toContain(secret.id);
    expect(await idsOf(researcher)).toContain(secret.id);

    const open = await logClaim(app);
    good(
      await researcher.call('claims.join', {
        params: { id: secret.id },
        body: { clusterId: open.cluster.id },
      }),
    );
    const counted = async (client: Client) =>
      good(await client.call('claims.read', { params: { id: open.id } })).cluster.claims;
    expect(await counted(researcher)).toBe(2);
    expect(await counted(elsewhere)).toBe(1);
  });

  it('lets a desk member read everywhere but triage only at or below its unit', async () => {
    const client = await newcomer(app, { login: 'desk.only.d2', role: 'researcher', unit: 'D2' });
    const claim = await logClaim(app, { by: 'district.a' });

    expect((await client.call('claims.read', { params: { id: claim.id } })).status).toBe(200);
    const answer = await client.call('claims.lease', { params: { id: claim.id }, body: { take: true } });
    expect(problem(answer)).toEqual({ status: 403, code: 'not_allowed' });
  });
});

describe('the life cycle of a claim', () => {
  it('moves as the table says, one version at a time', async () => {
    const claim = await logClaim(app);
    const params = { id: claim.id };
    const triaged = good(
      await researcher.call('claims.setState', { params, body: { state: 'triaged' }, ifMatch: 1 }),
    );
    const back = await researcher.call('claims.setState', { params, body: { state: 'new' }, ifMatch: 2 });

    expect(triaged).toMatchObject({ state: 'triaged', version: 2 });
    expect(problem(back)).toEqual({ status: 409, code: 'wrong_state' });
  });

  it('wants a reason for an exit, keeps it, and lets it go when reopened', async () => {
    const { id } = await logClaim(app);
    const params = { id };
    const set = (body: { state: 'no_answer_needed' | 'triaged'; reason?: string }, ifMatch: number) =>
      researcher.call('claims.setState', { params, body, ifMatch });
    const silent = await set({ state: 'no_answer_needed' }, 1);
    const closed = good(await set({ state: 'no_answer_needed', reason: 'इसे बढ़ावा न दें' }, 1));
    const reopened = good(await set({ state: 'triaged' }, closed.version));

    expect(silent.status).toBe(400);
    expect(silent.raw.json().errors[0].field).toBe('/reason');
    expect(closed).toMatchObject({ state: 'no_answer_needed', stateReason: 'इसे बढ़ावा न दें' });
    expect(reopened).toMatchObject({ state: 'triaged', stateReason: null });
  });

  it('is not answered by hand', async () => {
    const { id } = await logClaim(app);
    const answer = await researcher.call('claims.setState', {
      params: { id },
      body: { state: 'answered' },
      ifMatch: 1,
    });

    expect(problem(answer)).toEqual({ status: 409, code: 'wrong_state' });
  });

  it('refuses a change of an older version with the claim as it is now, and one that names none', async () => {
    const { id } = await logClaim(app);
    const params = { id };
    const [first, second] = await Promise.all([
      researcher.call('claims.setState', { params, body: { state: 'triaged' }, ifMatch: 1 }),
      (await app.as('researcher2')).call('claims.setState', {
        params,
        body: { state: 'not_checkable', reason: 'यह राय है' },
        ifMatch: 1,
      }),
    ]);
    const [won, lost] = first.status === 200 ? [first, second] : [second, first];
    const blind = await researcher.call('claims.setState', { params, body: { state: 'checking' } });

    expect(won.status).toBe(200);
    expect(problem(lost)).toEqual({ status: 412, code: 'stale_version' });
    expect(lost.raw.json().current).toMatchObject({ id, version: 2, state: good(won).state });
    expect(problem(blind)).toEqual({ status: 428, code: 'version_required' });
  });
});

describe('who is answering', () => {
  it('is one member at a time, named to the others, until the lease is dropped or runs out', async () => {
    const { id } = await logClaim(app);
    const params = { id };
    const second = await app.as('researcher2');
    const lease = (client: Client, take: boolean) => client.call('claims.lease', { params, body: { take } });

    expect(good(await lease(researcher, true)).assignee?.id).toBe(app.world.members.researcher);
    const refused = await lease(second, true);
    expect(problem(refused)).toEqual({ status: 409, code: 'conflict' });
    expect(refused.raw.json().detail).toContain('Person researcher');
    expect((await lease(second, false)).status).toBe(409);
    expect(good(await lease(researcher, true)).assignee?.id).toBe(app.world.members.researcher);
    expect(good(await lease(researcher, false))).toMatchObject({ assignee: null, leaseUntil: null });
    expect(good(await lease(second, true)).assignee?.id).toBe(app.world.members.researcher2);

    await sql`update claims set lease_until = now() - interval '1 second' where id = ${id}`.execute(app.db);
    expect(good(await researcher.call('claims.read', { params })).assignee).toBeNull();
    expect(good(await lease(researcher, true)).assignee?.id).toBe(app.world.members.researcher);
  });

  it('goes to exactly one of two who ask at once', async () => {
    const { id } = await logClaim(app);
    const clients = [researcher, await app.as('researcher2')];
    const answers = await Promise.all(
      clients.map((client) => client.call('claims.lease', { params: { id }, body: { take: true } })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('the media that carried a claim', () => {
  it('is kept once, and handed out as an attachment that cannot run', async () => {
    const claim = await logClaim(app, { by: 'district.a' });
    const jpeg = await picture({ width: 120, height: 90 });
    const form = formOf({ file: { name: 'बाढ़.jpg', type: 'image/jpeg', content: jpeg } });
    const client = await app.as('district.a');
    const send = () => client.call('claims.addMedia', { params: { id: claim.id }, ...form });
    const [media] = good(await send()).media;
    const again = good(await send());

    expect(media).toMatchObject({ kind: 'image', mime: 'image/jpeg', name: 'बाढ़.jpg', size: jpeg.length });
    expect(again.media).toHaveLength(1);
    const file = await client.inject({ method: 'GET', url: media?.url ?? '' });
    expect(file.statusCode).toBe(200);
    expect(file.rawPayload.equals(jpeg)).toBe(true);
    expect(file.headers['content-disposition']).toMatch(/^attachment;/);
    expect(file.headers['x-content-type-options']).toBe('nosniff');
    expect(file.headers['content-security-policy']).toContain('sandbox');

    const params = { id: media?.id ?? '' };
    const sibling = await app.as('district.b');
    expect((await sibling.call('claims.readMedia', { params })).status).toBe(404);
    expect((await sibling.call('claims.addMedia', { params: { id: claim.id }, ...form })).status).toBe(404);
    expect((await app.anonymous.call('claims.readMedia', { params })).status).toBe(401);
  });
});

describe('the list of claims', () => {
  it('filters by state and by whose it is', async () => {
    const claim = await logClaim(app, { by: 'researcher2' });
    const second = await app.as('researcher2');
    const params = { id: claim.id };

    expect(await idsOf(second, { mine: 'unassigned' })).toContain(claim.id);
    good(await second.call('claims.lease', { params, body: { take: true } }));
    expect(await idsOf(second, { mine: 'assigned' })).toContain(claim.id);
    expect(await idsOf(second, { mine: 'unassigned' })).not.toContain(claim.id);
    expect(await idsOf(researcher, { mine: 'reported' })).not.toContain(claim.id);
    expect(await idsOf(second, { mine: 'reported', state: 'new' })).toContain(claim.id);
    expect(await idsOf(second, { mine: 'reported', state: 'triaged' })).toEqual([]);
  });

  it('pages through everything once, with as many statements for a thousand as for ten', async () => {
    const solo = await newcomer(app, { login: 'desk.lister', role: 'researcher', unit: 'S' });
    const member = await app.db
      .selectFrom('members')
      .where('login', '=', 'desk.lister')
      .select('id')
      .executeTakeFirstOrThrow();
    const list = (limit: number) => () => solo.call('claims.list', { query: { mine: 'reported', limit } });
    await manyClaims(app, { count: 10, reporterId: member.id });
    const forTen = await countQueries(list(100));
    await manyClaims(app, { count: 990, reporterId: member.id });
    const forThousand = await countQueries(list(100));

    const seen = new Set<string>();
    let cursor: string | null = null;
    let pages = 0;
    do {
      const query: Record<string, string | number> = {
        mine: 'reported',
        limit: 100,
        ...(cursor !== null && { cursor }),
      };
      const page = good(await solo.call('claims.list', { query }));
      for (const { id } of page.items) seen.add(id);
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== null);

    expect(forTen).toBeGreaterThan(1);
    expect(forThousand).toBe(forTen);
    expect(pages).toBe(10);
    expect(seen.size).toBe(1000);
  });
});
