import type { ReceiptMark } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';

/** Notes a mark once; a repeat keeps the first time. Tells whether it is new. */
export async function insertReceipt(
  tx: DatabaseTransaction,
  receipt: { releaseId: string; memberId: string; deviceId: string; unitId: string; mark: ReceiptMark },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('receipts')
    .values(receipt)
    .onConflict((conflict) => conflict.columns(['releaseId', 'memberId', 'deviceId', 'mark']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

export async function insertReach(
  tx: DatabaseTransaction,
  reach: { releaseId: string; unitId: string; memberId: string; people: number; groups: number },
): Promise<void> {
  await tx.insertInto('reachReports').values(reach).execute();
}
