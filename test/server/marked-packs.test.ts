import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';
import { approvePack, draftPack, readyRendition, releasePack, submitPack } from '../helpers/pack-rules.js';
import { type As, actingOn, refusal, verifiedFact } from '../helpers/rules.js';
import { createWorld, type World } from '../helpers/world.js';

describe('a pack', () => {
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

  it('goes neither to review nor out with files that lack the stamp or the disclosure they have to carry by now', async () => {
    const { designer, reviewer } = world.members;
    const mark = (rendition: string, set: { stampVersionId?: string; aiDeclaration?: 'generated' }) =>
      as(designer, async (tx) => {
        const { creativeId } = await tx
          .selectFrom('renditions')
          .select('creativeId')
          .where('id', '=', rendition)
          .executeTakeFirstOrThrow();
        await tx.updateTable('creatives').set(set).where('id', '=', creativeId).execute();
        return creativeId;
      });
    const before = await readyRendition(as, world, { maker: designer });
    const early = await draftPack(as, world, { author: designer, facts: [fact], renditions: [before] });
    await submitPack(as, early.version, designer);
    await approvePack(as, database.db, early.version, reviewer);
    await mark(before, { aiDeclaration: 'generated' });
    expect(await refusal(releasePack(as, early.version, reviewer, [world.units.D1]))).toBe(
      'rendition_unmarked',
    );

    const rendition = await readyRendition(as, world, { maker: designer });
    const creativeId = await mark(rendition, { stampVersionId: fact });
    const bare = await draftPack(as, world, { author: designer, facts: [fact], renditions: [rendition] });
    expect(await refusal(submitPack(as, bare.version, designer))).toBe('rendition_unmarked');

    const { verdict } = await database.db
      .selectFrom('checkVersions')
      .select('verdict')
      .where('id', '=', fact)
      .executeTakeFirstOrThrow();
    const stamp = { kind: 'stamp', word: 'झूठ', mark: verdict };
    const stamped = await readyRendition(as, world, { maker: designer, creativeId, overlays: [stamp] });
    const marked = await draftPack(as, world, { author: designer, facts: [fact], renditions: [stamped] });
    await submitPack(as, marked.version, designer);
    await approvePack(as, database.db, marked.version, reviewer);
  });

  it('does not go out with a disclosure that says less, or something else, than is declared by now', async () => {
    const { designer } = world.members;
    const says = async (mark: string, share: number) => {
      const disclosure = { kind: 'disclosure', text: 'कृत्रिम', share, mark };
      const rendition = await readyRendition(as, world, { maker: designer, overlays: [disclosure] });
      await as(designer, (tx) =>
        sql`update creatives c set ai_declaration = 'generated' from renditions r
             where r.id = ${rendition} and c.id = r.creative_id`.execute(tx),
      );
      const pack = await draftPack(as, world, { author: designer, facts: [fact], renditions: [rendition] });
      return refusal(submitPack(as, pack.version, designer)).catch(String);
    };
    expect(await says('generated', 0.1)).toContain('the database allowed it');
    expect(await says('enhanced', 0.1)).toBe('rendition_unmarked');
    expect(await says('generated', 0.05)).toBe('rendition_unmarked');
  });
});
