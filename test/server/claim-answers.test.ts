import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim } from '../../server/contract/claim.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { draftedCheck, factAbout, good, logClaim, problem, submitted, verified } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import { approvePack, draftPack, releasePack, submitPack } from '../helpers/pack-rules.js';
import { actingOn } from '../helpers/rules.js';
import type { UnitCode } from '../helpers/world.js';

let app: TestApp;
let researcher: Client;
let district: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
  district = await app.as('district.a');
});
afterAll(() => app.close());

async function release(factId: string, units: readonly UnitCode[]): Promise<void> {
  const as = actingOn(app.db);
  const { designer, reviewer } = app.world.members;
  const { version } = await draftPack(as, app.world, { author: designer, facts: [factId] });
  await submitPack(as, version, designer);
  await approvePack(as, app.db, version, reviewer);
  await releasePack(
    as,
    version,
    reviewer,
    units.map((unit) => app.world.units[unit]),
  );
}

const read = async (client: Client, id: string): Promise<Claim> =>
  good(await client.call('claims.read', { params: { id } }));
const see = async (client: Client, id: string): Promise<Claim> =>
  good(await client.call('claims.seeAnswer', { params: { id } }));
const unread = async (client: Client): Promise<string[]> =>
  good(await client.call('claims.list', { query: { mine: 'unread', limit: 100 } })).items.map(({ id }) => id);
const join = (client: Client, id: string, clusterId: string) =>
  client.call('claims.join', { params: { id }, body: { clusterId } });

describe('whoever reported a claim', () => {
  it('is told when it is answered, and once more when the fact itself is released to it', async () => {
    const report = await logClaim(app, { by: 'district.a', text: 'कुएँ का पानी नीला हो गया' });
    expect(await read(district, report.id)).toMatchObject({ state: 'new', unreadAnswer: false });
    const { fact } = await factAbout(app, { claim: report });

    expect(await read(district, report.id)).toMatchObject({
      state: 'answered',
      unreadAnswer: true,
      cluster: { factId: null, verdict: null },
    });
    expect(await unread(district)).toEqual([report.id]);
    expect(await see(district, report.id)).toMatchObject({ unreadAnswer: false });
    expect(await unread(district)).toEqual([]);

    await release(fact.id, ['D1']);
    expect(await read(district, report.id)).toMatchObject({
      unreadAnswer: true,
      cluster: { factId: fact.id, verdict: 'false' },
    });
    await see(district, report.id);
    expect(await unread(district)).toEqual([]);
  });

  it('is told of the answer of a cluster its claim joins later', async () => {
    const { claim } = await factAbout(app, { text: 'मंडी में प्याज मुफ़्त बँट रहा है' });
    const report = await logClaim(app, { by: 'district.a', text: 'pyaj muft bant raha hai mandi me' });
    good(await join(researcher, report.id, claim.cluster.id));

    expect(await unread(district)).toEqual([report.id]);
    await see(district, report.id);
    good(await researcher.call('claims.leave', { params: { id: report.id } }));
    expect(await read(district, report.id)).toMatchObject({ state: 'checking', unreadAnswer: false });
  });

  it('is told again when the answer is corrected, and no longer when it is void', async () => {
    const { claim, fact } = await factAbout(app, {
      claim: await logClaim(app, { by: 'district.a', text: 'रात की रेल बंद हो गई' }),
    });
    await see(district, claim.id);
    const next = good(await researcher.call('checks.correct', { params: { id: fact.id } }));
    const edited = good(
      await researcher.call('checks.edit', {
        params: { id: next.id },
        body: { verdict: 'misleading', texts: { hi: { headline: 'रेल का समय बदला', summary: 'सूचना देखी।' } } },
        ifMatch: next.version,
      }),
    );
    const corrected = await verified(app, await submitted(app, edited));
    expect(await unread(district)).toEqual([claim.id]);
    const reviewer = await app.as('reviewer');
    const body = { reason: 'स्रोत जाली निकला' };
    good(await reviewer.call('checks.void', { params: { id: corrected.id }, body }));

    expect(await read(district, claim.id)).toMatchObject({ state: 'checking', unreadAnswer: false });
  });

  it('hears of it on its own stream at the moment of the verification', async () => {
    const report = await logClaim(app, { by: 'district.a', text: 'स्कूल में तीन दिन की छुट्टी' });
    const draft = await submitted(app, await draftedCheck(app, report.id));
    const response = await district.inject({ method: 'GET', url: '/api/live', payloadAsStream: true });
    const stream = response.stream();
    let heard = '';
    stream.on('data', (chunk) => {
      heard += chunk;
    });
    await verified(app, draft);
    await eventually(async () => heard.includes(JSON.stringify({ topic: 'claim', id: report.id })));
    stream.destroy();
  });

  it('alone may say that it has seen the answer', async () => {
    const { claim } = await factAbout(app, {
      claim: await logClaim(app, { by: 'district.a', text: 'नहर में मगरमच्छ दिखा' }),
    });
    const params = { id: claim.id };
    expect(problem(await researcher.call('claims.seeAnswer', { params }))).toEqual({
      status: 403,
      code: 'not_allowed',
    });
    const other = await app.as('district.b');
    expect((await other.call('claims.seeAnswer', { params })).status).toBe(404);
    expect(await read(researcher, claim.id)).toMatchObject({ unreadAnswer: false });
    expect(await unread(district)).toContain(claim.id);
  });
});

describe('logging a claim into a cluster', () => {
  it('is one act: logged, joined and answered, with how alike they were', async () => {
    const { claim, fact } = await factAbout(app, { text: 'पुल पर भारी वाहन बंद' });
    const body = {
      text: 'pul par bhari vahan band',
      language: 'hi-Latn' as const,
      join: { clusterId: claim.cluster.id, method: 'match' as const, score: 0.8 },
    };
    const logged = good(await researcher.call('claims.create', { body, key: 'log-and-join-1' }));
    const again = good(await researcher.call('claims.create', { body, key: 'log-and-join-1' }));
    const acts = await app.db
      .selectFrom('clusterActs')
      .where('claimId', '=', logged.id)
      .orderBy('at')
      .select(['act', 'method', 'score'])
      .execute();

    expect(logged).toMatchObject({
      state: 'answered',
      cluster: { id: claim.cluster.id, claims: 2, factId: fact.id },
    });
    expect(again.id).toBe(logged.id);
    expect(acts.map(({ act, method }) => `${act} ${method}`)).toEqual(['created person', 'joined match']);
    const undone = good(await researcher.call('claims.leave', { params: { id: logged.id } }));
    expect(undone.cluster).toMatchObject({ claims: 1, factId: null });
  });

  it('logs nothing when it may not be joined', async () => {
    const target = await logClaim(app);
    const text = 'यह दावा कभी दर्ज नहीं होगा';
    const body = { text, language: 'hi' as const, join: { clusterId: target.cluster.id } };
    const nowhere = { ...body, join: { clusterId: '01900000-0000-7000-8000-000000000000' } };
    expect((await district.call('claims.create', { body })).status).toBe(403);
    expect((await researcher.call('claims.create', { body: nowhere })).status).toBe(404);

    const rows = await app.db.selectFrom('claims').where('text', '=', text).select('id').execute();
    expect(rows).toEqual([]);
  });
});

describe('a claim whose own fact stands in a released pack', () => {
  it('cannot be moved under another, and says why in both languages; another may still join it', async () => {
    const { claim, fact } = await factAbout(app, { text: 'बस का किराया तीन गुना' });
    await release(fact.id, ['D1']);
    const target = await logClaim(app);
    const answer = await join(researcher, claim.id, target.cluster.id);
    const { code, details } = answer.raw.json();

    expect({ status: answer.status, code }).toEqual({ status: 409, code: 'conflict' });
    expect(details).toEqual({
      hi: expect.stringContaining('जारी पैक'),
      en: expect.stringContaining('released pack'),
    });
    const joined = good(await join(researcher, target.id, claim.cluster.id));
    expect(joined).toMatchObject({ state: 'answered', cluster: { factId: fact.id, claims: 2 } });
    expect(good(await researcher.call('claims.leave', { params: { id: target.id } })).cluster.claims).toBe(1);
  });

  it('is kept there by the database too, and so is the claim a mere draft stands on', async () => {
    const { claim } = await factAbout(app, { text: 'तेल का दाम आधा' });
    const drafted = await logClaim(app);
    await draftedCheck(app, drafted.id);
    const elsewhere = await logClaim(app);
    for (const { id } of [claim, drafted]) {
      const move = actingOn(app.db)(app.world.members.researcher, (tx) =>
        tx.updateTable('claims').set({ clusterId: elsewhere.cluster.id }).where('id', '=', id).execute(),
      );
      await expect(move).rejects.toThrow();
      expect((await read(researcher, id)).cluster.id).not.toBe(elsewhere.cluster.id);
    }
    const outside = actingOn(app.db)(app.world.members.researcher, (tx) =>
      tx
        .insertInto('checks')
        .values({
          clusterId: elsewhere.cluster.id,
          leadClaimId: drafted.id,
          ownerUnitId: app.world.units.S,
          createdBy: app.world.members.researcher,
        })
        .execute(),
    );
    await expect(outside).rejects.toThrow();
  });
});
