import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { verifyChain } from '../../server/audit/verify-chain.js';
import type { Database } from '../../server/database/database.js';
import { verifyFiles } from '../../server/storage/integrity.js';
import { mediaProgramsIn } from './program.js';

const run = promisify(execFile);

export interface House {
  db: Database;
  dataDir: string;
}

/** Every ready rendition has its one file, whole, and a player can play it to its end. */
async function renditionProblems(db: Database, files: FileStore): Promise<string[]> {
  const ready = await db
    .selectFrom('renditions')
    .where('state', '=', 'ready')
    .select(['id', 'fileSha256', 'finishedAt'])
    .execute();
  const problems: string[] = [];
  const decoded = new Set<string>();
  for (const { id, fileSha256, finishedAt } of ready) {
    if (fileSha256 === null || finishedAt === null) {
      problems.push(`rendition ${id} is ready without a file or a time`);
      continue;
    }
    if (decoded.has(fileSha256)) continue;
    decoded.add(fileSha256);
    const args = ['-v', 'error', '-xerror', '-nostdin', '-i'];
    const said = await files
      .withLocal(fileSha256, (file) =>
        run('ffmpeg', [...args, file, '-f', 'null', '-'], { timeout: 120_000 }),
      )
      .then(
        ({ stderr }) => stderr.trim(),
        (error: unknown) => String(error),
      );
    if (said !== '') problems.push(`rendition ${id} cannot be played: ${said}`);
  }
  const { rows } = await sql<{ creativeId: string; formatVersionId: string; recipe: unknown }>`
    select creative_id, format_version_id, recipe from renditions
     group by creative_id, format_version_id, recipe having count(*) > 1`.execute(db);
  for (const { creativeId } of rows) problems.push(`creative ${creativeId} has one rendition twice`);
  return problems;
}

async function fileProblems(db: Database, files: FileStore): Promise<string[]> {
  const { missing, damaged, unrecorded } = await verifyFiles({ db, files, graceMs: 0 });
  return Object.entries({ missing, damaged, unrecorded }).flatMap(([what, hashes]) =>
    hashes.map((sha256) => `file ${sha256} is ${what}`),
  );
}

/** Nothing waits or is being made without a job that will do it; no job or offer is left over. */
async function jobProblems(db: Database): Promise<string[]> {
  const { rows } = await sql<{ problem: string }>`
    select 'job ' || id || ' is ' || state as problem from jobs where state in ('queued','running')
    union all
    select 'rendition ' || r.id || ' is ' || r.state || ' without a job' from renditions r
     where r.state in ('queued','processing')
       and not exists (select from jobs j where j.id = r.job_id and j.state in ('queued','running'))
    union all
    select 'creative ' || c.id || ' is ' || c.inspection || ' without a job' from creatives c
     where c.inspection in ('queued','processing')
       and not exists (select from jobs j where j.object_id = c.id and j.state in ('queued','running'))
    union all
    select 'the queue still holds job ' || coalesce(key, 'of no name') from graphile_worker._private_jobs`.execute(
    db,
  );
  return rows.map(({ problem }) => problem);
}

/** What was left lying about by those who were killed. */
async function leftovers(dataDir: string): Promise<string[]> {
  const storage = path.join(dataDir, 'storage');
  const namesIn = (folder: string) => readdir(path.join(storage, folder)).catch(() => []);
  return [
    ...(await mediaProgramsIn(dataDir)).map(({ pid, command }) => `process ${pid} still runs: ${command}`),
    ...(await namesIn('work')).map((name) => `work/${name} was left behind`),
    ...(await namesIn('incoming')).map((name) => `incoming/${name} was left behind`),
  ];
}

async function auditProblems(db: Database): Promise<string[]> {
  const { ok, brokenSeq, reason } = await verifyChain(db);
  return ok ? [] : [`the audit chain is broken at ${brokenSeq}: ${reason}`];
}

/**
 * What must hold after every fault, once all work is done: each problem in words, none when all is well. Cheap looks
 * come first; files are read and played only when those find nothing.
 */
export async function brokenInvariants({ db, dataDir }: House): Promise<string[]> {
  const light = [...(await jobProblems(db)), ...(await leftovers(dataDir))];
  if (light.length > 0) return light;
  const files = await openDiskStore({ directory: path.join(dataDir, 'storage') });
  return [
    ...(await fileProblems(db, files)),
    ...(await renditionProblems(db, files)),
    ...(await auditProblems(db)),
  ];
}
