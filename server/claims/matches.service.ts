import { sql } from 'kysely';
import type { ClaimMatch as Match, MatchBand, Matcher } from '../../search/match.js';
import type { SearchIndex, Standby } from '../../search/search-index.js';
import type { ClaimMatch, ClaimMatches, MatchQuery } from '../contract/claim.js';
import type { ClaimLanguage, ClaimState, Language, VerdictCode } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { mayKnowClaim, mayKnowFact, type Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import { noticeOf } from '../library/standby.policy.js';
import type { Actor } from '../sessions/actor.js';
import { type Seen, seenIn } from './seen.js';

/** Facts and claims that say what a text says. */
export interface MatchesService {
  find(actor: Actor, query: MatchQuery): Promise<ClaimMatches>;
  /** Open claims of other clusters that a fact seems to answer: looked for by all its words. */
  answerable(actor: Actor, factId: string): Promise<ClaimMatches>;
}

export interface MatchesDependencies {
  db: Database;
  matcher: Matcher;
  index: Pick<SearchIndex, 'health'>;
  standby(): Standby;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
}

interface Line extends Seen {
  id: string;
  clusterId: string;
  headline: string;
  language: ClaimLanguage;
  verdict: VerdictCode | null;
  state: ClaimState | null;
  leadsCheck: boolean;
}

const bands: readonly MatchBand[] = ['same', 'likely', 'related'];
const openStates: readonly (ClaimState | null)[] = ['new', 'triaged', 'checking'];
const mostOffered = 30;
/** Of a cluster's claims, this many beside the lead lend their words. */
const furtherTexts = 4;

/** One query for all: their line to show, if the viewer may know of them and they still stand. */
async function linesOf(
  db: Database,
  viewer: Viewer,
  language: Language,
  matches: readonly Match[],
): Promise<Map<string, Line>> {
  const idsOf = (wanted: Match['kind']) =>
    matches.flatMap(({ kind, objectId }) => (kind === wanted ? [objectId] : []));
  const { rows } = await sql<Line>`
    with line as (
      select 'fact:' || v.id as id, v.cluster_id, text.headline, text.language, v.verdict, null as state,
             false as leads_check
        from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
        join lateral (select t.headline, t.language from check_texts t where t.check_version_id = v.id
          order by t.language = ${language} desc, t.language limit 1) text on true
       where v.id = any(${idsOf('fact')}::uuid[]) and v.state = 'verified' and ${mayKnowFact(viewer)}
      union all
      select 'claim:' || c.id, c.cluster_id, left(c.text, 300), c.language, null, c.state,
             exists (select from checks k where k.lead_claim_id = c.id)
        from claims c
       where c.id = any(${idsOf('claim')}::uuid[]) and ${mayKnowClaim(viewer, 'c')}
    )
    select line.*, seen.claims, seen.units, seen.first_seen, seen.last_seen
      from line join lateral ${seenIn(sql`line.cluster_id`, viewer)} seen on true`.execute(db);
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

/** Everything that says what a fact says, in the words of those who said it and of the check. */
async function wordsOf(
  db: Database,
  viewer: Viewer,
  factId: string,
): Promise<{ clusterId: string; texts: string[] } | undefined> {
  const { rows } = await sql<{ clusterId: string; texts: string[] }>`
    select v.cluster_id, array[l.text]
      || coalesce((select array_agg(t.headline order by t.language desc) from check_texts t
           where t.check_version_id = v.id), '{}')
      || coalesce((select array_agg(o.text) from (select c.text from claims c
           where c.cluster_id = v.cluster_id and c.id <> l.id and ${mayKnowClaim(viewer, 'c')}
           order by c.id desc limit ${furtherTexts}) o), '{}') as texts
      from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
     where v.id = ${factId}::uuid and v.state = 'verified' and ${mayKnowFact(viewer)}`.execute(db);
  return rows[0];
}

function closestFirst(a: Match, b: Match): number {
  return bands.indexOf(a.band) - bands.indexOf(b.band) || b.score - a.score || a.id.localeCompare(b.id);
}

/** The closest of each, when several texts found it. */
function closestOfEach(found: readonly Match[]): Match[] {
  const best = new Map<string, Match>();
  for (const match of [...found].sort(closestFirst)) if (!best.has(match.id)) best.set(match.id, match);
  return [...best.values()];
}

function shown(match: Match, line: Line): ClaimMatch {
  const { kind, objectId, band, score, reasons } = match;
  const { clusterId, headline, language, verdict, state, leadsCheck } = line;
  const { claims, units, firstSeen, lastSeen } = line;
  const seen = { claims, units, firstSeen, lastSeen };
  const named = { kind, objectId, clusterId, band, score, reasons };
  return { ...named, headline, language, verdict, state, leadsCheck, seen };
}

export function createMatchesService({
  db,
  matcher,
  index,
  standby,
  audiences,
}: MatchesDependencies): MatchesService {
  async function demandReady(found: readonly Match[]): Promise<void> {
    if (found.length === 0 && !(await index.health()).ready) throw new AppError('unavailable');
  }

  return {
    async find(actor, { text, excludeClaimId }) {
      const viewer = await audiences.of(actor);
      const known = excludeClaimId === undefined ? undefined : await clusterOf(db, viewer, excludeClaimId);
      const excludeIds = excludeClaimId === undefined ? [] : [`claim:${excludeClaimId}`];
      const found = await matcher.matchText({ text, audience: viewer, excludeIds });
      await demandReady(found);
      const lines = await linesOf(db, viewer, actor.language, found);
      const items = found.flatMap((match) => {
        const line = lines.get(match.id);
        return line === undefined || line.clusterId === known ? [] : [shown(match, line)];
      });
      return { items, ...noticeOf(standby()) };
    },

    async answerable(actor, factId) {
      const viewer = await audiences.of(actor);
      const fact = await wordsOf(db, viewer, factId);
      if (fact === undefined) throw new AppError('not_found');
      const found: Match[] = [];
      for (const text of new Set(fact.texts)) {
        found.push(...(await matcher.matchText({ text, audience: viewer, limit: 100 })));
      }
      await demandReady(found);
      const claims = closestOfEach(found.filter(({ kind }) => kind === 'claim'));
      const lines = await linesOf(db, viewer, actor.language, claims);
      const items = claims.flatMap((match) => {
        const line = lines.get(match.id);
        const open = line !== undefined && openStates.includes(line.state);
        return open && line.clusterId !== fact.clusterId ? [shown(match, line)] : [];
      });
      return { items: items.slice(0, mostOffered), ...noticeOf(standby()) };
    },
  };
}
