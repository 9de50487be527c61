import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Unit, UnitDraft, UnitListQuery, UnitTypeList } from '../contract/administration.js';
import type { Names } from '../contract/common.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { startingWith } from '../database/page.js';

type Handle = Database | DatabaseTransaction;

const today = (row: 'u' | 'p') =>
  sql`${sql.ref(`${row}.valid_from`)} <= today() and (${sql.ref(`${row}.valid_to`)} is null or ${sql.ref(`${row}.valid_to`)} > today())`;

const unitColumns = sql`
  u.id, u.code, u.type,
  coalesce((select jsonb_object_agg(t.language, t.name) from unit_texts t where t.unit_id = u.id), '{}') as name,
  (select p.parent_id from unit_parents p where p.unit_id = u.id and ${today('p')}) as parent_id,
  (select count(*) from unit_parents p where p.parent_id = u.id and ${today('p')}) as children`;

export async function findUnit(db: Handle, id: string): Promise<Unit | null> {
  const { rows } = await sql<Unit>`select ${unitColumns} from units u where u.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Units of today by code; `cursor` is the last unit of the page before. One more than `limit` tells of a further page. */
export async function listUnits(
  db: Handle,
  { cursor, parentId, type, q, limit }: UnitListQuery & { limit: number },
): Promise<Unit[]> {
  const conditions = [today('u')];
  if (cursor !== undefined)
    conditions.push(sql`u.code > (select c.code from units c where c.id = ${cursor})`);
  if (type !== undefined) conditions.push(sql`u.type = ${type}`);
  if (parentId !== undefined) {
    conditions.push(
      sql`u.id in (select p.unit_id from unit_parents p where p.parent_id = ${parentId} and ${today('p')})`,
    );
  }
  if (q !== undefined) {
    const pattern = startingWith(q);
    conditions.push(sql`u.id in (select t.unit_id from unit_texts t where lower(t.name) like ${pattern}
                                 union all select n.id from units n where lower(n.code) like ${pattern})`);
  }
  const { rows } = await sql<Unit>`
    select ${unitColumns} from units u where ${sql.join(conditions, sql` and `)} order by u.code limit ${limit + 1}`.execute(
    db,
  );
  return rows;
}

export async function listUnitTypes(db: Handle): Promise<Static<typeof UnitTypeList>> {
  const { rows } = await sql<Static<typeof UnitTypeList>>`
    select (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'rank', t.rank, 'units', coalesce(n.units, 0), 'name',
              coalesce((select jsonb_object_agg(x.language, x.name) from unit_type_texts x where x.unit_type = t.code), '{}'))
              order by t.rank, t.code), '[]')
              from unit_types t left join (select u.type, count(*) as units from units u where ${today('u')} group by u.type) n
                on n.type = t.code) as items,
           (select coalesce(jsonb_agg(r.code order by r.code), '[]') from link_relations r) as relations`.execute(
    db,
  );
  return rows[0] ?? { items: [], relations: [] };
}

/** The unit and all units above it, nearest first; empty when there is no such unit. */
export async function unitPath(db: Handle, id: string): Promise<string[]> {
  const { rows } = await sql<{ path: string[] }>`select to_jsonb(unit_path(${id})) as path`.execute(db);
  return rows[0]?.path ?? [];
}

export async function insertUnit(
  tx: DatabaseTransaction,
  draft: Omit<UnitDraft, 'parentId'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('units')
    .values({ code: draft.code, type: draft.type })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertNames(tx, id, draft.name);
  return id;
}

async function insertNames(tx: DatabaseTransaction, unitId: string, name: Names): Promise<void> {
  const texts = (['hi', 'en'] as const).flatMap((language) => {
    const text = name[language];
    return text === undefined ? [] : [{ unitId, language, name: text.normalize('NFC') }];
  });
  if (texts.length > 0) await tx.insertInto('unitTexts').values(texts).execute();
}
