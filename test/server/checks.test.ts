import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { draftedCheck, good, logClaim, newcomer, problem, submitted, verified } from '../helpers/desk.js';
import { manyFacts } from '../helpers/many.js';
import { picture } from '../helpers/media.js';
import { formOf } from '../helpers/multipart.js';

let app: TestApp;
let researcher: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
});
afterAll(() => app.close());

const stateOf = async (id: string) => good(await researcher.call('claims.read', { params: { id } })).state;
const readCheck = async (id: string) => good(await researcher.call('checks.read', { params: { id } }));

describe('from claim to fact', () => {
  it('goes through a draft, a submission and a second person', async () => {
    const claim = await logClaim(app);
    const drafted = await draftedCheck(app, claim.id);
    expect(drafted).toMatchObject({
      state: 'draft',
      number: 1,
      verdict: 'false',
      leadClaim: { id: claim.id },
    });
    expect(drafted.evidence.map(({ tier }) => tier)).toEqual(['official', 'press']);
    expect(await stateOf(claim.id)).toBe('checking');

    const inReview = await submitted(app, drafted);
    expect(inReview).toMatchObject({ state: 'in_review', hash: drafted.hash });

    const fact = await verified(app, inReview);
    expect(fact).toMatchObject({
      state: 'verified',
      verifiedBy: { id: app.world.members.reviewer },
      contributors: [{ id: app.world.members.researcher }],
      history: [{ id: fact.id, number: 1, state: 'verified' }],
    });
    const answered = good(await researcher.call('claims.read', { params: { id: claim.id } }));
    expect(answered).toMatchObject({ state: 'answered', cluster: { factId: fact.id, verdict: 'false' } });
    const audited = await app.db
      .selectFrom('audit')
      .where('objectId', '=', fact.id)
      .orderBy('seq')
      .select('act')
      .execute();
    expect(audited.map(({ act }) => act)).toEqual([
      'check.started',
      'check.evidence_added',
      'check.evidence_added',
      'check.edited',
      'check.submitted',
      'check.verified',
    ]);
  });

  it('starts once per cluster: the second to start opens the same draft', async () => {
    const claim = await logClaim(app);
    const body = { claimId: claim.id };
    const second = await app.as('researcher2');
    const started = await Promise.all([
      researcher.call('checks.start', { body }),
      second.call('checks.start', { body }),
    ]);

    expect(new Set(started.map((answer) => good(answer).id)).size).toBe(1);
  });

  it('does not start on a claim that was put aside', async () => {
    const { id } = await logClaim(app);
    const body = { state: 'not_checkable' as const, reason: 'यह राय है' };
    good(await researcher.call('claims.setState', { params: { id }, body, ifMatch: 1 }));
    const answer = await researcher.call('checks.start', { body: { claimId: id } });

    expect(problem(answer)).toEqual({ status: 409, code: 'wrong_state' });
  });
});

describe('who may work on a check', () => {
  it('is neither a designer, an observer nor a district member', async () => {
    const claim = await logClaim(app, { by: 'district.a' });
    const drafted = await draftedCheck(app, claim.id);
    const params = { id: drafted.id };
    for (const login of ['designer', 'observer', 'reviewer', 'district.a'] as const) {
      const client = await app.as(login);
      const edited = await client.call('checks.edit', {
        params,
        body: { verdict: 'true' },
        ifMatch: drafted.version,
      });
      expect(problem(edited)).toEqual({ status: 403, code: 'not_allowed' });
    }
    const district = await app.as('district.a');
    expect((await district.call('checks.read', { params })).status).toBe(403);
    expect((await district.call('checks.list')).status).toBe(403);
    expect((await app.anonymous.call('checks.read', { params })).status).toBe(401);
    expect((await researcher.call('checks.verify', { params, body: { hash: drafted.hash } })).status).toBe(
      403,
    );
    expect((await (await app.as('observer')).call('checks.read', { params })).status).toBe(200);
  });

  it('is not someone placed elsewhere; a restricted check does not exist for them', async () => {
    const elsewhere = await newcomer(app, { login: 'checks.d2', role: 'researcher', unit: 'D2' });
    const open = await draftedCheck(app, (await logClaim(app, { by: 'district.a' })).id);
    const secret = await draftedCheck(app, (await logClaim(app, { by: 'district.a', restricted: true })).id);
    const edit = (id: string) =>
      elsewhere.call('checks.edit', { params: { id }, body: { verdict: 'true' }, ifMatch: 1 });

    expect(problem(await edit(open.id))).toEqual({ status: 403, code: 'not_allowed' });
    expect(problem(await edit(secret.id))).toEqual({ status: 404, code: 'not_found' });
    expect((await elsewhere.call('checks.read', { params: { id: secret.id } })).status).toBe(404);
    const listed = good(await elsewhere.call('checks.list', { query: { limit: 100 } })).items.map(
      ({ id }) => id,
    );
    expect(listed).toContain(open.id);
    expect(listed).not.toContain(secret.id);
  });
});

describe('editing a draft', () => {
  it('replaces a text in the language given and leaves the other as it is', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const params = { id: drafted.id };
    const en = { headline: 'There is water', summary: 'Half full, says the board.' };
    const withBoth = good(
      await researcher.call('checks.edit', { params, body: { texts: { en } }, ifMatch: drafted.version }),
    );

    expect(withBoth.texts).toMatchObject({ en, hi: { headline: 'जलाशय में पानी है' } });
    expect(withBoth.version).toBe(drafted.version + 1);
    expect(withBoth.hash).not.toBe(drafted.hash);
  });

  it('never loses an edit: the older version is refused with the draft as it is now', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const params = { id: drafted.id };
    const clients = [researcher, await app.as('researcher2')];
    const answers = await Promise.all(
      clients.map((client, index) => {
        const text = { headline: `शीर्षक ${index}`, summary: 'सार' };
        return client.call('checks.edit', {
          params,
          body: { texts: { hi: text } },
          ifMatch: drafted.version,
        });
      }),
    );
    const won = answers.find(({ status }) => status === 200);
    const lost = answers.find(({ status }) => status === 412);

    expect(lost?.raw.json().current.texts).toEqual(won?.body.texts);
    expect((await researcher.call('checks.edit', { params, body: { verdict: 'true' } })).status).toBe(428);
  });

  it('makes a contributor of everyone who edits', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const second = await app.as('researcher2');
    const edited = good(
      await second.call('checks.edit', {
        params: { id: drafted.id },
        body: { asOf: '2026-10-01', reviewBy: '2027-01-01', authenticity: 'cropped' },
        ifMatch: drafted.version,
      }),
    );

    expect(edited).toMatchObject({ asOf: '2026-10-01', reviewBy: '2027-01-01', authenticity: 'cropped' });
    expect(edited.contributors.map(({ id }) => id).sort()).toEqual(
      [app.world.members.researcher, app.world.members.researcher2].sort(),
    );
  });

  it('refuses a review day before the day it holds as of', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const answer = await researcher.call('checks.edit', {
      params: { id: drafted.id },
      body: { asOf: '2026-10-01', reviewBy: '2026-09-30' },
      ifMatch: drafted.version,
    });

    expect(answer.status).toBe(400);
    expect(answer.raw.json().errors[0].field).toBe('/reviewBy');
  });

  it('names what is missing before review', async () => {
    const started = good(
      await researcher.call('checks.start', { body: { claimId: (await logClaim(app)).id } }),
    );
    const answer = await researcher.call('checks.submit', {
      params: { id: started.id },
      ifMatch: started.version,
    });

    expect(answer.status).toBe(400);
    expect(answer.raw.json().errors.map(({ field }: { field: string }) => field)).toEqual([
      '/verdict',
      '/texts',
    ]);
  });

  it('ends with the submission', async () => {
    const inReview = await submitted(app, await draftedCheck(app, (await logClaim(app)).id));
    const params = { id: inReview.id };
    const [source] = inReview.evidence;
    const tries = [
      await researcher.call('checks.edit', { params, body: { verdict: 'true' }, ifMatch: inReview.version }),
      await researcher.call('checks.submit', { params, ifMatch: inReview.version }),
      await researcher.call('checks.addEvidence', { params, body: { publisher: 'Late', tier: 'press' } }),
      await researcher.call('checks.removeEvidence', {
        params: { id: inReview.id, evidenceId: source?.id ?? '' },
      }),
    ];

    for (const answer of tries) expect(problem(answer)).toEqual({ status: 409, code: 'wrong_state' });
    expect(await readCheck(inReview.id)).toEqual(inReview);
  });
});

describe('the sources of a check', () => {
  it('come and go while it is a draft', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const params = { id: drafted.id };
    const body = {
      url: 'https://source.example/order',
      publisher: 'Gazette',
      quote: 'आदेश संख्या 12',
      tier: 'primary' as const,
      stance: 'supports' as const,
      interestNote: 'The department itself',
      capturedAt: '2026-10-02T10:00:00Z',
    };
    const added = good(await researcher.call('checks.addEvidence', { params, body }));
    const source = added.evidence.find(({ publisher }) => publisher === 'Gazette');
    expect(source).toMatchObject({ ...body, capturedAt: '2026-10-02T10:00:00.000000Z', file: null });

    const remove = () =>
      researcher.call('checks.removeEvidence', { params: { id: drafted.id, evidenceId: source?.id ?? '' } });
    expect(good(await remove()).evidence).toHaveLength(2);
    expect(problem(await remove())).toEqual({ status: 404, code: 'not_found' });
    const rows = await app.db
      .selectFrom('evidence')
      .where('id', '=', source?.id ?? '')
      .select('id')
      .execute();
    expect(rows).toEqual([]);
  });

  it('carry one captured copy each, which is never exchanged', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);
    const params = { id: drafted.evidence[0]?.id ?? '' };
    const content = await picture({ width: 200, height: 150 });
    const form = formOf({ file: { name: 'capture.jpg', content } });
    const captured = good(await researcher.call('checks.captureEvidence', { params, ...form }));
    const again = await researcher.call('checks.captureEvidence', { params, ...form });
    const file = await researcher.inject({ method: 'GET', url: captured.file?.url ?? '' });
    const afterwards = await readCheck(drafted.id);

    expect(captured.file).toMatchObject({ size: content.length, mime: 'image/jpeg' });
    expect(problem(again)).toEqual({ status: 409, code: 'conflict' });
    expect(file.rawPayload.equals(content)).toBe(true);
    expect(file.headers['content-disposition']).toMatch(/^attachment;/);
    expect(afterwards.hash).not.toBe(drafted.hash);
    const district = await app.as('district.a');
    expect((await district.call('checks.readEvidence', { params })).status).toBe(403);
  });
});

describe('the list of checks', () => {
  it('shows one state, newest first, with as many statements for a thousand as for ten', async () => {
    const list = (limit: number) => () =>
      researcher.call('checks.list', { query: { state: 'verified', limit } });
    await manyFacts(app, 10);
    const forTen = await countQueries(list(100));
    await manyFacts(app, 990);
    const forThousand = await countQueries(list(100));
    const page = good(await list(100)());
    const ids = page.items.map(({ id }) => id);

    expect(forTen).toBeGreaterThan(1);
    expect(forThousand).toBe(forTen);
    expect(ids).toHaveLength(100);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(page.nextCursor).toBe(ids.at(-1));
    expect(new Set(page.items.map(({ state }) => state))).toEqual(new Set(['verified']));
  });
});
