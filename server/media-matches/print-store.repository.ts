import { sql } from 'kysely';
import type { MadePrints, PrintStore } from '../../pipeline/ports.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { announceClaimsOfPrint } from './announce-claims.repository.js';

type Part = MadePrints['pictures']['prints'][number]['part'];
/** What is kept under one key a thousand times says nothing, and would have to be looked at each time. */
const mostUnderKey = 400;

const edgesOf = ({ left, top, right, bottom }: Part) => [left, top, right, bottom];

async function savePictures(
  tx: DatabaseTransaction,
  printId: string,
  { prints, asks }: MadePrints['pictures'],
): Promise<void> {
  const found = prints.map(({ bits, keys, part, atMs }) => ({
    hash: bits,
    keys,
    part: edgesOf(part),
    at_ms: atMs,
  }));
  await sql`
    with given as materialized (
      select nextval(pg_get_serial_sequence('picture_prints', 'id')) as id, x.*
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
          as x(hash bit(256), keys integer[], part real[], at_ms integer)
    ), made as (
      insert into picture_prints (id, print_id, hash, part, at_ms) overriding system value
      select id, ${printId}, hash, part, at_ms from given
    )
    insert into picture_keys (key, picture_id, hash)
    select distinct wanted.key, given.id, given.hash
      from given cross join lateral unnest(given.keys) as wanted(key)
     where (select count(*) from (select from picture_keys k where k.key = wanted.key limit ${mostUnderKey}) held) < ${mostUnderKey}`.execute(
    tx,
  );
  const asking = asks.map(({ bits, keys, part, atMs, mirrored }) => ({
    hash: bits,
    keys,
    part: edgesOf(part),
    at_ms: atMs,
    mirrored,
  }));
  await sql`
    insert into picture_asks (print_id, hash, keys, part, at_ms, mirrored)
    select ${printId}, hash, keys, part, at_ms, mirrored
      from jsonb_to_recordset(${JSON.stringify(asking)}::jsonb)
        as x(hash bit(256), keys integer[], part real[], at_ms integer, mirrored boolean)`.execute(tx);
}

async function saveSound(
  tx: DatabaseTransaction,
  printId: string,
  { words, keys }: NonNullable<MadePrints['sound']>,
): Promise<void> {
  await sql`
    with made as (
      insert into sound_prints (print_id, words) values (${printId}, ${words}::integer[]) returning id
    )
    insert into sound_keys (key, sound_id, at)
    select k.key, made.id, k.at
      from made, unnest(${keys.map(({ key }) => key)}::integer[], ${keys.map(({ at }) => at)}::integer[]) as k(key, at)`.execute(
    tx,
  );
}

/** Takes away what an older version found the file by. */
async function forget(tx: DatabaseTransaction, printId: string): Promise<void> {
  for (const table of ['picturePrints', 'pictureAsks', 'soundPrints'] as const)
    await tx.deleteFrom(table).where('printId', '=', printId).execute();
}

/** Fingerprints as the workers see them. */
export function createPrintStore({ db }: { db: Database }): PrintStore<DatabaseTransaction> {
  return {
    async toPrint(printId) {
      const { rows } = await sql<{ fileSha256: string; generated: boolean }>`
        select file.sha256 as file_sha256,
               exists (select from creatives c where c.file_sha256 = file.sha256 and c.origin = 'generated') as generated
          from media_prints p
          cross join lateral (select coalesce(p.file_sha256,
            (select s.file_sha256 from media_searches s where s.print_id = p.id limit 1)) as sha256) file
         where p.id = ${printId} and p.state <> 'ready' and file.sha256 is not null`.execute(db);
      return rows[0] ?? null;
    },

    async printed(tx, printId, { pictures, sound, sounds }) {
      const { fine } = pictures;
      const { rows } = await sql`
        update media_prints set state = 'ready', failure = null, failure_details = null, sound_compared = ${sounds},
               fine = ${fine && Buffer.from(fine.pixels)}, inside = ${fine && edgesOf(fine.inside)}::real[]
         where id = ${printId} and state <> 'ready' returning id`.execute(tx);
      // Taken away while it was made, or made by another run.
      if (rows.length === 0) return;
      await forget(tx, printId);
      await savePictures(tx, printId, pictures);
      if (sound) await saveSound(tx, printId, sound);
      await announceClaimsOfPrint(tx, printId);
    },
  };
}
