import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ChangeLog, FollowerUnknownError } from '../../search/change-log.js';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { createFollower } from '../../search/follow.js';
import type { IndexDocument } from '../../search/search-index.js';
import { createChangeLog } from '../../server/library/change-log.repository.js';
import { createIndexDocuments } from '../../server/library/index-documents.repository.js';
import { countQueries } from '../helpers/count-queries.js';
import { createTestDatabase, silentLogger, type TestDatabase } from '../helpers/database.js';
import { actingOn, verifiedFact } from '../helpers/rules.js';
import { createWorld, type World } from '../helpers/world.js';

let database: TestDatabase;
let world: World;
let changes: ChangeLog;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld(database.db);
  changes = freshLog();
});
afterAll(() => database.drop());
afterEach(async () => {
  await database.ownerDb.deleteFrom('indexFollowers').execute();
  await database.ownerDb.deleteFrom('indexChanges').execute();
});

/** A log of its own tidies up at its first look. */
function freshLog(): ChangeLog {
  return createChangeLog({ db: database.db, documents: createIndexDocuments({ db: database.db }) });
}

/** Notes a change as the triggers do, that many minutes ago. */
async function note(minutesAgo = 0): Promise<number> {
  const { rows } = await sql<{ seq: number }>`insert into index_changes (kind, object_id, at)
    values ('claim', uuid_v7(), now() - make_interval(mins => ${minutesAgo})) returning seq`.execute(
    database.ownerDb,
  );
  return rows[0]?.seq ?? 0;
}

const seqsOf = async (follower: string, log = changes) =>
  (await log.pending(follower, 100)).map(({ seq }) => seq);

const seqsKept = async () =>
  (await database.db.selectFrom('indexChanges').orderBy('seq').select('seq').execute()).map(({ seq }) => seq);

describe('the change log', () => {
  it('owes a new follower the last ten minutes and nothing older', async () => {
    await note(11);
    const recent = [await note(9), await note(0)];
    await changes.register('a');

    expect(await seqsOf('a')).toEqual(recent);
  });

  it('owes each follower what it has not acknowledged itself, oldest first', async () => {
    await changes.register('a');
    await changes.register('b');
    const [first = 0, second = 0, third = 0] = [await note(), await note(), await note()];
    await changes.acknowledge('a', [second]);
    await changes.acknowledge('a', [second]);

    expect(await seqsOf('a')).toEqual([first, third]);
    expect((await changes.pending('b', 2)).map(({ seq }) => seq)).toEqual([first, second]);
  });

  it('shows a change that commits after later ones were acknowledged', async () => {
    await changes.register('a');
    let early = 0;
    let late = 0;
    await database.ownerDb.transaction().execute(async (tx) => {
      const { rows } = await sql<{ seq: number }>`insert into index_changes (kind, object_id)
        values ('claim', uuid_v7()) returning seq`.execute(tx);
      early = rows[0]?.seq ?? 0;
      late = await note();
      expect(await seqsOf('a')).toEqual([late]);
      await changes.acknowledge('a', [late]);
    });

    expect(early).toBeLessThan(late);
    expect(await seqsOf('a')).toEqual([early]);
  });

  it('does not know a follower that left or was never there', async () => {
    await changes.register('a');
    await changes.forget('a');

    await expect(changes.pending('a', 10)).rejects.toBeInstanceOf(FollowerUnknownError);
    await expect(changes.acknowledge('a', [1])).resolves.toBeUndefined();
  });

  it('starts a follower afresh that registers again', async () => {
    await changes.register('a');
    const seq = await note();
    await changes.acknowledge('a', [seq]);
    await changes.register('a');

    expect(await seqsOf('a')).toEqual([seq]);
  });
});

describe('tidying up', () => {
  it('deletes what is old and seen to by everyone, and keeps what one follower still owes', async () => {
    await changes.register('a');
    await changes.register('b');
    const [first = 0, second = 0] = [await note(12), await note(11)];
    const recent = await note();
    await changes.acknowledge('a', [first, second, recent]);
    await changes.acknowledge('b', [first]);
    await freshLog().pending('a', 10);
    expect(await seqsKept()).toEqual([second, recent]);
    expect(await seqsOf('b')).toEqual([second, recent]);
    expect(await seqsOf('a')).toEqual([]);

    await changes.acknowledge('b', [second]);
    await freshLog().pending('b', 10);
    expect(await seqsKept()).toEqual([recent]);
    const acks = await database.db.selectFrom('indexAcks').select(['follower', 'seq']).execute();
    expect(acks).toEqual([{ follower: 'a', seq: recent }]);
  });

  it('forgets a follower not heard of for an hour, so that it does not hold up the others', async () => {
    await changes.register('asleep');
    await changes.register('a');
    const old = await note(30);
    await changes.acknowledge('a', [old]);
    await sql`update index_followers set seen_at = now() - interval '61 minutes' where name = 'asleep'`.execute(
      database.db,
    );
    await freshLog().pending('a', 10);

    expect(await seqsKept()).toEqual([]);
    await expect(changes.pending('asleep', 10)).rejects.toBeInstanceOf(FollowerUnknownError);
  });

  it('hears of a follower as long as it asks', async () => {
    await changes.register('a');
    await sql`update index_followers set seen_at = now() - interval '59 minutes'`.execute(database.db);
    await changes.pending('a', 10);
    const { fresh } = await database.db
      .selectFrom('indexFollowers')
      .select(sql<boolean>`seen_at > now() - interval '1 minute'`.as('fresh'))
      .executeTakeFirstOrThrow();

    expect(fresh).toBe(true);
  });
});

describe('the documents of the index', () => {
  it('are the live facts with their claims’ words, and the claims without an answer', async () => {
    const as = actingOn(database.db);
    const made = await verifiedFact(as, database.db, world);
    const documents = createIndexDocuments({ db: database.db });
    const refs = [
      { kind: 'fact' as const, objectId: made.version },
      { kind: 'claim' as const, objectId: made.claim },
      { kind: 'claim' as const, objectId: made.version },
    ];
    const before = await documents.build(refs);
    await as(world.members.researcher, (tx) =>
      tx.updateTable('claims').set({ state: 'answered' }).where('id', '=', made.claim).execute(),
    );
    const after = await documents.build(refs);

    expect(before.map(({ id }) => id).sort()).toEqual([`claim:${made.claim}`, `fact:${made.version}`]);
    expect(after).toEqual([
      {
        id: `fact:${made.version}`,
        kind: 'fact',
        objectId: made.version,
        clusterId: made.cluster,
        texts: [{ language: 'hi', headline: 'पुल सुरक्षित है', body: 'विभाग ने पुष्टि की।' }],
        claimTexts: ['नदी का पुल टूट गया'],
        verdict: 'false',
        authenticity: null,
        state: null,
        date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        ownerPath: [world.units.S],
        restricted: false,
        releasedUnits: [],
        topic: null,
        places: [world.units.S],
        mediaKinds: [],
      } satisfies IndexDocument,
    ]);
  });

  it('come in batches, each once, with one statement per batch', async () => {
    await sql`with made as (insert into clusters (id) select uuid_v7() from generate_series(1, 25) returning id)
      insert into claims (cluster_id, kind, text, language, reporter_id, owner_unit_id)
      select id, 'other', 'दावा', 'hi', ${world.members.researcher}::uuid, ${world.units.D1}::uuid from made`.execute(
      database.ownerDb,
    );
    const documents = createIndexDocuments({ db: database.db, batchSize: 10 });
    const ids: string[] = [];
    const sizes: number[] = [];
    const statements = await countQueries(async () => {
      for await (const batch of documents.all()) {
        sizes.push(batch.length);
        ids.push(...batch.map(({ id }) => id));
      }
    });

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('claim:'))).toHaveLength(25);
    expect(Math.max(...sizes)).toBe(10);
    // Facts, then claims in stretches of ten.
    expect(statements).toBe(4);
  });

  it('move with their unit: what is restricted follows the new path', async () => {
    const { claim } = await actingOn(database.db)(world.members.researcher, async (tx) => {
      const cluster = await tx
        .insertInto('clusters')
        .defaultValues()
        .returning('id')
        .executeTakeFirstOrThrow();
      const row = await tx
        .insertInto('claims')
        .values({
          clusterId: cluster.id,
          kind: 'other',
          text: 'गुप्त बात',
          language: 'hi',
          reporterId: world.members['assembly.a'],
          ownerUnitId: world.units.A12,
          restricted: true,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { claim: row.id };
    });
    const index = createEmbeddedIndex();
    const documents = createIndexDocuments({ db: database.db });
    const follower = createFollower({
      name: 'moves',
      changes: freshLog(),
      index,
      build: documents.build,
      logger: silentLogger,
      pollMs: 20,
    });
    follower.start();
    const seenFrom = async (unit: string) => {
      await follower.caughtUp();
      const audience = { desk: true, units: [unit], releasedTo: [] };
      return (await index.search({ text: 'गुप्त', audience })).hits.map(({ objectId }) => objectId);
    };
    const placesSeen = async () => {
      const audience = { desk: true, units: [world.units.S], releasedTo: [] };
      return (await index.search({ text: 'गुप्त', audience })).facets.places;
    };
    expect(await seenFrom(world.units.D1)).toEqual([claim]);
    expect(await seenFrom(world.units.D2)).toEqual([]);
    expect(await placesSeen()).toEqual({ [world.units.D1]: 1 });

    await database.ownerDb.transaction().execute(async (tx) => {
      await tx.deleteFrom('unitParents').where('unitId', '=', world.units.A12).execute();
      await tx
        .insertInto('unitParents')
        .values({ unitId: world.units.A12, parentId: world.units.D2, validFrom: '2026-01-01' })
        .execute();
    });
    expect(await seenFrom(world.units.D1)).toEqual([]);
    expect(await seenFrom(world.units.D2)).toEqual([claim]);
    expect(await placesSeen()).toEqual({ [world.units.D2]: 1 });
    await follower.stop();
  });
});
