import type { FileStore } from './files/file-store.js';
import type { ClaimedJob, Logger } from './ports.js';

const runDirectory = /^run-([0-9a-f-]{36})\.[0-9a-f-]{36}\.\d+$/;

/** Name of the directory of one run: says whose it is, and is never that of an earlier run. */
export function runDirectoryName({
  workerId,
  claim,
}: {
  workerId: string;
  claim: Pick<ClaimedJob, 'id' | 'fence'>;
}): string {
  return `run-${workerId}.${claim.id}.${claim.fence}`;
}

/** Removes the directories of runs whose worker is no longer alive; those of uploads and others stay. */
export async function sweepWork({
  files,
  live,
  logger,
}: {
  files: Pick<FileStore, 'listWork' | 'removeWork'>;
  /** Ids of the workers alive now. */
  live: () => Promise<ReadonlySet<string>>;
  logger: Logger;
}): Promise<void> {
  // Names first: a worker that registers in between cannot have one of them.
  const names = await files.listWork();
  const alive = await live();
  for (const name of names) {
    const owner = runDirectory.exec(name)?.[1];
    if (owner === undefined || alive.has(owner)) continue;
    await files.removeWork(name);
    logger.info({ name }, 'the work directory of a dead worker was removed');
  }
}
