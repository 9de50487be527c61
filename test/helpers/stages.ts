import { sql } from 'kysely';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import type { TestApp } from './app.js';
import { eventually } from './eventually.js';
import { encodersIn, mediaProgramsIn, unfinishedFiles } from './program.js';

const patient = { timeoutMs: 120_000, everyMs: 50 };

/** Waits until an encoder is in the middle of its file, and stops it there. */
export async function stopEncoder(dataDir: string): Promise<void> {
  let before = new Map<string, number>();
  await eventually(async () => {
    const now = await unfinishedFiles(dataDir);
    const grows = [...now].some(
      ([file, size]) => size > (before.get(file) ?? size) && /\.(mp4|ogg|part)/.test(file),
    );
    before = now;
    const [encoder] = await encodersIn(dataDir);
    if (!grows || !encoder) return false;
    process.kill(encoder.pid, 'SIGSTOP');
    return true;
  }, patient);
}

/** Waits until a worker reads a file with ffprobe, which is held. */
export async function probing(dataDir: string): Promise<void> {
  await eventually(
    async () => (await mediaProgramsIn(dataDir)).some(({ command }) => /ffprobe /.test(command)),
    patient,
  );
}

/**
 * Runs `work` while nobody can enter a file: a worker that has adopted one waits in the transaction that would.
 * `asked` starts that; `work` runs once the worker is there.
 */
export async function beforeRow(
  app: TestApp,
  { asked, work }: { asked: () => Promise<void>; work: () => Promise<void> },
): Promise<void> {
  await app.ownerDb.transaction().execute(async (tx) => {
    await sql`lock table files in share mode`.execute(tx);
    await asked();
    await eventually(async () => (await unrecorded(app)).length > 0, patient);
    await eventually(async () => {
      const { rows } = await sql`
        select from pg_locks where relation = 'files'::regclass and not granted`.execute(app.db);
      return rows.length > 0;
    }, patient);
    await work();
  });
}

/** Files in the store that no row names. */
export async function unrecorded(app: TestApp): Promise<string[]> {
  const files = await openDiskStore({ directory: `${app.dataDir}/storage` });
  const rows = await app.db.selectFrom('files').select('sha256').execute();
  const names: string[] = [];
  for await (const name of files.list()) names.push(name);
  return names.filter((name) => !rows.some(({ sha256 }) => sha256 === name));
}
