import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
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
import { manyFacts } from '../helpers/many.js';
import { approvePack, draftPack, releasePack, submitPack } from '../helpers/pack-rules.js';
import { actingOn } from '../helpers/rules.js';
import type { UnitCode } from '../helpers/world.js';

let app: TestApp;
let researcher: Client;
let reviewer: Client;
beforeAll(async () => {
  app = await createTestApp();
  researcher = await app.as('researcher');
  reviewer = await app.as('reviewer');
});
afterAll(() => app.close());

/** What a search finds once the index has followed everything committed so far. */
async function search(client: Client, query: Record<string, string | number>) {
  await app.api.follower.caughtUp();
  return good(await client.call('library.search', { query }));
}

async function found(client: Client, q: string): Promise<string[]> {
  return (await search(client, { q })).items.map(({ fact }) => fact.id);
}

/** A pack on the fact, released to units. */
async function releasedTo(factId: string, units: readonly UnitCode[]): Promise<string> {
  const as = actingOn(app.db);
  const { designer, reviewer: approver } = app.world.members;
  const { version } = await draftPack(as, app.world, { author: designer, facts: [factId] });
  await submitPack(as, version, designer);
  await approvePack(as, app.db, version, approver);
  await releasePack(
    as,
    version,
    approver,
    units.map((unit) => app.world.units[unit]),
  );
  return version;
}

async function recall(packVersionId: string): Promise<void> {
  const { reviewer: recalledBy } = app.world.members;
  await actingOn(app.db)(recalledBy, async (tx) => {
    const [noticedAt, dueAt] = [new Date().toISOString(), new Date(Date.now() + 10_800_000).toISOString()];
    await tx
      .insertInto('recalls')
      .values({ packVersionId, reason: 'ग़लत आँकड़ा', noticedAt, dueAt, recalledBy })
      .execute();
    await tx.updateTable('packVersions').set({ state: 'recalled' }).where('id', '=', packVersionId).execute();
  });
}

describe('finding a fact', () => {
  it('works for the desk from the moment it is verified, and not before', async () => {
    const claim = await logClaim(app, { text: 'मेले में हाथी भाग गया' });
    const draft = await draftedCheck(app, claim.id, { headline: 'मेले में कोई हाथी नहीं था' });
    expect(await found(researcher, 'हाथी')).toEqual([]);
    const fact = await verified(app, await submitted(app, draft));
    const { items, total, facets } = await search(researcher, { q: 'हाथी' });

    expect(items).toMatchObject([
      {
        fact: {
          id: fact.id,
          verdict: 'false',
          number: 1,
          texts: { hi: { headline: 'मेले में कोई हाथी नहीं था' } },
          claim: { text: 'मेले में हाथी भाग गया', language: 'hi', seen: 1 },
          issuedBy: { hi: 'परीक्षण मंच द्वारा जारी', en: 'Issued by Test Forum' },
        },
        matched: expect.arrayContaining(['हाथी']),
      },
    ]);
    expect({ total, verdicts: facets.verdicts }).toEqual({ total: 1, verdicts: { false: 1 } });
  });

  it('works in Hindi written in Latin letters', async () => {
    const { fact } = await factAbout(app, {
      text: 'बिजली का बिल दोगुना होगा',
      headline: 'बिजली का बिल नहीं बढ़ा',
    });

    expect(await found(researcher, 'bijli ka bill doguna')).toEqual([fact.id]);
  });

  it('works by the words of a claim that joined later, and no longer once it left', async () => {
    const { claim, fact } = await factAbout(app, { text: 'पुल बंद रहेगा' });
    const fresh = await logClaim(app, { text: 'सेतु पर ताला लटका है' });
    expect(await found(researcher, 'सेतु ताला')).toEqual([]);
    good(
      await researcher.call('claims.join', {
        params: { id: fresh.id },
        body: { clusterId: claim.cluster.id },
      }),
    );
    expect(await found(researcher, 'सेतु ताला')).toEqual([fact.id]);
    good(await researcher.call('claims.leave', { params: { id: fresh.id } }));
    expect(await found(researcher, 'सेतु ताला')).toEqual([]);
  });

  it('offers other verdicts and filters by one', async () => {
    await factAbout(app, { text: 'नहर का पानी खारा है', verdict: 'false' });
    const { fact } = await factAbout(app, { text: 'नहर का पानी मीठा है', verdict: 'true' });
    const { items, facets } = await search(researcher, { q: 'नहर पानी', verdict: 'true' });

    expect(items.map(({ fact: { id } }) => id)).toEqual([fact.id]);
    expect(facets.verdicts).toEqual({ false: 1, true: 1 });
  });

  it('without words lists the newest first, page by page', async () => {
    for (let number = 0; number < 3; number += 1) await factAbout(app);
    const first = await search(researcher, { limit: 2 });
    const rest = await search(researcher, { limit: 50, offset: 2 });
    const ids = [...first.items, ...rest.items].map(({ fact }) => fact.id);

    expect(first.items).toHaveLength(2);
    expect(new Set(ids).size).toBe(first.total);
  });
});

describe('what districts find', () => {
  it('is what was released to their unit or one above it, until it is recalled', async () => {
    const { fact } = await factAbout(app, {
      text: 'राशन में चीनी नहीं मिलेगी',
      headline: 'राशन में चीनी मिलती रहेगी',
    });
    const districtA = await app.as('district.a');
    const assemblyA = await app.as('assembly.a');
    const districtB = await app.as('district.b');
    const params = { id: fact.id };
    expect(await found(districtA, 'चीनी')).toEqual([]);
    expect((await districtA.call('library.read', { params })).status).toBe(404);

    const pack = await releasedTo(fact.id, ['D1']);
    expect(await found(districtA, 'चीनी')).toEqual([fact.id]);
    expect(await found(assemblyA, 'chini')).toEqual([fact.id]);
    expect(await found(districtB, 'चीनी')).toEqual([]);
    const page = good(await assemblyA.call('library.read', { params }));
    expect(page.evidence.map(({ publisher }) => publisher)).toEqual(['Water Board', 'Morning Paper']);
    expect((await districtB.call('library.read', { params })).status).toBe(404);

    await recall(pack);
    expect(await found(districtA, 'चीनी')).toEqual([]);
    expect((await districtA.call('library.read', { params })).status).toBe(404);
    expect(await found(researcher, 'चीनी')).toEqual([fact.id]);
  });

  it('is hidden while a silence window covers them, even one set after the release', async () => {
    const { fact } = await factAbout(app, { text: 'मतदान केंद्र बदल गया' });
    await releasedTo(fact.id, ['S']);
    const districtA = await app.as('district.a');
    expect(await found(districtA, 'मतदान केंद्र')).toEqual([fact.id]);
    const event = await app.db
      .insertInto('events')
      .values({ kind: 'by_election', ownerUnitId: app.world.units.S })
      .returning('id')
      .executeTakeFirstOrThrow();
    await app.db
      .insertInto('silenceWindows')
      .values({
        eventId: event.id,
        unitId: app.world.units.D1,
        startsAt: sql`now() - interval '1 hour'`,
        endsAt: sql`now() + interval '1 hour'`,
      })
      .execute();

    expect(await found(districtA, 'मतदान केंद्र')).toEqual([]);
    expect((await districtA.call('library.read', { params: { id: fact.id } })).status).toBe(404);
    expect(await found(await app.as('district.b'), 'मतदान केंद्र')).toEqual([fact.id]);
    await app.db.deleteFrom('silenceWindows').where('eventId', '=', event.id).execute();
    expect(await found(districtA, 'मतदान केंद्र')).toEqual([fact.id]);
  });
});

describe('the page of a fact', () => {
  it('is gone, not unknown, once the fact was corrected or voided', async () => {
    const { fact } = await factAbout(app);
    await releasedTo(fact.id, ['D1']);
    const params = { id: fact.id };
    const districtA = await app.as('district.a');
    expect(good(await researcher.call('library.read', { params })).evidence).toHaveLength(2);
    good(await reviewer.call('checks.void', { params, body: { reason: 'स्रोत जाली' } }));

    for (const client of [researcher, districtA])
      expect(problem(await client.call('library.read', { params }))).toEqual({ status: 410, code: 'gone' });
    expect((await (await app.as('district.b')).call('library.read', { params })).status).toBe(404);
  });

  it('never shows a draft', async () => {
    const drafted = await draftedCheck(app, (await logClaim(app)).id);

    expect((await researcher.call('library.read', { params: { id: drafted.id } })).status).toBe(404);
  });
});

describe('restricted facts', () => {
  it('are found only by those placed at their unit or above, and lend no words to open ones', async () => {
    const elsewhere = await newcomer(app, { login: 'library.d2', role: 'researcher', unit: 'D2' });
    const secret = await logClaim(app, { by: 'district.a', restricted: true, text: 'गोदाम में सेंध लगी' });
    const { fact } = await factAbout(app, { claim: secret });
    expect(await found(researcher, 'सेंध')).toEqual([fact.id]);
    expect(await found(elsewhere, 'सेंध')).toEqual([]);
    expect((await elsewhere.call('library.read', { params: { id: fact.id } })).status).toBe(404);

    const open = await factAbout(app, { text: 'मंडी में आग लगी' });
    const whispered = await logClaim(app, { by: 'district.a', restricted: true, text: 'तहख़ाने से धुआँ' });
    const body = { clusterId: open.claim.cluster.id };
    good(await researcher.call('claims.join', { params: { id: whispered.id }, body }));
    expect(await found(researcher, 'तहख़ाने')).toEqual([]);
    expect(await found(elsewhere, 'मंडी आग')).toEqual([open.fact.id]);
  });
});

describe('matching a forward', () => {
  const forward = 'सावधान!! सरकारी अस्पताल में दवाइयाँ बाँटना बंद कर दिया गया है, सब को बताओ';

  it('finds the fact and open claims that say the same, with the words that met', async () => {
    const { fact } = await factAbout(app, {
      text: 'सरकारी अस्पताल में दवाइयाँ बाँटना बंद कर दिया गया है',
      headline: 'अस्पताल में दवाइयाँ मिल रही हैं',
    });
    const open = await logClaim(app, { text: 'अस्पताल में दवाइयाँ बंद' });
    await app.api.follower.caughtUp();
    const { items } = good(await researcher.call('claims.matches', { body: { text: forward } }));

    expect(items[0]).toMatchObject({
      kind: 'fact',
      objectId: fact.id,
      verdict: 'false',
      headline: 'अस्पताल में दवाइयाँ मिल रही हैं',
      language: 'hi',
      seen: { claims: 1, units: 1, firstSeen: expect.any(String), lastSeen: expect.any(String) },
      reasons: expect.arrayContaining([{ text: 'दवाइयाँ', document: 'दवाइयाँ' }]),
    });
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'claim', objectId: open.id, headline: open.text, verdict: null }),
    );
  });

  it('leaves out the claim asked about and what is in its cluster already', async () => {
    const text = 'नया कर केवल साइकिल पर लगाया जाएगा ऐसा कहा गया';
    const [first, second, apart] = [
      await logClaim(app, { text }),
      await logClaim(app, { text }),
      await logClaim(app, { text }),
    ];
    good(
      await researcher.call('claims.join', {
        params: { id: second.id },
        body: { clusterId: first.cluster.id },
      }),
    );
    await app.api.follower.caughtUp();
    const body = { text, excludeClaimId: first.id };
    const { items } = good(await researcher.call('claims.matches', { body }));

    expect(items.map(({ objectId }) => objectId)).toEqual([apart.id]);
    expect(items[0]).toMatchObject({ band: 'same', score: 1 });
  });

  it('shows a district nothing that was not released to it', async () => {
    const { fact } = await factAbout(app, { text: 'तालाब की मछलियाँ ज़हरीली पाई गईं' });
    await logClaim(app, { text: 'तालाब की मछलियाँ ज़हरीली निकलीं' });
    const client = await app.as('district.a');
    const body = { text: 'तालाब की मछलियाँ ज़हरीली' };
    await app.api.follower.caughtUp();
    expect(good(await client.call('claims.matches', { body })).items).toEqual([]);
    await releasedTo(fact.id, ['D1']);
    await app.api.follower.caughtUp();

    const { items } = good(await client.call('claims.matches', { body }));
    expect(items.map(({ objectId }) => objectId)).toEqual([fact.id]);
  });
});

describe('the cost of a search', () => {
  it('is as many statements for a thousand facts as for ten', async () => {
    const ask = () => researcher.call('library.search', { query: { limit: 50 } });
    await manyFacts(app, 10);
    await app.api.follower.caughtUp();
    const forTen = await countQueries(ask);
    await manyFacts(app, 990);
    await app.api.follower.caughtUp();
    const forThousand = await countQueries(ask);

    expect(good(await ask()).items).toHaveLength(50);
    expect(forTen).toBeGreaterThan(1);
    expect(forThousand).toBe(forTen);
  });
});

describe('an index that has fallen behind', () => {
  // Stops following, so it comes last.
  it('does not bring back what the database has taken back', async () => {
    const { fact } = await factAbout(app, { text: 'बस्ती में तेंदुआ दिखा' });
    expect(await found(researcher, 'तेंदुआ')).toEqual([fact.id]);
    await app.api.follower.stop();
    good(await reviewer.call('checks.void', { params: { id: fact.id }, body: { reason: 'स्रोत जाली' } }));
    const { items, total } = good(await researcher.call('library.search', { query: { q: 'तेंदुआ' } }));
    const { items: matches } = good(
      await researcher.call('claims.matches', { body: { text: 'बस्ती में तेंदुआ दिखा' } }),
    );

    expect({ items, total }).toEqual({ items: [], total: 0 });
    expect(matches.filter(({ kind }) => kind === 'fact')).toEqual([]);
  });
});
