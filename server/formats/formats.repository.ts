import { sql } from 'kysely';
import type { Names } from '../contract/common.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { type ActiveFormat, readSpec } from './formats.policy.js';

/** The formats in force, in the order of the platform table. */
export async function listActiveFormats(db: Database | DatabaseTransaction): Promise<ActiveFormat[]> {
  const rows = await db
    .selectFrom('formatVersions')
    .innerJoin('formats', 'formats.code', 'formatVersions.format')
    .where('formatVersions.active', '=', true)
    .orderBy('formats.rank')
    .orderBy('formats.code')
    .select([
      'formatVersions.id as versionId',
      'formatVersions.spec',
      sql<Names>`coalesce((select jsonb_object_agg(t.language, t.name) from format_texts t where t.format = formats.code), '{}')`.as(
        'name',
      ),
    ])
    .execute();
  return rows.map(({ versionId, spec, name }) => ({ versionId, spec: readSpec(spec), name }));
}
