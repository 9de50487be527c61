import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { comparePictures } from '../../pipeline/media/prints/compare-pictures.js';
import { compareSounds } from '../../pipeline/media/prints/compare-sounds.js';
import type { MediaPrints } from '../../pipeline/media/prints/media-prints.js';
import { secondsOf } from '../../pipeline/media/prints/sound-prints.js';
import { createDatabase, transact } from '../../server/database/database.js';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.js';
import { migrate } from '../../server/database/migrate.js';
import { createFindMedia, type LikeMedia } from '../../server/media-matches/find-media.js';
import { createPrintStore } from '../../server/media-matches/print-store.repository.js';

const quiet = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};
const logger = { ...quiet, error: console.error, fatal: console.error };

/** Kept media in a PostgreSQL of its own, with the program's own tables and statements. */
export interface Shelf {
  /** Keeps prints under a name. */
  keep(name: string, prints: MediaPrints): Promise<void>;
  drop(name: string): Promise<void>;
  /** What is like these prints, by name, the surest first, and how long the look took in milliseconds. */
  ask(prints: MediaPrints): Promise<{ found: (LikeMedia & { name: string })[]; ms: number }>;
  /** Rows as of many more media, made of the hashes given by `next`; not to be found, only to be in the way. */
  crowd(rows: CrowdRows): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface CrowdRows {
  pictures: { hash: string; keys: number[]; atMs: number | null; item: number }[];
  sounds: { words: number[]; keys: { key: number; at: number }[]; item: number }[];
  items: number;
}

export async function openShelf(folder: string): Promise<Shelf> {
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const postgres = await startEmbeddedPostgres({ dataDir: folder, logger, settings });
  await migrate({ ownerUrl: postgres.ownerUrl, appRole: 'tathya_app' });
  const db = createDatabase({ url: postgres.appUrl, statementTimeoutMs: 600_000, logger });
  const ownerDb = createDatabase({
    url: postgres.ownerUrl,
    statementTimeoutMs: 600_000,
    poolSize: 1,
    logger,
  });
  const store = createPrintStore({ db });
  const compare = { pictures: comparePictures, sounds: compareSounds, secondsOf };
  const findMedia = createFindMedia({ db, compare });
  const names = new Map<string, string>();

  async function enter(sha256: string | null, prints: MediaPrints): Promise<string> {
    return transact(db, {}, async (tx) => {
      if (sha256 !== null)
        await tx.insertInto('files').values({ sha256, size: 1, mime: 'image/jpeg' }).execute();
      const row = await tx
        .insertInto('mediaPrints')
        .values({ fileSha256: sha256, fine: null, inside: null, failure: null })
        .returning('id')
        .executeTakeFirstOrThrow();
      await store.printed(tx, row.id, { ...prints, sounds: true });
      return row.id;
    });
  }

  return {
    async keep(name, prints) {
      const sha256 = createHash('sha256').update(name).digest('hex');
      names.set(sha256, name);
      await enter(sha256, prints);
    },

    async drop(name) {
      const sha256 = createHash('sha256').update(name).digest('hex');
      await db.deleteFrom('mediaPrints').where('fileSha256', '=', sha256).execute();
    },

    async ask(prints) {
      const id = await enter(null, prints);
      const start = performance.now();
      const found = await findMedia([id]);
      const ms = performance.now() - start;
      await db.deleteFrom('mediaPrints').where('id', '=', id).execute();
      return { found: found.map((like) => ({ ...like, name: names.get(like.fileSha256) ?? '?' })), ms };
    },

    async crowd({ pictures, sounds, items }) {
      const hashes = Array.from({ length: items }, () => randomBytes(32).toString('hex'));
      await transact(db, {}, async (tx) => {
        await sql`insert into files (sha256, size, mime) select unnest(${hashes}::text[]), 1, 'image/jpeg'`.execute(
          tx,
        );
        const { rows } = await sql<{ id: string }>`
          insert into media_prints (file_sha256, state) select unnest(${hashes}::text[]), 'ready' returning id`.execute(
          tx,
        );
        const idOf = (item: number): string => rows[item]?.id ?? '';
        const made = await sql<{ id: number }>`
          insert into picture_prints (print_id, hash, part, at_ms)
          select p, h::bit(256), '{0,0,1,1}', m from unnest(${pictures.map(({ item }) => idOf(item))}::uuid[],
            ${pictures.map(({ hash }) => hash)}::text[], ${pictures.map(({ atMs }) => atMs)}::integer[]) as x(p, h, m)
          returning id`.execute(tx);
        const keys = pictures.flatMap((one, at) =>
          one.keys.map((key) => ({ key, id: made.rows[at]?.id ?? 0 })),
        );
        await sql`insert into picture_keys (key, picture_id, hash)
          select distinct k.key, p.id, p.hash
            from unnest(${keys.map(({ key }) => key)}::integer[], ${keys.map(({ id }) => id)}::bigint[]) as k(key, id)
            join picture_prints p on p.id = k.id`.execute(tx);
        const voices = await sql<{ id: number; printId: string }>`
          insert into sound_prints (print_id, words)
          select p, w::integer[] from unnest(${sounds.map(({ item }) => idOf(item))}::uuid[],
            ${sounds.map(({ words }) => `{${words.join()}}`)}::text[]) as x(p, w)
          returning id, print_id`.execute(tx);
        const soundOf = new Map(voices.rows.map(({ id, printId }) => [printId, id]));
        const heard = sounds.flatMap(({ keys, item }) =>
          keys.map(({ key, at }) => ({ key, at, id: soundOf.get(idOf(item)) ?? 0 })),
        );
        await sql`insert into sound_keys (key, sound_id, at)
          select * from unnest(${heard.map(({ key }) => key)}::integer[], ${heard.map(({ id }) => id)}::bigint[],
            ${heard.map(({ at }) => at)}::integer[])`.execute(tx);
      });
    },

    async settle() {
      for (const table of [
        'media_prints',
        'picture_prints',
        'picture_keys',
        'picture_asks',
        'sound_prints',
        'sound_keys',
      ])
        await sql`vacuum analyze ${sql.table(table)}`.execute(ownerDb);
    },

    async close() {
      await Promise.all([db.destroy(), ownerDb.destroy()]);
      await postgres.stop();
    },
  };
}
