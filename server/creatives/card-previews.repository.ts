import type { CardPreviewStore } from '../../pipeline/ports.js';
import type { Failure } from '../contract/common.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { recordFile } from '../database/record-file.js';
import type { FileToSend } from '../http/send-file.js';
import { failureOf } from './failure.policy.js';
import { announce } from './worker-stores.repository.js';

/** Previews of one card that this version of the pipeline drew, by the name of their frame: why there can be none, or null where there is a picture. */
export type CardPreviews = ReadonlyMap<string, Failure | null>;

export async function findCardPreviews(
  db: Database | DatabaseTransaction,
  { creativeId, madeBy }: { creativeId: string; madeBy: string },
): Promise<CardPreviews> {
  const rows = await db
    .selectFrom('cardPreviews')
    .where('creativeId', '=', creativeId)
    .where('madeBy', '=', madeBy)
    .select(['frame', 'failure', 'failureDetails'])
    .execute();
  return new Map(
    rows.map(({ frame, failure, failureDetails }) => [frame, failureOf(failure, failureDetails)]),
  );
}

export async function findCardPreviewFile(
  db: Database,
  { id, frame }: { id: string; frame: string },
): Promise<Pick<FileToSend, 'sha256' | 'size' | 'mime'> | null> {
  const row = await db
    .selectFrom('cardPreviews')
    .innerJoin('files', 'files.sha256', 'cardPreviews.fileSha256')
    .where('creativeId', '=', id)
    .where('frame', '=', frame)
    .select(['files.sha256', 'files.size', 'files.mime'])
    .executeTakeFirst();
  return row ?? null;
}

/** Cards as the worker that previews them sees them. */
export function createCardPreviewStore({
  db,
  madeBy,
}: {
  db: Database;
  /** Version of the pipeline. */
  madeBy: string;
}): CardPreviewStore<DatabaseTransaction> {
  return {
    async toPreview(creativeId) {
      const card = await db
        .selectFrom('creatives')
        .where('id', '=', creativeId)
        .where('origin', '=', 'generated')
        .select('fileSha256')
        .executeTakeFirst();
      if (!card) return null;
      return {
        fileSha256: card.fileSha256,
        drawn: [...(await findCardPreviews(db, { creativeId, madeBy })).keys()],
      };
    },

    async previewed(tx, { creativeId, frame }, made) {
      const file = 'file' in made ? { ...made.file, mime: made.mime } : null;
      const failure = 'failure' in made ? made.failure : null;
      if (file) await recordFile(tx, file);
      const drawn = {
        fileSha256: file?.sha256 ?? null,
        failure: failure?.reason ?? null,
        failureDetails: failure && JSON.stringify(failure.details),
        madeBy,
      };
      await tx
        .insertInto('cardPreviews')
        .values({ creativeId, frame, ...drawn })
        .onConflict((conflict) =>
          conflict
            .columns(['creativeId', 'frame'])
            .doUpdateSet(drawn)
            .where('cardPreviews.madeBy', '<>', madeBy),
        )
        .execute();
      await announce(tx, 'creative', [creativeId]);
    },
  };
}
