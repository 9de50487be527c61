import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';
import {
  type As,
  actingOn,
  addEvidence,
  checkInReview,
  draftCheck,
  refusal,
  shownHash,
  submitCheck,
  verifiedFact,
  verifyCheck,
} from '../helpers/rules.js';
import { createWorld, type World } from '../helpers/world.js';

/** The rules as the application's own login meets them, whatever the services would have said before. */
describe('rules of checks in the database', () => {
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

  it('lets a second person verify', async () => {
    const { version } = await inReview();
    await verifyCheck(as, database.db, version, world.members.reviewer);

    const row = await database.db
      .selectFrom('facts')
      .select(['id', 'verifiedBy', 'verifiedAt'])
      .where('id', '=', version)
      .executeTakeFirst();
    expect(row?.verifiedBy).toBe(world.members.reviewer);
    expect(row?.verifiedAt).toBeTruthy();
  });

  it('refuses verification by the author', async () => {
    const { version } = await inReview();

    expect(await refusal(verifyCheck(as, database.db, version, world.members.researcher))).toBe('own_work');
  });

  it('refuses verification by someone who only edited a text', async () => {
    const made = await draftCheck(as, world, world.members.researcher);
    await addEvidence(as, {
      ...made,
      author: world.members.researcher,
      tier: 'primary',
      url: 'https://example.org/a',
    });
    await addEvidence(as, { ...made, author: world.members.researcher, url: 'https://example.org/b' });
    await as(world.members.reviewer, (tx) =>
      tx
        .updateTable('checkTexts')
        .set({ headline: 'बदला हुआ' })
        .where('checkVersionId', '=', made.version)
        .execute(),
    );
    await submitCheck(as, made.version, world.members.researcher);

    expect(await refusal(verifyCheck(as, database.db, made.version, world.members.reviewer))).toBe(
      'own_work',
    );
    await verifyCheck(as, database.db, made.version, world.members.reviewer2);
  });

  it('carries the people of a fact into the next version made from it', async () => {
    const fact = await verifiedFact(as, database.db, world);
    const { researcher, researcher2 } = world.members;
    const next = await as(researcher2, (tx) =>
      tx
        .insertInto('checkVersions')
        .values({
          checkId: fact.check,
          clusterId: fact.cluster,
          number: 2,
          basedOn: fact.version,
          createdBy: researcher2,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );

    const people = await database.db
      .selectFrom('checkContributors')
      .select('memberId')
      .where('checkVersionId', '=', next.id)
      .execute();
    expect(people.map(({ memberId }) => memberId).sort()).toEqual([researcher, researcher2].sort());
  });

  it('refuses a version that is born verified, or under another name', async () => {
    const made = await draftCheck(as, world, world.members.researcher);
    const values = {
      checkId: made.check,
      clusterId: made.cluster,
      number: 2,
      createdBy: world.members.researcher,
    };

    expect(
      await refusal(
        as(world.members.researcher, (tx) =>
          tx
            .insertInto('checkVersions')
            .values({ ...values, state: 'verified' })
            .execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(
        as(world.members.reviewer, (tx) => tx.insertInto('checkVersions').values(values).execute()),
      ),
    ).toBe('not_allowed');
    expect(await refusal(as(null, (tx) => tx.insertInto('checkVersions').values(values).execute()))).toBe(
      'not_allowed',
    );
  });

  it('refuses to jump from draft to verified', async () => {
    const { version } = await draftCheck(as, world, world.members.researcher);

    expect(await refusal(verifyCheck(as, database.db, version, world.members.reviewer))).toBe('wrong_state');
  });

  it('refuses to verify in another person’s name', async () => {
    const { version } = await inReview();
    const hash = await shownHash(database.db, version);
    const forged = as(world.members.researcher, (tx) =>
      tx
        .updateTable('checkVersions')
        .set({ state: 'verified', verifiedBy: world.members.reviewer, verifiedHash: hash })
        .where('id', '=', version)
        .execute(),
    );

    expect(await refusal(forged)).toBe('not_allowed');
  });

  it('refuses a decision on something else than what was shown', async () => {
    const { version } = await inReview();
    const blind = as(world.members.reviewer, (tx) =>
      tx
        .updateTable('checkVersions')
        .set({ state: 'verified', verifiedBy: world.members.reviewer, verifiedHash: '0'.repeat(64) })
        .where('id', '=', version)
        .execute(),
    );

    expect(await refusal(blind)).toBe('version_shown_differs');
  });

  it('never changes who verified, and never goes back', async () => {
    const { version } = await verifiedFact(as, database.db, world);
    const { reviewer, reviewer2 } = world.members;

    expect(
      await refusal(
        as(reviewer2, (tx) =>
          tx.updateTable('checkVersions').set({ verifiedBy: reviewer2 }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('checkVersions').set({ state: 'draft' }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('checkVersions').set({ state: 'corrected' }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(as(reviewer, (tx) => tx.deleteFrom('checkVersions').where('id', '=', version).execute())),
    ).toBe('42501');
  });

  it('needs a reason to void a fact and a comment to return a check', async () => {
    const fact = await verifiedFact(as, database.db, world);
    const { version } = await inReview();
    const { reviewer } = world.members;

    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('checkVersions').set({ state: 'void' }).where('id', '=', fact.version).execute(),
        ),
      ),
    ).toBe('invalid_input');
    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('checkVersions').set({ state: 'draft' }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('invalid_input');
  });

  it('keeps contributors and life cycles out of the application’s hands', async () => {
    const { version } = await draftCheck(as, world, world.members.researcher);
    const { researcher, reviewer } = world.members;

    expect(
      await refusal(
        as(researcher, (tx) =>
          tx.deleteFrom('checkContributors').where('checkVersionId', '=', version).execute(),
        ),
      ),
    ).toBe('42501');
    expect(
      await refusal(
        as(researcher, (tx) => tx.updateTable('checkContributors').set({ memberId: reviewer }).execute()),
      ),
    ).toBe('42501');
    expect(
      await refusal(
        as(researcher, (tx) =>
          sql`insert into life_cycle_moves values ('check','draft','verified')`.execute(tx),
        ),
      ),
    ).toBe('42501');
    expect(
      await refusal(as(researcher, (tx) => sql`alter table check_versions disable trigger all`.execute(tx))),
    ).toBe('42501');
    expect(await refusal(as(researcher, (tx) => sql`truncate check_versions cascade`.execute(tx)))).toBe(
      '42501',
    );
    expect(
      await refusal(as(researcher, (tx) => sql`select note_check_contributor(${version})`.execute(tx))),
    ).toBe('42501');
  });

  it('lets exactly one of two reviewers decide', async () => {
    const { version } = await inReview();
    const { reviewer, reviewer2 } = world.members;
    const outcomes = await Promise.allSettled([
      verifyCheck(as, database.db, version, reviewer),
      verifyCheck(as, database.db, version, reviewer2),
    ]);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
