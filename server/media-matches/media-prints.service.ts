import { mediaPrint } from '../../pipeline/jobs/media-print.job.js';
import { laneOf } from '../../pipeline/jobs.js';
import type { MediaKind } from '../contract/lists.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import type { JobsService } from '../jobs/jobs.service.js';
import { enterPrint, renewPrints, unprintedFiles } from './media-prints.repository.js';

export interface FileToPrint {
  sha256: string;
  kind: MediaKind;
  requestedBy: string | null;
}

/** Has fingerprints made of files, in workers. */
export interface MediaPrintsService {
  /** In the caller's transaction, for a file it has entered; one that has a print already is left alone. */
  want(tx: DatabaseTransaction, file: FileToPrint): Promise<void>;
  /** Has some of the files printed that came in before there were prints, or that an older version printed; gives their number. */
  catchUp(): Promise<number>;
}

/** Of old files, so many at a time, that new ones do not wait behind them. */
const portion = 200;

export function createMediaPrintsService({
  db,
  jobs,
  version,
}: {
  db: Database;
  jobs: Pick<JobsService, 'enqueue'>;
  /** Of the way prints are made. */
  version: number;
}): MediaPrintsService {
  async function want(tx: DatabaseTransaction, { sha256, kind, requestedBy }: FileToPrint): Promise<void> {
    if (kind === 'document') return;
    const { id, created } = await enterPrint(tx, sha256, version);
    if (!created) return;
    await jobs.enqueue(tx, mediaPrint, { payload: { printId: id }, lane: laneOf(kind), requestedBy });
  }

  return {
    want,
    async catchUp() {
      const files = await unprintedFiles(db, portion);
      for (const file of files) {
        await transact(db, {}, (tx) => want(tx, { ...file, requestedBy: null }));
      }
      const renewed = await transact(db, {}, async (tx) => {
        const prints = await renewPrints(tx, version, portion);
        for (const { id, kind } of prints) {
          const work = { payload: { printId: id }, lane: laneOf(kind), requestedBy: null };
          await jobs.enqueue(tx, mediaPrint, work);
        }
        return prints.length;
      });
      return files.length + renewed;
    },
  };
}
