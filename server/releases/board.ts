import type { Board, BoardRow } from '../contract/release.js';
import type { Actor } from '../sessions/actor.js';
import { findBoardRows, findBoardUnits } from './board.repository.js';
import type { ReleasesDependencies } from './dependencies.js';

/** A device owes an acknowledgement when it downloaded files that have been taken back since. */
function owes(row: BoardRow, recalled: boolean): boolean {
  return recalled && row.downloadedAt !== null && row.recallAcknowledgedAt === null;
}

function count(rows: readonly BoardRow[], counts: (row: BoardRow) => boolean): number {
  return new Set(rows.filter(counts).map(({ device }) => device.id)).size;
}

/** Who has a version and who has not acknowledged its recall; the same number of queries for any number of rows. */
export async function readBoard(
  { db, packs }: Pick<ReleasesDependencies, 'db' | 'packs'>,
  actor: Actor,
  id: string,
): Promise<Board> {
  await packs.require(db, { actor, capability: 'desk.read', id });
  const { title, state, recall } = await packs.show(db, id);
  const { silentUnits, ...counts } = await findBoardUnits(db, id);
  const found = await findBoardRows(db, id);
  const recalled = state === 'recalled';
  const rows = [
    ...found.filter((row) => owes(row, recalled)),
    ...found.filter((row) => !owes(row, recalled)),
  ];
  return {
    packVersionId: id,
    title,
    state,
    recall,
    counts: {
      ...counts,
      devicesSeen: count(rows, ({ seenAt, downloadedAt }) => seenAt !== null || downloadedAt !== null),
      devicesDownloaded: count(rows, ({ downloadedAt }) => downloadedAt !== null),
      devicesOwing: count(rows, (row) => owes(row, recalled)),
    },
    rows,
    silentUnits,
  };
}
