import { sql } from 'kysely';
import type { FailureCode, PrintState } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

/** How many searches a member has asked for, and how many of them wait. */
export interface SearchCounts {
  lastHour: number;
  waiting: number;
}

export async function countSearches(db: Database, memberId: string): Promise<SearchCounts> {
  const { rows } = await sql<SearchCounts>`
    select count(*) as last_hour, count(*) filter (where p.state = 'queued') as waiting
      from media_searches s left join media_prints p on p.id = s.print_id
     where s.member_id = ${memberId} and s.created_at > now() - interval '1 hour'`.execute(db);
  return rows[0] ?? { lastHour: 0, waiting: 0 };
}

export async function isKept(tx: DatabaseTransaction, sha256: string): Promise<boolean> {
  const row = await tx.selectFrom('files').where('sha256', '=', sha256).select('sha256').executeTakeFirst();
  return row !== undefined;
}

export async function insertSearch(
  tx: DatabaseTransaction,
  search: { memberId: string; fileSha256: string; size: number; printId: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('mediaSearches')
    .values(search)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface FoundSearch {
  fileSha256: string;
  printId: string;
  state: PrintState;
  failure: FailureCode | null;
  failureDetails: unknown;
  soundCompared: boolean;
}

/** A member's own search while its prints are kept. */
export async function findSearch(
  db: Database,
  { id, memberId }: { id: string; memberId: string },
): Promise<FoundSearch | undefined> {
  return db
    .selectFrom('mediaSearches as s')
    .innerJoin('mediaPrints as p', 'p.id', 's.printId')
    .where('s.id', '=', id)
    .where('s.memberId', '=', memberId)
    .select([
      's.fileSha256',
      'p.id as printId',
      'p.state',
      'p.failure',
      'p.failureDetails',
      'p.soundCompared',
    ])
    .executeTakeFirst();
}

/** Files of old searches that nothing keeps, whose prints are still there. */
export async function spentFiles(db: Database, olderThanMs: number): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct s.file_sha256 as sha256 from media_searches s
     where s.print_id is not null and s.created_at < now() - ${olderThanMs} * interval '1 millisecond'
       and not exists (select from files f where f.sha256 = s.file_sha256) limit 500`.execute(db);
  return rows.map(({ sha256 }) => sha256);
}

/** Lets go of the prints of old searches; the searches themselves count for a day. */
export async function forgetSearches(tx: DatabaseTransaction, olderThanMs: number): Promise<void> {
  const old = sql`s.created_at < now() - ${olderThanMs} * interval '1 millisecond'`;
  await sql`
    delete from media_prints p using media_searches s
     where s.print_id = p.id and p.file_sha256 is null and ${old}`.execute(tx);
  await sql`update media_searches s set print_id = null where s.print_id is not null and ${old}`.execute(tx);
  await sql`delete from media_searches where created_at < now() - interval '24 hours'`.execute(tx);
}
