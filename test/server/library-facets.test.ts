import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { factAbout, good, logClaim, problem } from '../helpers/desk.js';
import { picture } from '../helpers/media.js';
import { formOf } from '../helpers/multipart.js';
import { approvePack, draftPack, releasePack, submitPack } from '../helpers/pack-rules.js';
import { actingOn } from '../helpers/rules.js';

let app: TestApp;
let researcher: Client;
const facts: Record<'canal' | 'bus' | 'secret', string> = { canal: '', bus: '', secret: '' };

type Query = Record<string, string | number | readonly string[]>;

async function search(query: Query, client = researcher) {
  await app.api.follower.caughtUp();
  const { items, total, facets } = good(await client.call('library.search', { query }));
  return { ids: items.map(({ fact }) => fact.id).sort(), total, facets };
}
const setTopic = (id: string, topic: string | null) =>
  researcher.call('claims.setTopic', { params: { id }, body: { topic } });

beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
  const { D1, A21 } = app.world.units;
  const canal = await factAbout(app, {
    claim: await logClaim(app, { text: 'नहर का पानी ज़हरीला', topic: 'health' }),
    headline: 'नहर का पानी साफ़ है',
  });
  const further = await logClaim(app, {
    by: 'assembly.a',
    text: 'nahar ka paani zehrila',
    appearances: [{ channel: 'whatsapp', seenAt: '2026-01-05T10:00:00Z', unitId: A21 }],
  });
  const form = formOf({ file: { name: 'canal.jpg', content: await picture({ width: 120, height: 90 }) } });
  const media = await researcher.call('claims.addMedia', { params: { id: further.id }, ...form });
  expect(media.status).toBe(201);
  const joining = { params: { id: further.id }, body: { clusterId: canal.claim.cluster.id } };
  good(await researcher.call('claims.join', joining));
  const bus = await factAbout(app, {
    claim: await logClaim(app, { text: 'बस का पानी बंद', topic: 'transport' }),
    headline: 'बस में पानी मिलता है',
    verdict: 'misleading',
  });
  const secret = await logClaim(app, { text: 'नहर पर गुप्त सूचना', restricted: true, ownerUnitId: D1 });
  good(
    await researcher.call('claims.join', {
      params: { id: secret.id },
      body: { clusterId: bus.claim.cluster.id },
    }),
  );
  Object.assign(facts, { canal: canal.fact.id, bus: bus.fact.id, secret: secret.id });
});
afterAll(() => app.close());

describe('the facets of the library', () => {
  it('count what was found by verdict, topic, language, district and media; a restricted claim lends nothing', async () => {
    const { total, facets } = await search({ q: 'पानी' });
    expect(total).toBe(2);
    expect(facets).toMatchObject({
      verdicts: { false: 1, misleading: 1 },
      topics: { health: 1, transport: 1 },
      languages: { hi: 2 },
      mediaKinds: { image: 1 },
    });
    const places = facets.places.map(({ unit, count }) => [unit.code, count]);
    expect(new Map(places.map(([code, count]) => [code, count]))).toEqual(
      new Map([
        ['S', 2],
        ['D1', 1],
        ['D2', 1],
      ]),
    );
  });

  it('filter by one value or several, and by days', async () => {
    const { canal, bus } = facts;
    const { D1, D2, S } = app.world.units;
    const today =
      (await sql<{ day: string }>`select today()::text as day`.execute(app.db)).rows[0]?.day ?? '';
    const cases: [Query, string[]][] = [
      [{ verdict: 'misleading' }, [bus]],
      [{ verdict: ['misleading', 'false'] }, [bus, canal]],
      [{ topic: 'health' }, [canal]],
      [{ topic: ['health', 'transport'], verdict: 'false' }, [canal]],
      [{ place: D1 }, [canal]],
      [{ place: [D2, S] }, [bus, canal]],
      [{ media: 'image' }, [canal]],
      [{ media: ['video', 'audio'] }, []],
      [{ language: 'hi' }, [bus, canal]],
      [{ language: 'en' }, []],
      [{ from: today, to: today }, [bus, canal]],
      [{ to: '2020-01-01' }, []],
    ];
    for (const [query, ids] of cases) {
      expect((await search({ q: 'पानी', ...query })).ids, JSON.stringify(query)).toEqual([...ids].sort());
    }
  });

  it('name a chosen district also when nothing is left of it', async () => {
    const { facets } = await search({ q: 'पानी', verdict: 'misleading', place: app.world.units.D2 });
    expect(facets.places.find(({ unit }) => unit.code === 'D2')).toMatchObject({ count: 0 });
  });

  it('refuse what is no verdict, no topic, no day and no unit', async () => {
    for (const query of [
      { verdict: 'maybe' },
      { topic: 'No Topic' },
      { from: 'yesterday' },
      { place: 'D1' },
    ]) {
      expect(problem(await researcher.call('library.search', { query })), JSON.stringify(query)).toEqual({
        status: 400,
        code: 'invalid_input',
      });
    }
  });

  it('tell a district nothing of where others’ claims came from', async () => {
    const as = actingOn(app.db);
    const { designer, reviewer } = app.world.members;
    const { version } = await draftPack(as, app.world, { author: designer, facts: [facts.canal] });
    await submitPack(as, version, designer);
    await approvePack(as, app.db, version, reviewer);
    await releasePack(as, version, reviewer, [app.world.units.S]);
    const district = await app.as('district.b');
    const { S, D1, D2 } = app.world.units;
    for (const place of [undefined, S, D1, D2]) {
      const { ids, facets } = await search({ q: 'पानी', ...(place && { place }) }, district);
      expect(ids).toEqual([facts.canal]);
      expect(facets).toMatchObject({ places: [], topics: { health: 1 }, mediaKinds: { image: 1 } });
    }
  });

  it('cost as many statements for one district as for many', async () => {
    const ask = (query: Query) => () => researcher.call('library.search', { query });
    const none = await countQueries(ask({ q: 'पानी', verdict: 'misleading' }));
    const many = await countQueries(ask({ q: 'पानी' }));
    expect(many).toBe(none);
  });
});

describe('the topic of a fact', () => {
  it('is that of its cluster: set on any of its claims, audited, and found at once', async () => {
    const { claim, fact } = await factAbout(app, { text: 'सौर पंप पर रोक' });
    expect((await search({ q: 'सौर पंप' })).facets.topics).toEqual({});
    const other = await logClaim(app, { text: 'saur pump band' });
    const joined = { params: { id: other.id }, body: { clusterId: claim.cluster.id } };
    good(await researcher.call('claims.join', joined));
    expect(good(await setTopic(other.id, 'agriculture')).cluster.topic).toBe('agriculture');

    expect((await search({ topic: 'agriculture' })).ids).toEqual([fact.id]);
    const read = good(await researcher.call('library.read', { params: { id: fact.id } }));
    expect(read.topic).toBe('agriculture');
    const audited = await app.db
      .selectFrom('audit as a')
      .innerJoin('auditPayloads as p', 'p.seq', 'a.seq')
      .where('a.act', '=', 'claim.topic_set')
      .where('a.objectId', '=', other.id)
      .select('p.payload')
      .execute();
    expect(audited).toMatchObject([{ payload: { from: null, to: 'agriculture' } }]);
    good(await setTopic(claim.id, null));
    expect((await search({ topic: 'agriculture' })).ids).toEqual([]);
  });

  it('comes along with a claim that joins a cluster nobody has named yet, and stays when it leaves', async () => {
    const target = await logClaim(app);
    const named = await logClaim(app, { topic: 'weather' });
    const joining = { params: { id: named.id }, body: { clusterId: target.cluster.id } };
    expect(good(await researcher.call('claims.join', joining)).cluster.topic).toBe('weather');
    expect(good(await researcher.call('claims.leave', { params: { id: named.id } })).cluster.topic).toBe(
      'weather',
    );
    const other = await logClaim(app, { topic: 'prices' });
    const again = { params: { id: other.id }, body: { clusterId: target.cluster.id } };
    expect(good(await researcher.call('claims.join', again)).cluster.topic).toBe('weather');
  });

  it('is one of the list, which is there in both languages and in its order', async () => {
    const claim = await logClaim(app);
    expect(problem(await setTopic(claim.id, 'gossip'))).toEqual({ status: 400, code: 'invalid_input' });
    const { items } = good(await researcher.call('topics.list'));
    expect(items.length).toBeGreaterThan(9);
    expect(items[0]).toEqual({ code: 'health', name: { hi: 'स्वास्थ्य', en: 'Health' } });
    expect(items.at(-1)?.code).toBe('other');
  });
});
