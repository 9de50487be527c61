import { sql } from 'kysely';
import type { Matcher } from '../../search/match.js';
import type { SearchIndex } from '../../search/search-index.js';
import type { ClaimMatches, MatchQuery } from '../contract/claim.js';
import type { Language, VerdictCode } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { mayKnowClaim, mayKnowFact, type Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';

/** Facts and claims that say what a text says. */
export interface MatchesService {
  find(actor: Actor, query: MatchQuery): Promise<ClaimMatches>;
}

export interface MatchesDependencies {
  db: Database;
  matcher: Matcher;
  index: Pick<SearchIndex, 'health'>;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
}

interface MatchedRow {
  id: string;
  headline: string;
  verdict: VerdictCode | null;
}

/** One query for all: their line to show, if the viewer may know of them and they still stand. */
async function linesOf(
  db: Database,
  viewer: Viewer,
  language: Language,
  { facts, claims }: { facts: string[]; claims: string[] },
): Promise<Map<string, MatchedRow>> {
  const { rows } = await sql<MatchedRow>`
    select 'fact:' || v.id as id, v.verdict,
           (select t.headline from check_texts t where t.check_version_id = v.id
             order by t.language = ${language} desc, t.language limit 1) as headline
      from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
     where v.id = any(${facts}::uuid[]) and v.state = 'verified' and ${mayKnowFact(viewer)}
    union all
    select 'claim:' || c.id, null, left(c.text, 300) from claims c
     where c.id = any(${claims}::uuid[]) and ${mayKnowClaim(viewer, 'c')}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The cluster of the claim asked about: what is already together is no news. */
async function clusterOf(db: Database, viewer: Viewer, claimId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('claims as c')
    .where('c.id', '=', claimId)
    .where(mayKnowClaim(viewer, 'c'))
    .select('c.clusterId')
    .executeTakeFirst();
  return row?.clusterId;
}

export function createMatchesService({ db, matcher, index, audiences }: MatchesDependencies): MatchesService {
  return {
    async find(actor, { text, excludeClaimId }) {
      const viewer = await audiences.of(actor);
      const known = excludeClaimId === undefined ? undefined : await clusterOf(db, viewer, excludeClaimId);
      const excludeIds = excludeClaimId === undefined ? [] : [`claim:${excludeClaimId}`];
      const found = await matcher.matchText({ text, audience: viewer, excludeIds });
      if (found.length === 0 && !(await index.health()).ready) throw new AppError('unavailable');
      const matches = found.filter(({ clusterId }) => clusterId !== known);
      const idsOf = (wanted: 'fact' | 'claim') =>
        matches.flatMap(({ kind, objectId }) => (kind === wanted ? [objectId] : []));
      const lines = await linesOf(db, viewer, actor.language, {
        facts: idsOf('fact'),
        claims: idsOf('claim'),
      });
      const items = matches.flatMap(({ id, kind, objectId, clusterId, band, score, reasons }) => {
        const line = lines.get(id);
        if (line === undefined) return [];
        const { headline, verdict } = line;
        const words = [...new Set(reasons.map(({ document }) => document))];
        return [{ kind, objectId, clusterId, band, score, headline, verdict, words }];
      });
      return { items };
    },
  };
}
