import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database/database.js';

export interface Move {
  unitId: string;
  parentId: string;
  /** First day under the new parent, YYYY-MM-DD; today unless said. */
  from?: string | undefined;
}

export interface MoveJudgement {
  from: string;
  /** The day lies before today: what was, is not rewritten. */
  past: boolean;
  /** On some day from then on the unit would stand below itself. */
  loops: boolean;
  previousParentId: string | null;
}

/** Makes other changes of the tree wait, so that two together cannot close a loop or leave a path behind. */
export async function lockTree(tx: DatabaseTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tathya.unit_tree'))`.execute(tx);
}

export async function judgeMove(
  tx: DatabaseTransaction,
  { unitId, parentId, from }: Move,
): Promise<MoveJudgement> {
  // Upwards from the new parent, together with the days on which each step holds: planned moves count too.
  const { rows } = await sql<MoveJudgement>`
    with recursive start as (select coalesce(${from ?? null}::date, today()) as day),
    up(id, days, depth) as (
      select ${parentId}::uuid, daterange(day, null), 0 from start
      union all
      select p.parent_id, up.days * daterange(p.valid_from, p.valid_to), up.depth + 1
        from up join unit_parents p on p.unit_id = up.id and daterange(p.valid_from, p.valid_to) && up.days
       where up.id <> ${unitId} and up.depth < 50
    )
    select day as "from", day < today() as past, exists (select from up where id = ${unitId}) as loops,
           (select p.parent_id from unit_parents p where p.unit_id = ${unitId}
               and p.valid_from <= day and (p.valid_to is null or p.valid_to > day)) as previous_parent_id
      from start`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('a select without a table gives one row');
  return row;
}

/** Closes the parent of before on that day and begins the new one; moves planned for later give way to this one. */
export async function replaceParent(
  tx: DatabaseTransaction,
  { unitId, parentId, from }: Move & { from: string },
): Promise<void> {
  await sql`delete from unit_parents where unit_id = ${unitId} and valid_from >= ${from}::date`.execute(tx);
  await sql`
    update unit_parents set valid_to = ${from}::date
     where unit_id = ${unitId} and (valid_to is null or valid_to > ${from}::date)`.execute(tx);
  await tx.insertInto('unitParents').values({ unitId, parentId, validFrom: from, validTo: null }).execute();
  await sql`update units set version = version + 1 where id = ${unitId}`.execute(tx);
}

/** The parent a new unit stands below from today. */
export async function insertFirstParent(
  tx: DatabaseTransaction,
  { unitId, parentId }: Omit<Move, 'from'>,
): Promise<void> {
  await sql`
    insert into unit_parents (unit_id, parent_id, valid_from) values (${unitId}, ${parentId}, today())`.execute(
    tx,
  );
}
