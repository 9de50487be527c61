import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database/database.js';

/** Left, top, right, bottom as shares of a picture. */
export type Edges = [number, number, number, number];

/** Two hashes that are near each other. */
export interface NearPicture {
  askedId: string;
  foundId: string;
  /** Bits that differ, of 256; strangers differ in about 128. */
  distance: number;
  askedPart: Edges;
  foundPart: Edges;
  mirrored: boolean;
  askedAt: number | null;
  foundAt: number | null;
}

/** Two sounds that share words at one distance in time. */
export interface NearSound {
  askedId: string;
  foundId: string;
  /** Words by which the found one is later. */
  shift: number;
  hits: number;
}

/** Farther hashes were never of the same picture once laid over each other. */
const farthest = 84;
/** Sounds looked at under one word: what is kept there a thousand times says nothing. */
const mostUnderWord = 400;
/** Moments of a found film that are told of beside one of the asked film: what hardly moves is near to many. */
const mostBeside = 3;
/** Media told of, of those that one print meets by pictures; the nearest ones. */
export const mostNear = 12;
const fewestHits = 3;
/**
 * Keys a sound asks with. A short one, of which few words survive as they are, also asks for those with one bit turned;
 * of a long one only every second, third … word is taken.
 */
const mostWords = 500;
const keyBits = 20;
const mostSounds = 48;

/**
 * To be asked first: so that the planner does not compile statements that end in milliseconds. Tells whether any of the
 * prints is of a sound.
 */
export async function beginLooking(
  tx: DatabaseTransaction,
  printIds: readonly string[],
): Promise<{ sounds: boolean }> {
  const { rows } = await sql<{ sounds: boolean }>`
    select set_config('jit', 'off', true),
           exists (select from sound_prints where print_id = any(${[...printIds]}::uuid[])) as sounds`.execute(
    tx,
  );
  return { sounds: rows[0]?.sounds ?? false };
}

/**
 * What is near to any of the asked prints by the hashes of pictures, nearest first. Each key is looked up by itself,
 * so the cost is that of the keys asked with, not of what is kept. Of two films every asked moment
 * tells of a few; otherwise the nearest pair is all that is told.
 */
export async function nearPictures(
  tx: DatabaseTransaction,
  printIds: readonly string[],
  without: readonly string[],
): Promise<NearPicture[]> {
  const { rows } = await sql<NearPicture>`
    with met as (
      select distinct on (asked.print_id, asked.at_ms, kept.picture_id)
             asked.print_id as asked_id, asked.part as asked_part, asked.mirrored, asked.at_ms as asked_at,
             kept.picture_id, bit_count(kept.hash # asked.hash)::integer as distance
        from picture_asks asked
        cross join lateral (
          select picture_id, hash from picture_keys
           where key = any(asked.keys) and bit_count(hash # asked.hash) <= ${farthest} offset 0) kept
       where asked.print_id = any(${[...printIds]}::uuid[])
       order by asked.print_id, asked.at_ms, kept.picture_id, distance
    ), near as (
      select met.*, found.print_id as found_id, found.part as found_part, found.at_ms as found_at,
             row_number() over pair as place, min(met.distance) over pair as nearest,
             row_number() over (partition by met.asked_id, found.print_id, met.asked_at order by met.distance) as beside
        from met
        cross join lateral (
          select p.print_id, p.part, p.at_ms from picture_prints p where p.id = met.picture_id offset 0) found
       where found.print_id <> met.asked_id and found.print_id <> all(${[...without]}::uuid[])
      window pair as (partition by met.asked_id, found.print_id order by met.distance)
    ), ranked as (
      select near.*, dense_rank() over (partition by asked_id order by nearest, found_id) as rank
        from near
       where place = 1 or (beside <= ${mostBeside} and asked_at is not null and found_at is not null)
    )
    select asked_id, found_id, distance, asked_part, found_part, mirrored, asked_at, found_at
      from ranked where rank <= ${mostNear}
     order by distance, found_id`.execute(tx);
  return rows;
}

/** What shares words with any of the asked prints' sounds at one distance in time, most first. */
export async function nearSounds(
  tx: DatabaseTransaction,
  printIds: readonly string[],
  without: readonly string[],
): Promise<NearSound[]> {
  const { rows } = await sql<NearSound>`
    with asked as materialized (
      select k.sound_id, k.key # turned.bit as key, k.at
        from sound_prints s join sound_keys k on k.sound_id = s.id
        cross join lateral (
          select 0 as bit
          union all select 1 << place from generate_series(0, least(${keyBits}, ${mostWords} / cardinality(s.words)) - 1) as place
        ) turned
       where s.print_id = any(${[...printIds]}::uuid[]) and k.at % (cardinality(s.words) / ${mostWords} + 1) = 0
    ), best as (
      select asked.sound_id as asked_sound, found.sound_id as found_sound, sum(found.at - asked.at) as shifts, count(*) as hits
        from asked
        cross join lateral (select sound_id, at from sound_keys where key = asked.key limit ${mostUnderWord}) found
       where found.sound_id <> asked.sound_id
         and found.sound_id <> all(array(select id from sound_prints where print_id = any(${[...without]}::uuid[])))
       group by asked.sound_id, found.sound_id, (found.at - asked.at) >> 1
      having count(*) >= ${fewestHits}
       order by hits desc limit ${mostSounds}
    )
    select asker.print_id as asked_id, met.print_id as found_id, round(shifts::real / hits)::integer as shift,
           hits::integer
      from best
      join sound_prints asker on asker.id = asked_sound
      join sound_prints met on met.id = found_sound
     order by hits desc`.execute(tx);
  return rows;
}

/** What a print is compared by once hashes or words have met. */
export interface PrintDetail {
  id: string;
  /** None for a file that is only searched with. */
  fileSha256: string | null;
  fine: Buffer | null;
  inside: Edges | null;
  /** Seconds of a film that it is found by. */
  moments: number;
  /** Moments that a film asks with. */
  asking: number;
  hasSound: boolean;
}

export async function printDetails(
  tx: DatabaseTransaction,
  printIds: readonly string[],
): Promise<Map<string, PrintDetail>> {
  // Up to 64 KB a print: as base64 they come in two thirds of the bytes the driver's own way takes.
  const { rows } = await sql<Omit<PrintDetail, 'fine'> & { fine: string | null }>`
    select m.id, m.file_sha256, encode(m.fine, 'base64') as fine, m.inside,
           (select count(distinct p.at_ms / 1000) from picture_prints p where p.print_id = m.id)::integer as moments,
           (select count(distinct a.at_ms) from picture_asks a where a.print_id = m.id)::integer as asking,
           exists (select from sound_prints s where s.print_id = m.id) as has_sound
      from media_prints m where m.id = any(${[...printIds]}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => [row.id, { ...row, fine: row.fine === null ? null : Buffer.from(row.fine, 'base64') }]),
  );
}

export async function soundWords(
  tx: DatabaseTransaction,
  printIds: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await tx
    .selectFrom('soundPrints')
    .where('printId', '=', sql<string>`any(${[...printIds]}::uuid[])`)
    .select(['printId', 'words'])
    .execute();
  return new Map(rows.map(({ printId, words }) => [printId, words]));
}
