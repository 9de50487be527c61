import { sql } from 'kysely';
import type { Selector } from '../contract/release.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';

/**
 * The units a selector means, by code, always in one query. Validity and links are judged on the given day
 * (YYYY-MM-DD), else on the organisation's today; "below" is today's tree. Named units that do not exist then are refused with `invalid_input`;
 * the other kinds may come out empty.
 */
export async function resolveSelector(
  db: Database | DatabaseTransaction,
  selector: Selector,
  on?: string,
): Promise<string[]> {
  const { rows } = await unitsOf(selector, on).execute(db);
  const ids = rows.map(({ id }) => id);
  if (selector.kind === 'units' && ids.length !== new Set(selector.unitIds).size) {
    const messages = {
      hi: 'चुनी गई इकाइयों में से कोई अब नहीं है।',
      en: 'One of the chosen units does not exist.',
    };
    throw new AppError('invalid_input', { fields: [{ path: '/selector/unitIds', messages }] });
  }
  return ids;
}

function unitsOf(selector: Selector, on: string | undefined) {
  const day = on === undefined ? sql`today()` : sql`${on}::date`;
  const valid = sql`u.valid_from <= ${day} and (u.valid_to is null or u.valid_to > ${day})`;
  if (selector.kind === 'units') {
    return sql<{ id: string }>`
      select u.id from units u where u.id = any(${[...selector.unitIds]}::uuid[]) and ${valid} order by u.code`;
  }
  if (selector.kind === 'below') {
    return sql<{ id: string }>`
      select u.id from unit_paths p join units u on u.id = p.unit_id
       where p.ancestor_id = ${selector.unitId} and u.type = ${selector.type} and ${valid} order by u.code`;
  }
  return sql<{ id: string }>`
    select u.id from units u
     where exists (select from unit_links l where l.unit_id = u.id and l.other_id = ${selector.unitId}
                      and l.relation = ${selector.relation} and l.valid_from <= ${day}
                      and (l.valid_to is null or l.valid_to > ${day}))
       and ${valid} order by u.code`;
}
