import { sql } from 'kysely';
import Value from 'typebox/value';
import type { CreativeStore, RenditionStore, RenditionWork } from '../../pipeline/ports.js';
import { liveChannel } from '../audit/change.js';
import type { FormatSpec } from '../contract/format.js';
import type { LiveTopic } from '../contract/lists.js';
import { Recipe } from '../contract/recipe.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import { recordFile } from '../database/record-file.js';
import { shareFinished } from './renditions.repository.js';

/** Tells screens of changes when the transaction commits; of what shows a restricted fact, those who may know of it. */
export async function announce(
  tx: DatabaseTransaction,
  topic: Extract<LiveTopic, 'creative' | 'rendition'>,
  ids: readonly string[],
): Promise<void> {
  const creative =
    topic === 'creative' ? sql`one.id` : sql`(select r.creative_id from renditions r where r.id = one.id)`;
  await sql`
    select pg_notify(${liveChannel}, json_strip_nulls(json_build_object(
             'topic', ${topic}::text, 'id', one.id, 'ownerPath', creative_restricted_to(${creative})))::text)
      from unnest(${[...ids]}::uuid[]) as one(id)`.execute(tx);
}

/** Recipes of the first pipeline version know neither a window chosen by hand, nor a title, nor a credit. */
function readRecipe(value: unknown): Recipe {
  const recipe =
    typeof value === 'object' && value !== null ? { crop: null, title: null, credit: null, ...value } : value;
  if (!Value.Check(Recipe, recipe)) throw new TypeError('a stored recipe does not have the agreed shape');
  return recipe;
}

export interface WorkerStoreOptions {
  db: Database;
  /** Reads the numbers of a format back; throws when they are not a format's. */
  readSpec(value: unknown): FormatSpec;
}

/** Renditions as the workers see them. One that was cancelled meanwhile keeps that state: results for it are dropped. */
export function createRenditionStore({
  db,
  readSpec,
}: WorkerStoreOptions): RenditionStore<DatabaseTransaction> {
  return {
    async load({ creativeId, renditionIds }): Promise<RenditionWork | null> {
      const creative = await db
        .selectFrom('creatives')
        .where('id', '=', creativeId)
        .select(['fileSha256', 'origin'])
        .executeTakeFirst();
      if (!creative) return null;
      // What was made since this was asked for need not be made again.
      await transact(db, {}, async (tx) => {
        await announce(tx, 'rendition', await shareFinished(tx, renditionIds));
      });
      const rows = await db
        .selectFrom('renditions')
        .innerJoin('formatVersions', 'formatVersions.id', 'renditions.formatVersionId')
        .where('renditions.creativeId', '=', creativeId)
        .where('renditions.id', '=', sql<string>`any(${[...renditionIds]}::uuid[])`)
        .where('renditions.state', 'in', ['queued', 'processing'])
        .select(['renditions.id', 'formatVersions.spec', 'renditions.recipe'])
        .orderBy('renditions.id')
        .execute();
      return {
        fileSha256: creative.fileSha256,
        generated: creative.origin === 'generated',
        renditions: rows.map(({ id, spec, recipe }) => ({
          id,
          format: readSpec(spec),
          recipe: readRecipe(recipe),
        })),
      };
    },

    async started(tx, renditionIds) {
      const { rows } = await sql<{ id: string }>`
        update renditions set state = 'processing'
         where id = any(${[...renditionIds]}::uuid[]) and state = 'queued' returning id`.execute(tx);
      await announce(
        tx,
        'rendition',
        rows.map(({ id }) => id),
      );
    },

    async made(tx, { id, file, mime, width, height, durationMs, probe }) {
      await recordFile(tx, { ...file, mime });
      await tx
        .updateTable('renditions')
        .set({
          state: 'ready',
          fileSha256: file.sha256,
          width,
          height,
          durationMs,
          probe: JSON.stringify(probe),
          finishedAt: sql<string>`now()`,
        })
        .where('id', '=', id)
        .where('state', '=', 'processing')
        .execute();
      await announce(tx, 'rendition', [id]);
    },

    async failed(tx, id, { reason, details }) {
      await tx
        .updateTable('renditions')
        .set({
          state: 'failed',
          failure: reason,
          failureDetails: JSON.stringify(details),
          finishedAt: sql<string>`now()`,
        })
        .where('id', '=', id)
        .where('state', '=', 'processing')
        .execute();
      await announce(tx, 'rendition', [id]);
    },
  };
}

/** Creatives as the workers see them. */
export function createCreativeStore({
  db,
}: Pick<WorkerStoreOptions, 'db'>): CreativeStore<DatabaseTransaction> {
  return {
    async toInspect(creativeId) {
      const row = await db
        .selectFrom('creatives')
        .where('id', '=', creativeId)
        .where('inspection', 'in', ['queued', 'processing'])
        .select(['fileSha256', 'origin'])
        .executeTakeFirst();
      return row ? { fileSha256: row.fileSha256, generated: row.origin === 'generated' } : null;
    },

    async started(tx, creativeId) {
      await tx
        .updateTable('creatives')
        .set({ inspection: 'processing' })
        .where('id', '=', creativeId)
        .where('inspection', '=', 'queued')
        .execute();
      await announce(tx, 'creative', [creativeId]);
    },

    async inspected(tx, creativeId, { preview, previewMime, suggestedFocal, ...found }) {
      if (preview) await recordFile(tx, { ...preview, mime: previewMime });
      const { kind, width, height, durationMs, hasAudio, c2paPresent } = found;
      await tx
        .updateTable('creatives')
        .set({
          inspection: 'ready',
          kind,
          width,
          height,
          durationMs,
          hasAudio,
          c2paPresent,
          previewSha256: preview?.sha256 ?? null,
        })
        .where('id', '=', creativeId)
        .where('inspection', '<>', 'ready')
        .execute();
      if (suggestedFocal) {
        // A point a person has chosen meanwhile stays.
        await tx
          .updateTable('creatives')
          .set({ focalX: suggestedFocal.x, focalY: suggestedFocal.y })
          .where('id', '=', creativeId)
          .where('focalConfirmed', '=', false)
          .execute();
      }
      await announce(tx, 'creative', [creativeId]);
    },
  };
}
