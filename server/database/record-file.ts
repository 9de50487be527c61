import type { DatabaseTransaction } from './database.js';

/** Enters a stored file, so that rows may name it; one already entered stays as it is. */
export async function recordFile(
  transaction: DatabaseTransaction,
  { sha256, size, mime }: { sha256: string; size: number; mime: string },
): Promise<void> {
  await transaction
    .insertInto('files')
    .values({ sha256, size, mime })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}
