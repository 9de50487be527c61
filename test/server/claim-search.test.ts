import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { factAbout, good, logClaim, newcomer, problem } from '../helpers/desk.js';
import { manyClaims } from '../helpers/many.js';

let app: TestApp;
let researcher: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
});
afterAll(() => app.close());

async function found(client: Client, query: Record<string, string | number>): Promise<string[]> {
  await app.api.follower.caughtUp();
  const { items } = good(await client.call('claims.list', { query: { limit: 100, ...query } }));
  return items.map(({ id }) => id);
}

describe('finding a claim by words', () => {
  it('works in both scripts, newest first, and within state and owner', async () => {
    const first = await logClaim(app, { text: 'किसान मेले पर नया कर लगेगा' });
    const second = await logClaim(app, { text: 'kisan mela band', language: 'hi-Latn' });
    await logClaim(app, { text: 'साइकिल पर नया कर' });

    expect(await found(researcher, { q: 'किसान' })).toEqual([second.id, first.id]);
    expect(await found(researcher, { q: 'kisan' })).toEqual([second.id, first.id]);
    expect(await found(researcher, { q: 'किसान', state: 'triaged' })).toEqual([]);
    expect(await found(researcher, { q: 'किसान', mine: 'unassigned', limit: 1 })).toEqual([second.id]);
    expect(await found(researcher, { q: 'qxzvwqxz' })).toEqual([]);
  });

  it('finds an answered claim by its own words and by those of its answer', async () => {
    const { claim } = await factAbout(app, {
      text: 'झील में घड़ियाल छोड़े गए',
      headline: 'सरोवर में कोई सरीसृप नहीं',
    });
    expect(await found(researcher, { q: 'घड़ियाल' })).toEqual([claim.id]);
    expect(await found(researcher, { q: 'सरीसृप', state: 'answered' })).toEqual([claim.id]);
  });

  it('tells by which words each was found, as they are written there', async () => {
    const plain = await logClaim(app, { text: 'बिजलीघर की चिमनी टूटी' });
    const latin = await logClaim(app, { text: 'bijlighar ki chimni tooti', language: 'hi-Latn' });
    const { claim } = await factAbout(app, { text: 'पंप बिका', headline: 'बिजलीघर का पंप चालू है' });
    const reported = await logClaim(app, { by: 'district.a', text: 'बिजलीघर के पास धुआँ' });
    await app.api.follower.caughtUp();
    const marks = async (client: Client, q?: string) => {
      const { items } = good(await client.call('claims.list', { query: { limit: 100, ...(q && { q }) } }));
      return new Map(items.map(({ id, matched }) => [id, matched]));
    };

    const found = await marks(researcher, 'bijlighar');
    expect(found.get(plain.id)).toEqual(['बिजलीघर']);
    expect(found.get(latin.id)).toEqual(['bijlighar']);
    expect(found.get(claim.id)).toEqual(['बिजलीघर']);
    // The index shows no claims to a district: its own report was found by the words it asked for.
    const own = await marks(await app.as('district.a'), 'बिजलीघर');
    expect(own.get(reported.id)).toEqual(['बिजलीघर']);
    expect((await marks(researcher)).get(plain.id)).toEqual([]);
  });

  it('shows a district its own reports and nobody else’s', async () => {
    const own = await logClaim(app, { by: 'district.a', text: 'ज़िला पुस्तकालय बंद होगा' });
    await logClaim(app, { by: 'district.b', text: 'ज़िला पुस्तकालय बंद होगा' });
    await logClaim(app, { text: 'ज़िला पुस्तकालय बंद होगा' });
    const district = await app.as('district.a');

    expect(await found(district, { q: 'जिला पुस्तकालय' })).toEqual([own.id]);
    expect(await found(district, { q: 'पुस्तकालय अस्पताल' })).toEqual([]);
  });

  it('keeps restricted claims from those not placed above them', async () => {
    const secret = await logClaim(app, {
      text: 'अभिलेखागार से गुप्त काग़ज़',
      restricted: true,
      ownerUnitId: app.world.units.D1,
    });
    const elsewhere = await newcomer(app, { login: 'desk.elsewhere', role: 'researcher', unit: 'D2' });
    expect(await found(researcher, { q: 'अभिलेखागार' })).toEqual([secret.id]);
    expect(await found(elsewhere, { q: 'अभिलेखागार' })).toEqual([]);
  });

  it('costs as many statements for a thousand claims as for ten', async () => {
    const ask = () => researcher.call('claims.list', { query: { q: 'झुंड', limit: 100 } });
    const { researcher: reporterId } = app.world.members;
    await manyClaims(app, { count: 10, reporterId, text: 'झुंड' });
    await app.api.follower.caughtUp();
    const forTen = await countQueries(ask);
    await manyClaims(app, { count: 990, reporterId, text: 'झुंड' });
    await app.api.follower.caughtUp();
    const forThousand = await countQueries(ask);

    expect(good(await ask()).items).toHaveLength(100);
    expect(forTen).toBeGreaterThan(1);
    expect(forThousand).toBe(forTen);
  });
});

describe('open claims that a new fact answers', () => {
  const text = 'सरकारी गोदाम में रखा सारा गेहूँ सड़ गया है और बाँटा नहीं जाएगा';
  const answerable = (factId: string, client = researcher) =>
    client.call('claims.answerable', { params: { id: factId } });

  it('are offered by band, and are answered when they join', async () => {
    const { claim, fact } = await factAbout(app, { text, headline: 'गोदाम का गेहूँ सुरक्षित है' });
    const twin = await logClaim(app, { by: 'district.b', text });
    const own = await logClaim(app, { text });
    good(
      await researcher.call('claims.join', {
        params: { id: own.id },
        body: { clusterId: claim.cluster.id },
      }),
    );
    const closed = await logClaim(app, { text });
    good(
      await researcher.call('claims.setState', {
        params: { id: closed.id },
        body: { state: 'not_checkable', reason: 'कोई स्रोत नहीं' },
        ifMatch: 1,
      }),
    );
    const led = await logClaim(app, { text });
    good(await researcher.call('checks.start', { body: { claimId: led.id } }));
    await app.api.follower.caughtUp();
    const { items } = good(await answerable(fact.id));

    expect(items.map(({ objectId, leadsCheck }) => [objectId, leadsCheck]).sort()).toEqual(
      [
        [twin.id, false],
        [led.id, true],
      ].sort(),
    );
    expect(items[0]).toMatchObject({ band: 'same', kind: 'claim', seen: { claims: 1, units: 1 } });
    good(
      await researcher.call('claims.join', {
        params: { id: twin.id },
        body: { clusterId: claim.cluster.id, method: 'match', score: items[0]?.score ?? 0 },
      }),
    );
    const district = await app.as('district.b');
    expect(await found(district, { mine: 'unread' })).toEqual([twin.id]);
    expect(good(await answerable(fact.id)).items.map(({ objectId }) => objectId)).toEqual([led.id]);
  });

  it('are none of a draft, and cost as many statements however many there are', async () => {
    const { fact } = await factAbout(app, { text: 'मेले में जाने वाली सारी रेलगाड़ियाँ आज से रद्द कर दी गई हैं' });
    await app.api.follower.caughtUp();
    const none = await countQueries(() => answerable(fact.id));
    const { researcher: reporterId } = app.world.members;
    const words = 'मेले में जाने वाली सारी रेलगाड़ियाँ आज से रद्द कर दी गई हैं';
    await manyClaims(app, { count: 200, reporterId, text: words });
    await app.api.follower.caughtUp();

    expect(await countQueries(() => answerable(fact.id))).toBe(none);
    expect(good(await answerable(fact.id)).items).toHaveLength(30);
    const draft = good(
      await researcher.call('checks.start', { body: { claimId: (await logClaim(app)).id } }),
    );
    expect(problem(await answerable(draft.id))).toEqual({ status: 404, code: 'not_found' });
  });
});
