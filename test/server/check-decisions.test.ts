import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import {
  draftedCheck,
  factAbout,
  good,
  logClaim,
  newcomer,
  problem,
  submitted,
  verified,
} from '../helpers/desk.js';

let app: TestApp;
let researcher: Client;
let reviewer: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
  reviewer = await app.as('reviewer');
});
afterAll(() => app.close());

const stateOf = async (id: string) => good(await researcher.call('claims.read', { params: { id } })).state;
const readCheck = async (id: string) => good(await researcher.call('checks.read', { params: { id } }));

describe('the decision', () => {
  it('is refused to whoever contributed', async () => {
    const both = await newcomer(app, { login: 'both.roles', role: 'reviewer', unit: 'S' });
    const { id } = await app.db
      .selectFrom('members')
      .where('login', '=', 'both.roles')
      .select('id')
      .executeTakeFirstOrThrow();
    await app.ownerDb
      .insertInto('appointments')
      .values({ memberId: id, unitId: app.world.units.S, role: 'researcher', validFrom: '2026-01-01' })
      .execute();
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    good(
      await both.call('checks.addEvidence', {
        params: { id: drafted.id },
        body: { publisher: 'Third', tier: 'press' },
      }),
    );
    const { hash } = await submitted(app, drafted);
    const answer = await both.call('checks.verify', { params: { id: drafted.id }, body: { hash } });

    expect(problem(answer)).toEqual({ status: 409, code: 'own_work' });
  });

  it('needs two sources, one of them strong, or an exception the reviewer accepts', async () => {
    const sources = [{ publisher: 'Only Paper', tier: 'press' }];
    const claim = await logClaim(app);
    const drafted = await draftedCheck(app, claim.id, { sources });
    const params = { id: drafted.id };
    const { hash } = await submitted(app, drafted);
    const bare = await reviewer.call('checks.verify', { params, body: { hash, acceptException: true } });
    expect(problem(bare)).toEqual({ status: 409, code: 'too_few_sources' });
    expect(await stateOf(claim.id)).toBe('checking');

    const comment = 'दूसरा स्रोत जोड़ें';
    const returned = good(await reviewer.call('checks.return', { params, body: { comment } }));
    expect(returned).toMatchObject({ state: 'draft', returnComment: comment, exceptionAcceptedBy: null });
    const edited = good(
      await researcher.call('checks.edit', {
        params,
        body: { sourceException: 'स्थानीय घटना; दूसरा स्रोत उपलब्ध नहीं।' },
        ifMatch: returned.version,
      }),
    );
    const shown = await submitted(app, edited);
    expect(shown.returnComment).toBeNull();
    const silent = await reviewer.call('checks.verify', { params, body: { hash: shown.hash } });
    expect(problem(silent)).toEqual({ status: 409, code: 'too_few_sources' });
    const fact = good(
      await reviewer.call('checks.verify', { params, body: { hash: shown.hash, acceptException: true } }),
    );
    expect(fact).toMatchObject({
      state: 'verified',
      exceptionAcceptedBy: { id: app.world.members.reviewer },
    });
  });

  it('is on exactly what was shown', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const params = { id: drafted.id };
    const first = await submitted(app, drafted);
    const returned = good(await reviewer.call('checks.return', { params, body: { comment: 'सार सुधारें' } }));
    const edited = good(
      await researcher.call('checks.edit', {
        params,
        body: { verdict: 'half_true' },
        ifMatch: returned.version,
      }),
    );
    await submitted(app, edited);
    const answer = await reviewer.call('checks.verify', { params, body: { hash: first.hash } });

    expect(problem(answer)).toEqual({ status: 409, code: 'version_shown_differs' });
  });

  it('of two reviewers at once is made by exactly one', async () => {
    const shown = await submitted(app, await draftedCheck(app, (await logClaim(app)).id));
    const reviewers = [reviewer, await app.as('reviewer2')];
    const params = { id: shown.id };
    const answers = await Promise.all(
      reviewers.map((client) => client.call('checks.verify', { params, body: { hash: shown.hash } })),
    );
    const lost = answers.find(({ status }) => status !== 200);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(lost && problem(lost)).toEqual({ status: 409, code: 'wrong_state' });
    const audited = await app.db
      .selectFrom('audit')
      .where('objectId', '=', shown.id)
      .where('act', '=', 'check.verified')
      .select('seq')
      .execute();
    expect(audited).toHaveLength(1);
  });

  it('sent twice under one key is one decision with one answer', async () => {
    const shown = await submitted(app, await draftedCheck(app, (await logClaim(app)).id));
    const options = { params: { id: shown.id }, body: { hash: shown.hash }, key: 'verify-once-0001' };
    const first = await reviewer.call('checks.verify', options);
    const second = await reviewer.call('checks.verify', options);

    expect(good(second)).toEqual(good(first));
    expect(second.headers['idempotency-replayed']).toBe('true');
  });
});

describe('a fact that turns out wrong', () => {
  it('is corrected by its next version, and stands until that one is verified', async () => {
    const { claim, fact } = await factAbout(app);
    const next = good(await researcher.call('checks.correct', { params: { id: fact.id } }));
    const again = good(
      await (await app.as('researcher2')).call('checks.correct', { params: { id: fact.id } }),
    );

    expect(next).toMatchObject({ number: 2, state: 'draft', verdict: 'false', texts: fact.texts });
    expect(next.evidence.map(({ id }) => id)).toEqual(fact.evidence.map(({ id }) => id));
    expect(again.id).toBe(next.id);
    expect((await readCheck(fact.id)).state).toBe('verified');
    expect(await stateOf(claim.id)).toBe('answered');

    const hi = {
      headline: 'जलाशय भरा है',
      summary: 'नई रिपोर्ट।',
      correctionNote: 'पहले आधा भरा बताया गया था।',
    };
    const edited = good(
      await researcher.call('checks.edit', {
        params: { id: next.id },
        body: { verdict: 'misleading', texts: { hi } },
        ifMatch: next.version,
      }),
    );
    const corrected = await verified(app, await submitted(app, edited));

    expect(corrected).toMatchObject({ number: 2, state: 'verified', texts: { hi } });
    expect(corrected.history).toMatchObject([
      { id: next.id, number: 2, state: 'verified' },
      { id: fact.id, number: 1, state: 'corrected' },
    ]);
    const opened = await researcher.call('checks.correct', { params: { id: fact.id } });
    expect(problem(opened)).toEqual({ status: 409, code: 'wrong_state' });
  });

  it('is voided with a reason; its claims are open again and the next draft has no verdict yet', async () => {
    const { claim, fact } = await factAbout(app);
    const params = { id: fact.id };
    const short = await reviewer.call('checks.void', { params, body: { reason: '' } });
    const voided = good(await reviewer.call('checks.void', { params, body: { reason: 'स्रोत जाली था' } }));
    const twice = await reviewer.call('checks.void', { params, body: { reason: 'स्रोत जाली था' } });
    const next = good(await researcher.call('checks.start', { body: { claimId: claim.id } }));

    expect(short.status).toBe(400);
    expect(voided).toMatchObject({ state: 'void', voidReason: 'स्रोत जाली था' });
    expect(problem(twice)).toEqual({ status: 409, code: 'wrong_state' });
    expect(await stateOf(claim.id)).toBe('checking');
    expect(next).toMatchObject({ number: 2, state: 'draft', verdict: null, checkId: fact.checkId });
    expect(next.evidence).toHaveLength(2);
  });
});
