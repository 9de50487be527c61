import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';
import { approvePack, draftPack, readyRendition, releasePack, submitPack } from '../helpers/pack-rules.js';
import { type As, actingOn, refusal, verifiedFact } from '../helpers/rules.js';
import { createWorld, type World } from '../helpers/world.js';

/** The rules as the application's own login meets them, whatever the services would have said before. */
describe('rules of packs and releases in the database', () => {
  let database: TestDatabase;
  let world: World;
  let as: As;
  let fact: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    world = await createWorld(database.db);
    as = actingOn(database.db);
    fact = (await verifiedFact(as, database.db, world)).version;
  });
  afterAll(() => database.drop());

  async function approved() {
    const { designer, reviewer } = world.members;
    const rendition = await readyRendition(as, world, { maker: designer });
    const made = await draftPack(as, world, { author: designer, facts: [fact], renditions: [rendition] });
    await submitPack(as, made.version, designer);
    await approvePack(as, database.db, made.version, reviewer);
    return { ...made, rendition };
  }

  async function released(units: readonly string[] = [world.units.D1]) {
    const made = await approved();
    const release = await releasePack(as, made.version, world.members.reviewer, units);
    return { ...made, release };
  }

  it('refuses a pack without facts', async () => {
    const { version } = await draftPack(as, world, { author: world.members.designer, facts: [] });

    expect(await refusal(submitPack(as, version, world.members.designer))).toBe('pack_without_facts');
  });

  it('refuses a pack on a check that is not a fact any more', async () => {
    const { designer, reviewer } = world.members;
    const own = await verifiedFact(as, database.db, world);
    const { version } = await draftPack(as, world, { author: designer, facts: [own.version] });
    await submitPack(as, version, designer);
    await as(reviewer, (tx) =>
      tx
        .updateTable('checkVersions')
        .set({ state: 'void', voidReason: 'the source was wrong' })
        .where('id', '=', own.version)
        .execute(),
    );

    expect(await refusal(approvePack(as, database.db, version, reviewer))).toBe('pack_without_facts');
  });

  it('refuses approval by the composer, the maker of a rendition and the uploader of its creative', async () => {
    const { designer, researcher, reviewer, reviewer2 } = world.members;
    const byReviewer = await readyRendition(as, world, { maker: reviewer, uploader: reviewer2 });
    const { version } = await draftPack(as, world, {
      author: researcher,
      facts: [fact],
      renditions: [byReviewer],
    });
    await submitPack(as, version, researcher);

    for (const member of [researcher, reviewer, reviewer2]) {
      expect(await refusal(approvePack(as, database.db, version, member))).toBe('own_work');
    }
    await approvePack(as, database.db, version, designer);
  });

  it('approves only exactly what was shown', async () => {
    const { designer, reviewer } = world.members;
    const { version } = await draftPack(as, world, { author: designer, facts: [fact] });
    await submitPack(as, version, designer);
    const blind = as(reviewer, (tx) =>
      tx
        .updateTable('packVersions')
        .set({ state: 'approved', approvedBy: reviewer, approvedHash: 'f'.repeat(64) })
        .where('id', '=', version)
        .execute(),
    );

    expect(await refusal(blind)).toBe('version_shown_differs');
  });

  it('never changes an approved or released version', async () => {
    const { version, rendition } = await released();
    const { designer, reviewer } = world.members;
    const tries: ((tx: Parameters<Parameters<As>[1]>[0]) => Promise<unknown>)[] = [
      (tx) => tx.updateTable('packVersions').set({ changeNote: 'other' }).where('id', '=', version).execute(),
      (tx) =>
        tx.updateTable('packTexts').set({ title: 'other' }).where('packVersionId', '=', version).execute(),
      (tx) =>
        tx
          .insertInto('packCaptions')
          .values({ packVersionId: version, language: 'hi', platform: 'x', text: 'new' })
          .execute(),
      (tx) =>
        tx
          .insertInto('packTalkingPoints')
          .values({ packVersionId: version, language: 'hi', position: 1, text: 'new' })
          .execute(),
      (tx) => tx.deleteFrom('packFacts').where('packVersionId', '=', version).execute(),
      (tx) => tx.deleteFrom('packRenditions').where('renditionId', '=', rendition).execute(),
      (tx) =>
        tx.updateTable('packRenditions').set({ position: 9 }).where('renditionId', '=', rendition).execute(),
      (tx) =>
        tx
          .updateTable('packVersions')
          .set({ state: 'draft', returnComment: 'back' })
          .where('id', '=', version)
          .execute(),
      (tx) => tx.updateTable('packVersions').set({ state: 'superseded' }).where('id', '=', version).execute(),
      (tx) =>
        tx.updateTable('packVersions').set({ approvedBy: designer }).where('id', '=', version).execute(),
    ];

    for (const attempt of tries) expect(await refusal(as(reviewer, attempt))).toBe('wrong_state');
    expect(
      await refusal(as(reviewer, (tx) => tx.deleteFrom('packVersions').where('id', '=', version).execute())),
    ).toBe('42501');
    expect(
      await refusal(as(reviewer, (tx) => tx.updateTable('releases').set({ selector: '{}' }).execute())),
    ).toBe('42501');
  });

  it('keeps the file of a finished rendition', async () => {
    const { rendition } = await approved();
    const other = await readyRendition(as, world, { maker: world.members.designer });
    const { fileSha256 } = await database.db
      .selectFrom('renditions')
      .select('fileSha256')
      .where('id', '=', other)
      .executeTakeFirstOrThrow();

    expect(
      await refusal(
        as(world.members.designer, (tx) =>
          tx.updateTable('renditions').set({ fileSha256 }).where('id', '=', rendition).execute(),
        ),
      ),
    ).toBe('conflict');
    expect(
      await refusal(
        as(world.members.designer, (tx) =>
          tx.updateTable('renditions').set({ state: 'queued' }).where('id', '=', rendition).execute(),
        ),
      ),
    ).toBe('wrong_state');
  });

  it('releases only what is approved, and in one’s own name', async () => {
    const { designer, reviewer } = world.members;
    const { version } = await draftPack(as, world, { author: designer, facts: [fact] });

    expect(await refusal(releasePack(as, version, reviewer, [world.units.D1]))).toBe('wrong_state');
    const { version: ready } = await approved();
    const forged = as(designer, (tx) =>
      tx
        .insertInto('releases')
        .values({ packVersionId: ready, selector: '{}', releasedBy: reviewer })
        .execute(),
    );
    expect(await refusal(forged)).toBe('not_allowed');
  });

  it('refuses to add units to a release afterwards', async () => {
    const { release } = await released();

    expect(
      await refusal(
        as(world.members.reviewer, (tx) =>
          tx.insertInto('releaseUnits').values({ releaseId: release, unitId: world.units.D2 }).execute(),
        ),
      ),
    ).toBe('conflict');
    expect(
      await refusal(
        as(world.members.reviewer, (tx) =>
          tx.deleteFrom('releaseUnits').where('releaseId', '=', release).execute(),
        ),
      ),
    ).toBe('42501');
  });

  it('refuses release into a silence window of the unit, of one above it, and of its Lok Sabha constituency', async () => {
    const { admin, reviewer } = world.members;
    const window = (unitId: string) =>
      as(admin, async (tx) => {
        const event = await tx
          .insertInto('events')
          .values({ kind: 'election', ownerUnitId: world.units.S })
          .returning('id')
          .executeTakeFirstOrThrow();
        const made = await tx
          .insertInto('silenceWindows')
          .values({
            eventId: event.id,
            unitId,
            startsAt: new Date(Date.now() - 3_600_000).toISOString(),
            endsAt: new Date(Date.now() + 3_600_000).toISOString(),
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        return made.id;
      });
    const { version } = await approved();

    for (const [silent, target] of [
      [world.units.D1, world.units.D1],
      [world.units.D1, world.units.A11],
      [world.units.L1, world.units.A21],
    ] as const) {
      const id = await window(silent);
      expect(await refusal(releasePack(as, version, reviewer, [target]))).toBe('silence_window');
      await as(admin, (tx) => tx.deleteFrom('silenceWindows').where('id', '=', id).execute());
    }
    const over = await window(world.units.D1);
    await releasePack(as, version, reviewer, [world.units.D2]);
    await as(admin, (tx) => tx.deleteFrom('silenceWindows').where('id', '=', over).execute());
  });

  it('recalls only with a reason and a clock, and keeps them', async () => {
    const { version } = await released();
    const { reviewer } = world.members;
    const recall = {
      packVersionId: version,
      noticedAt: new Date().toISOString(),
      dueAt: new Date().toISOString(),
      recalledBy: reviewer,
    };

    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('packVersions').set({ state: 'recalled' }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx
            .insertInto('recalls')
            .values({ ...recall, reason: ' ' })
            .execute(),
        ),
      ),
    ).toBe('23514');
    await as(reviewer, async (tx) => {
      await tx
        .insertInto('recalls')
        .values({ ...recall, reason: 'the source withdrew it' })
        .execute();
      await tx.updateTable('packVersions').set({ state: 'recalled' }).where('id', '=', version).execute();
    });
    expect(
      await refusal(
        as(reviewer, (tx) =>
          tx.updateTable('packVersions').set({ state: 'released' }).where('id', '=', version).execute(),
        ),
      ),
    ).toBe('wrong_state');
    expect(
      await refusal(
        as(reviewer, (tx) => tx.deleteFrom('recalls').where('packVersionId', '=', version).execute()),
      ),
    ).toBe('42501');
  });

  it('supersedes the released version when the next is released', async () => {
    const first = await released();
    const { designer, reviewer } = world.members;
    const next = await as(designer, async (tx) => {
      const { id } = await tx
        .insertInto('packVersions')
        .values({
          packId: first.pack,
          number: 2,
          basedOn: first.version,
          changeKind: 'correct',
          changeNote: 'a date was wrong',
          createdBy: designer,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.insertInto('packTexts').values({ packVersionId: id, language: 'hi', title: 'सुधार' }).execute();
      await tx.insertInto('packFacts').values({ packVersionId: id, checkVersionId: fact }).execute();
      return id;
    });
    await submitPack(as, next, designer);
    await approvePack(as, database.db, next, reviewer);
    await releasePack(as, next, reviewer, [world.units.D1]);

    const states = await database.db
      .selectFrom('packVersions')
      .select('state')
      .where('packId', '=', first.pack)
      .orderBy('number')
      .execute();
    expect(states.map(({ state }) => state)).toEqual(['superseded', 'released']);
  });

  it('keeps a claim in its cluster while its own fact stands in a released pack', async () => {
    const { designer, reviewer, researcher } = world.members;
    const own = await verifiedFact(as, database.db, world);
    const move = () =>
      as(researcher, async (tx) => {
        const { id } = await tx
          .insertInto('clusters')
          .defaultValues()
          .returning('id')
          .executeTakeFirstOrThrow();
        await tx.updateTable('claims').set({ clusterId: id }).where('id', '=', own.claim).execute();
      });
    const { version } = await draftPack(as, world, { author: designer, facts: [own.version] });
    await submitPack(as, version, designer);
    await approvePack(as, database.db, version, reviewer);
    await releasePack(as, version, reviewer, [world.units.D1]);

    expect(await refusal(move())).toBe('conflict');
  });

  it('keeps receipts and audit rows for ever', async () => {
    const { release } = await released();
    const member = world.members['district.a'];
    const device = await as(member, async (tx) => {
      const { id } = await tx
        .insertInto('devices')
        .values({ memberId: member, label: 'phone' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('receipts')
        .values({ releaseId: release, memberId: member, deviceId: id, unitId: world.units.D1, mark: 'seen' })
        .execute();
      return id;
    });
    const again = as(member, (tx) =>
      tx
        .insertInto('receipts')
        .values({
          releaseId: release,
          memberId: member,
          deviceId: device,
          unitId: world.units.D1,
          mark: 'seen',
        })
        .execute(),
    );

    expect(await refusal(again)).toBe('23505');
    expect(await refusal(as(member, (tx) => tx.deleteFrom('receipts').execute()))).toBe('42501');
    expect(
      await refusal(as(member, (tx) => tx.updateTable('receipts').set({ mark: 'downloaded' }).execute())),
    ).toBe('42501');
    for (const statement of [
      sql`update audit set role = 'x'`,
      sql`delete from audit`,
      sql`truncate audit cascade`,
    ]) {
      expect(await refusal(as(member, (tx) => statement.execute(tx)))).toBe('42501');
    }
  });

  it('lets exactly one of two reviewers approve', async () => {
    const { designer, reviewer, reviewer2 } = world.members;
    const { version } = await draftPack(as, world, { author: designer, facts: [fact] });
    await submitPack(as, version, designer);
    const outcomes = await Promise.allSettled([
      approvePack(as, database.db, version, reviewer),
      approvePack(as, database.db, version, reviewer2),
    ]);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
