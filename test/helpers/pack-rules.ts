import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../server/database/database.js';
import type { As } from './rules.js';
import type { World } from './world.js';

const hex = () => randomBytes(32).toString('hex');

/** A ready rendition made by a member, on rows alone (its file is not on any disk). */
export async function readyRendition(
  as: As,
  world: World,
  {
    maker,
    uploader = maker,
    creativeId,
    overlays = [],
  }: { maker: string; uploader?: string; creativeId?: string; overlays?: readonly object[] },
): Promise<string> {
  const file = hex();
  const creative = await as(uploader, async (tx) => {
    await tx.insertInto('files').values({ sha256: file, size: 10, mime: 'image/jpeg' }).execute();
    if (creativeId !== undefined) return { id: creativeId };
    return tx
      .insertInto('creatives')
      .values({
        ownerUnitId: world.units.S,
        kind: 'image',
        fileSha256: file,
        originalName: 'a.jpg',
        inspection: 'ready',
        createdBy: uploader,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  });
  return as(maker, async (tx) => {
    await tx
      .insertInto('formats')
      .values({ code: 'test_square', platform: 'instagram', kind: 'image', rank: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const format =
      (await tx
        .selectFrom('formatVersions')
        .select('id')
        .where('format', '=', 'test_square')
        .executeTakeFirst()) ??
      (await tx
        .insertInto('formatVersions')
        .values({ format: 'test_square', number: 1, spec: '{}' })
        .returning('id')
        .executeTakeFirstOrThrow());
    const { id } = await tx
      .insertInto('renditions')
      .values({
        creativeId: creative.id,
        formatVersionId: format.id,
        recipe: JSON.stringify({ overlays }),
        recipeKey: hex(),
        createdBy: maker,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('renditions').set({ state: 'processing' }).where('id', '=', id).execute();
    await tx
      .updateTable('renditions')
      .set({ state: 'ready', fileSha256: file, probe: '{}' })
      .where('id', '=', id)
      .execute();
    return id;
  });
}

/** A draft pack by a member on the given facts and renditions. */
export async function draftPack(
  as: As,
  world: World,
  {
    author,
    facts,
    renditions = [],
  }: { author: string; facts: readonly string[]; renditions?: readonly string[] },
): Promise<{ pack: string; version: string }> {
  return as(author, async (tx) => {
    const { id: pack } = await tx
      .insertInto('packs')
      .values({ ownerUnitId: world.units.S, createdBy: author })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id: version } = await tx
      .insertInto('packVersions')
      .values({ packId: pack, number: 1, createdBy: author })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('packTexts')
      .values({ packVersionId: version, language: 'hi', title: 'पुल सुरक्षित है' })
      .execute();
    for (const fact of facts)
      await tx.insertInto('packFacts').values({ packVersionId: version, checkVersionId: fact }).execute();
    for (const rendition of renditions)
      await tx
        .insertInto('packRenditions')
        .values({ packVersionId: version, renditionId: rendition })
        .execute();
    return { pack, version };
  });
}

export async function submitPack(as: As, version: string, author: string): Promise<void> {
  await as(author, (tx) =>
    tx.updateTable('packVersions').set({ state: 'in_review' }).where('id', '=', version).execute(),
  );
}

export async function approvePack(as: As, db: Database, version: string, reviewer: string): Promise<void> {
  const { rows } = await sql<{ hash: string }>`select pack_version_hash(${version}) as hash`.execute(db);
  const hash = rows[0]?.hash ?? '';
  await as(reviewer, (tx) =>
    tx
      .updateTable('packVersions')
      .set({ state: 'approved', approvedBy: reviewer, approvedHash: hash })
      .where('id', '=', version)
      .execute(),
  );
}

/** Releases an approved version to units; gives the release's id. */
export async function releasePack(
  as: As,
  version: string,
  reviewer: string,
  units: readonly string[],
): Promise<string> {
  return as(reviewer, async (tx) => {
    const { id } = await tx
      .insertInto('releases')
      .values({
        packVersionId: version,
        selector: JSON.stringify({ kind: 'units', unitIds: units }),
        releasedBy: reviewer,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('releaseUnits')
      .values(units.map((unitId) => ({ releaseId: id, unitId })))
      .execute();
    await tx
      .updateTable('packVersions')
      .set({ state: 'released' })
      .where('id', '=', version)
      .where('state', '=', 'approved')
      .execute();
    return id;
  });
}
