import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTransaction } from '../../server/database/database.js';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';
import {
  type As,
  actingOn,
  addEvidence,
  checkInReview,
  draftCheck,
  refusal,
  submitCheck,
  verifiedFact,
  verifyCheck,
} from '../helpers/rules.js';
import { createWorld, type World } from '../helpers/world.js';

/** The rules as the application's own login meets them, whatever the services would have said before. */
describe('rules of a check’s sources and texts in the database', () => {
  let database: TestDatabase;
  let world: World;
  let as: As;

  beforeAll(async () => {
    database = await createTestDatabase();
    world = await createWorld(database.db);
    as = actingOn(database.db);
  });
  afterAll(() => database.drop());

  const inReview = (author?: string) => checkInReview(as, world, author);

  it('refuses verification by someone who only added a source', async () => {
    const made = await draftCheck(as, world, world.members.researcher);
    await addEvidence(as, {
      ...made,
      author: world.members.researcher,
      tier: 'primary',
      url: 'https://example.org/a',
    });
    await addEvidence(as, { ...made, author: world.members.reviewer, url: 'https://example.org/b' });
    await submitCheck(as, made.version, world.members.researcher);

    expect(await refusal(verifyCheck(as, database.db, made.version, world.members.reviewer))).toBe(
      'own_work',
    );
  });

  it('needs two different sources, one of them primary or official', async () => {
    const { researcher, reviewer } = world.members;
    const one = await draftCheck(as, world, researcher);
    await addEvidence(as, { ...one, author: researcher, tier: 'official', url: 'https://example.org/same' });
    await addEvidence(as, { ...one, author: researcher, tier: 'official', url: 'https://EXAMPLE.org/same' });
    await submitCheck(as, one.version, researcher);
    const weak = await draftCheck(as, world, researcher);
    await addEvidence(as, { ...weak, author: researcher, tier: 'press', url: 'https://example.org/a' });
    await addEvidence(as, { ...weak, author: researcher, tier: 'social', url: 'https://example.org/b' });
    await submitCheck(as, weak.version, researcher);

    expect(await refusal(verifyCheck(as, database.db, one.version, reviewer))).toBe('too_few_sources');
    expect(await refusal(verifyCheck(as, database.db, weak.version, reviewer))).toBe('too_few_sources');
  });

  it('takes a written exception only when the reviewer accepts it', async () => {
    const { researcher, reviewer } = world.members;
    const made = await draftCheck(as, world, researcher);
    await as(researcher, (tx) =>
      tx
        .updateTable('checkVersions')
        .set({ sourceException: 'Only one register exists for this.' })
        .where('id', '=', made.version)
        .execute(),
    );
    await submitCheck(as, made.version, researcher);

    expect(await refusal(verifyCheck(as, database.db, made.version, reviewer))).toBe('too_few_sources');
    await verifyCheck(as, database.db, made.version, reviewer, { exceptionAcceptedBy: reviewer });
  });

  it('keeps a submitted check as it was submitted', async () => {
    const { version, check, one } = await inReview();
    const { researcher } = world.members;
    const tries: ((tx: DatabaseTransaction) => Promise<unknown>)[] = [
      (tx) => tx.updateTable('checkVersions').set({ verdict: 'true' }).where('id', '=', version).execute(),
      (tx) =>
        tx.updateTable('checkTexts').set({ headline: 'x' }).where('checkVersionId', '=', version).execute(),
      (tx) => tx.deleteFrom('checkTexts').where('checkVersionId', '=', version).execute(),
      (tx) =>
        tx
          .insertInto('checkTexts')
          .values({ checkVersionId: version, language: 'en', headline: 'x', summary: 'y' })
          .execute(),
      (tx) => tx.deleteFrom('checkEvidence').where('checkVersionId', '=', version).execute(),
      (tx) => tx.updateTable('evidence').set({ quote: 'other words' }).where('id', '=', one).execute(),
      (tx) => tx.deleteFrom('evidence').where('checkId', '=', check).execute(),
    ];

    for (const attempt of tries) expect(await refusal(as(researcher, attempt))).toBe('wrong_state');
  });

  it('keeps the evidence of a fact, whoever asks', async () => {
    const fact = await verifiedFact(as, database.db, world);
    const { researcher, reviewer, admin } = world.members;

    for (const member of [researcher, reviewer, admin]) {
      expect(
        await refusal(
          as(member, (tx) =>
            tx.deleteFrom('checkEvidence').where('evidenceId', '=', fact.evidence[0]).execute(),
          ),
        ),
      ).toBe('wrong_state');
      expect(
        await refusal(
          as(member, (tx) => tx.deleteFrom('evidence').where('id', '=', fact.evidence[0]).execute()),
        ),
      ).toBe('wrong_state');
      expect(
        await refusal(
          as(member, (tx) =>
            tx.updateTable('evidence').set({ tier: 'primary' }).where('id', '=', fact.evidence[1]).execute(),
          ),
        ),
      ).toBe('wrong_state');
      expect(
        await refusal(
          as(member, (tx) =>
            tx
              .updateTable('checkEvidence')
              .set({ stance: 'supports' })
              .where('evidenceId', '=', fact.evidence[0])
              .execute(),
          ),
        ),
      ).toBe('wrong_state');
    }
  });

  it('has at most one live fact per cluster: verifying the next version corrects the last', async () => {
    const fact = await verifiedFact(as, database.db, world);
    const { researcher, reviewer } = world.members;
    const { id: next } = await as(researcher, (tx) =>
      tx
        .insertInto('checkVersions')
        .values({
          checkId: fact.check,
          clusterId: fact.cluster,
          number: 2,
          basedOn: fact.version,
          verdict: 'misleading',
          createdBy: researcher,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await as(researcher, async (tx) => {
      await tx
        .insertInto('checkTexts')
        .values({ checkVersionId: next, language: 'hi', headline: 'नया', summary: 'नया' })
        .execute();
      await tx
        .insertInto('checkEvidence')
        .values(fact.evidence.map((evidenceId) => ({ checkVersionId: next, evidenceId })))
        .execute();
    });
    await submitCheck(as, next, researcher);
    await verifyCheck(as, database.db, next, reviewer);

    const rows = await database.db
      .selectFrom('checkVersions')
      .select(['number', 'state'])
      .where('checkId', '=', fact.check)
      .orderBy('number')
      .execute();
    expect(rows).toEqual([
      { number: 1, state: 'corrected' },
      { number: 2, state: 'verified' },
    ]);
  });

  it('never changes the words of a claim', async () => {
    const { claim } = await draftCheck(as, world, world.members.researcher);

    expect(
      await refusal(
        as(world.members.researcher, (tx) =>
          tx.updateTable('claims').set({ text: 'other words' }).where('id', '=', claim).execute(),
        ),
      ),
    ).toBe('conflict');
  });
});
