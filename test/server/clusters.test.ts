import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { draftedCheck, factAbout, good, logClaim, newcomer, problem } from '../helpers/desk.js';

let app: TestApp;
let researcher: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
});
afterAll(() => app.close());

const join = (id: string, clusterId: string, more: Record<string, unknown> = {}, client = researcher) =>
  client.call('claims.join', { params: { id }, body: { clusterId, ...more } });
const leave = (id: string) => researcher.call('claims.leave', { params: { id } });

function actsOf(claimId: string) {
  return app.db
    .selectFrom('clusterActs')
    .where('claimId', '=', claimId)
    .orderBy('at')
    .select(['act', 'fromClusterId', 'toClusterId', 'method', 'score', 'memberId', 'undoes', 'id'])
    .execute();
}

describe('joining a cluster', () => {
  it('is recorded with who, how and how alike', async () => {
    const [first, second] = [await logClaim(app), await logClaim(app)];
    const joined = good(await join(second.id, first.cluster.id, { method: 'match', score: 0.75 }));
    const acts = await actsOf(second.id);

    expect(joined.cluster).toMatchObject({ id: first.cluster.id, claims: 2 });
    expect(joined.version).toBe(second.version + 1);
    expect(acts.at(-1)).toMatchObject({
      act: 'joined',
      fromClusterId: second.cluster.id,
      toClusterId: first.cluster.id,
      method: 'match',
      score: 0.75,
      memberId: app.world.members.researcher,
    });
    const audited = await app.db
      .selectFrom('audit')
      .where('objectId', '=', second.id)
      .select('act')
      .execute();
    expect(audited.map(({ act }) => act)).toContain('claim.joined');
  });

  it('can be looked into: its claims, where they came from, and every act on it', async () => {
    const [first, second] = [await logClaim(app), await logClaim(app)];
    const params = { id: first.id };
    good(await join(second.id, first.cluster.id, { method: 'match', score: 0.5 }));
    const together = good(await researcher.call('claims.cluster', { params }));
    expect(together.claims.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(together.units).toEqual([{ unit: first.ownerUnit, claims: 2 }]);
    expect(
      together.acts.map(({ act, came, claimId, method, score }) => ({ act, came, claimId, method, score })),
    ).toEqual([
      { act: 'joined', came: true, claimId: second.id, method: 'match', score: 0.5 },
      { act: 'created', came: true, claimId: first.id, method: 'person', score: null },
    ]);
    good(await leave(second.id));
    const apart = good(await researcher.call('claims.cluster', { params }));
    expect(apart.claims.map(({ id }) => id)).toEqual([first.id]);
    expect(apart.acts[0]).toMatchObject({ act: 'undone', came: false, claimId: second.id });
  });

  it('of the cluster it is in already changes nothing', async () => {
    const claim = await logClaim(app);
    const same = good(await join(claim.id, claim.cluster.id));

    expect(same.version).toBe(claim.version);
    expect(await actsOf(claim.id)).toHaveLength(1);
  });

  it('answers an unknown cluster, an empty one and a hidden one alike', async () => {
    const claim = await logClaim(app);
    const [first, second] = [await logClaim(app), await logClaim(app)];
    good(await join(second.id, first.cluster.id));
    const secret = await logClaim(app, { by: 'district.a', restricted: true });
    const elsewhere = await newcomer(app, { login: 'cluster.d2', role: 'researcher', unit: 'D2' });
    const own = await logClaim(app, { by: 'district.b' });

    const unknown = await join(claim.id, '01900000-0000-7000-8000-000000000000');
    const empty = await join(claim.id, second.cluster.id);
    const hidden = await join(own.id, secret.cluster.id, {}, elsewhere);
    expect([unknown, empty, hidden].map(problem)).toEqual(Array(3).fill({ status: 404, code: 'not_found' }));
  });

  it('is not for those who only report', async () => {
    const [claim, other] = [
      await logClaim(app, { by: 'district.a' }),
      await logClaim(app, { by: 'district.a' }),
    ];
    const answer = await join(claim.id, other.cluster.id, {}, await app.as('district.a'));

    expect(problem(answer)).toEqual({ status: 403, code: 'not_allowed' });
  });

  it('takes a new claim along into the check that is under way', async () => {
    const lead = await logClaim(app);
    await draftedCheck(app, lead.id);
    const fresh = await logClaim(app);

    expect(good(await join(fresh.id, lead.cluster.id)).state).toBe('checking');
  });

  it('answers a new claim when the cluster has a fact, and leaves a closed one closed', async () => {
    const { claim, fact } = await factAbout(app);
    const [fresh, closed] = [await logClaim(app), await logClaim(app)];
    good(
      await researcher.call('claims.setState', {
        params: { id: closed.id },
        body: { state: 'no_answer_needed', reason: 'इसे बढ़ावा न दें' },
        ifMatch: 1,
      }),
    );
    const answered = good(await join(fresh.id, claim.cluster.id));

    expect(answered).toMatchObject({ state: 'answered', cluster: { factId: fact.id, verdict: 'false' } });
    expect(good(await join(closed.id, claim.cluster.id)).state).toBe('no_answer_needed');
  });
});

describe('leaving a cluster', () => {
  it('gives a fresh one and undoes the joining on record', async () => {
    const [first, second] = [await logClaim(app), await logClaim(app)];
    good(await join(second.id, first.cluster.id));
    const left = good(await leave(second.id));
    const acts = await actsOf(second.id);

    expect(left.cluster.claims).toBe(1);
    expect([first.cluster.id, second.cluster.id]).not.toContain(left.cluster.id);
    expect(acts.at(-1)).toMatchObject({
      act: 'undone',
      undoes: acts.at(-2)?.id,
      toClusterId: left.cluster.id,
    });
  });

  it('of a claim alone in its cluster changes nothing', async () => {
    const claim = await logClaim(app);

    expect(good(await leave(claim.id))).toEqual(claim);
  });

  it('leaves the answer behind', async () => {
    const { claim } = await factAbout(app);
    const fresh = await logClaim(app);
    good(await join(fresh.id, claim.cluster.id));

    expect(good(await leave(fresh.id))).toMatchObject({ state: 'checking', cluster: { factId: null } });
  });

  it('is refused to the claim a check stands on, in clear words', async () => {
    const lead = await logClaim(app);
    await draftedCheck(app, lead.id);
    const [fresh, other] = [await logClaim(app), await logClaim(app)];
    good(await join(fresh.id, lead.cluster.id));
    const refused = [await leave(lead.id), await join(lead.id, other.cluster.id)];

    for (const answer of refused) {
      expect(problem(answer)).toEqual({ status: 409, code: 'conflict' });
      expect(answer.raw.json().details.en).toContain('A check stands on this claim');
    }
  });
});

describe('joining at the same moment', () => {
  it('as the verification leaves no claim of an answered cluster unanswered', async () => {
    const reviewer = await app.as('reviewer');
    for (let round = 0; round < 5; round += 1) {
      const lead = await logClaim(app);
      const fresh = await logClaim(app);
      const drafted = await draftedCheck(app, lead.id);
      const params = { id: drafted.id };
      const { hash } = good(await researcher.call('checks.submit', { params, ifMatch: drafted.version }));
      const [decided, joined] = await Promise.all([
        reviewer.call('checks.verify', { params, body: { hash } }),
        join(fresh.id, lead.cluster.id),
      ]);
      const now = good(await researcher.call('claims.read', { params: { id: fresh.id } }));

      expect([decided.status, joined.status]).toEqual([200, 200]);
      expect(now).toMatchObject({ state: 'answered', cluster: { id: lead.cluster.id, factId: drafted.id } });
    }
  });

  it('in opposite directions ends without a deadlock', async () => {
    const [first, second] = [await logClaim(app), await logClaim(app)];
    const answers = await Promise.all([join(first.id, second.cluster.id), join(second.id, first.cluster.id)]);

    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
  });
});
