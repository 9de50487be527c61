import { sql } from 'kysely';
import type { Names, UnitRef } from '../contract/common.js';
import type { Fact } from '../contract/library.js';
import type { CheckState, VerdictCode } from '../contract/lists.js';
import type { Database } from '../database/database.js';
import { mayKnowClaim, mayKnowFact, type Viewer } from '../database/visibility.js';

const mostPlaces = 60;

/** The live facts among the given ones that the viewer may know of: one statement for any number. */
export async function findFacts(db: Database, viewer: Viewer, ids: readonly string[]): Promise<Fact[]> {
  if (ids.length === 0) return [];
  // Others see how often it was seen among what they reported; the desk among what it may see.
  const seen = sql<number>`(select greatest(count(*), 1) from claims s
    where s.cluster_id = v.cluster_id and ${mayKnowClaim(viewer, 's')})`;
  const { rows } = await sql<Omit<Fact, 'claim' | 'verdict' | 'verifiedAt'> & FactParts>`
    select v.id, v.check_id, v.cluster_id, v.number, v.verdict, v.authenticity, v.as_of, v.review_by, v.verified_at,
           g.topic, l.text as claim_text, l.language as claim_language, ${seen} as seen,
           coalesce((select jsonb_object_agg(t.language, jsonb_build_object(
             'headline', t.headline, 'summary', t.summary, 'correctionNote', t.correction_note))
             from check_texts t where t.check_version_id = v.id), '{}') as texts,
           (select coalesce(jsonb_object_agg(o.language, o.issued_by), '{}') from organisation_texts o) as issued_by
      from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
      join clusters g on g.id = v.cluster_id
     where v.id = any(${ids}::uuid[]) and v.state = 'verified' and ${mayKnowFact(viewer)}`.execute(db);
  return rows.flatMap(
    ({ claimText: text, claimLanguage: language, seen: count, verdict, verifiedAt, ...fact }) =>
      // A verified version has both; the database sees to it.
      verdict === null || verifiedAt === null
        ? []
        : [{ ...fact, verdict, verifiedAt, claim: { text, language, seen: count } }],
  );
}

interface FactParts {
  verdict: VerdictCode | null;
  verifiedAt: string | null;
  claimText: string;
  claimLanguage: Fact['claim']['language'];
  seen: number;
  issuedBy: Names;
}

/** The units counted, and those asked for, by name; most first. */
export async function findPlaces(
  db: Database,
  counts: Readonly<Record<string, number>>,
  asked: readonly string[],
): Promise<{ unit: UnitRef; count: number }[]> {
  const most = Object.keys(counts)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
    .slice(0, mostPlaces);
  const ids = [...new Set([...most, ...asked])];
  if (ids.length === 0) return [];
  const { rows } = await sql<{ unit: UnitRef }>`
    select unit_ref(u.id) as unit from units u where u.id = any(${ids}::uuid[])`.execute(db);
  const units = new Map(rows.map(({ unit }) => [unit.id, unit]));
  return ids.flatMap((id) => {
    const unit = units.get(id);
    return unit === undefined ? [] : [{ unit, count: counts[id] ?? 0 }];
  });
}

/** Whether the viewer may have seen the version when it was a fact, though it is none any more. */
export async function wasFact(db: Database, viewer: Viewer, id: string): Promise<boolean> {
  const ended: readonly CheckState[] = ['corrected', 'void'];
  const row = await db
    .selectFrom('checkVersions as v')
    .innerJoin('checks as k', 'k.id', 'v.checkId')
    .innerJoin('claims as l', 'l.id', 'k.leadClaimId')
    .where('v.id', '=', id)
    .where('v.state', 'in', ended)
    .where(mayKnowFact(viewer))
    .select('v.id')
    .executeTakeFirst();
  return row !== undefined;
}
