import { sql } from 'kysely';
import type {
  Appearance,
  Claim,
  ClaimListQuery,
  ClaimMedia,
  ClaimPage,
  ClaimSummary,
} from '../contract/claim.js';
import type { MemberRef, UnitRef } from '../contract/common.js';
import type {
  Channel,
  ClaimantKind,
  ClaimKind,
  ClaimLanguage,
  ClaimState,
  MediaKind,
  VerdictCode,
} from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { pageOf, usualPage } from '../database/page.js';
import { mayKnowCheck, mayKnowClaim, mayKnowFact, type Viewer } from '../database/visibility.js';
import { type FoundClaims, isFound, wordsOf } from './found-claims.js';
import { seenIn } from './seen.js';

type Reader = Database | DatabaseTransaction;

interface ClaimRow {
  id: string;
  kind: ClaimKind;
  text: string;
  language: ClaimLanguage;
  state: ClaimState;
  stateReason: string | null;
  restricted: boolean;
  reachEstimate: number | null;
  channels: Channel[];
  claimantName: string | null;
  claimantKind: ClaimantKind;
  claimantUrl: string | null;
  reporter: MemberRef;
  ownerUnit: UnitRef;
  assignee: MemberRef | null;
  leaseUntil: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  clusterId: string;
  claims: number;
  units: number;
  firstSeen: string | null;
  lastSeen: string | null;
  topic: string | null;
  unreadAnswer: boolean;
  checkId: string | null;
  factId: string | null;
  verdict: VerdictCode | null;
}

/**
 * Whether the viewer reported the claim and has not opened it since its answer came. An answer comes twice to a
 * reporter whom the fact has not been released to: that there is one, and then the fact itself.
 */
const unreadAnswer = (
  viewer: Viewer,
) => sql<boolean>`(c.reporter_id = ${viewer.memberId}::uuid and c.state = 'answered'
  and exists (select from check_versions answer where answer.cluster_id = c.cluster_id and answer.state = 'verified'
    and not exists (select from answers_seen o where o.claim_id = c.id and o.check_version_id = answer.id
      and (o.with_fact or fact.fact_id is null))))`;

/** One statement for any number of rows: each claim with its cluster as far as the viewer may know it. */
function claimRows(db: Reader, viewer: Viewer) {
  const work = sql<{ checkId: string }>`(
    select k.id as check_id from checks k join claims l on l.id = k.lead_claim_id
     where k.cluster_id = c.cluster_id and ${mayKnowCheck(viewer)})`;
  const fact = sql<{ factId: string; verdict: VerdictCode | null }>`(
    select v.id as fact_id, v.verdict from check_versions v
      join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
     where v.cluster_id = c.cluster_id and v.state = 'verified' and ${mayKnowFact(viewer)})`;
  return db
    .selectFrom('claims as c')
    .innerJoin('clusters as g', 'g.id', 'c.clusterId')
    .innerJoinLateral(seenIn(sql`c.cluster_id`, viewer).as<'seen'>(sql`seen`), (join) => join.onTrue())
    .leftJoinLateral(work.as<'work'>(sql`work`), (join) => join.onTrue())
    .leftJoinLateral(fact.as<'fact'>(sql`fact`), (join) => join.onTrue())
    .where(mayKnowClaim(viewer, 'c'))
    .select([
      'c.id',
      'c.kind',
      'c.text',
      'c.language',
      'c.state',
      'c.stateReason',
      'c.restricted',
      'c.reachEstimate',
      'c.claimantName',
      'c.claimantKind',
      'c.claimantUrl',
      'c.version',
      'c.createdAt',
      'c.updatedAt',
      'c.clusterId',
      'g.topic',
      'seen.claims',
      'seen.units',
      'seen.firstSeen',
      'seen.lastSeen',
      'work.checkId',
      'fact.factId',
      'fact.verdict',
      unreadAnswer(viewer).as('unreadAnswer'),
      sql<Channel[]>`(select coalesce(jsonb_agg(distinct p.channel), '[]') from claim_appearances p
        where p.claim_id = c.id)`.as('channels'),
      sql<MemberRef>`member_ref(c.reporter_id)`.as('reporter'),
      sql<UnitRef>`unit_ref(c.owner_unit_id)`.as('ownerUnit'),
      // A lease that ran out binds nobody.
      sql<MemberRef | null>`case when c.lease_until > now() then member_ref(c.assignee_id) end`.as(
        'assignee',
      ),
      sql<string | null>`case when c.lease_until > now() then c.lease_until end`.as('leaseUntil'),
    ]);
}

function toSummary(row: ClaimRow): ClaimSummary {
  const { clusterId, claims, units, topic, checkId, factId, verdict } = row;
  // Of a claim one may know, at least its own times are there.
  const { firstSeen, lastSeen } = { firstSeen: row.firstSeen ?? '', lastSeen: row.lastSeen ?? '' };
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    language: row.language,
    state: row.state,
    restricted: row.restricted,
    reachEstimate: row.reachEstimate,
    channels: row.channels,
    reporter: row.reporter,
    ownerUnit: row.ownerUnit,
    assignee: row.assignee,
    leaseUntil: row.leaseUntil,
    cluster: { id: clusterId, claims, units, firstSeen, lastSeen, topic, checkId, factId, verdict },
    unreadAnswer: row.unreadAnswer,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const filters = {
  assigned: (viewer: Viewer) =>
    sql<boolean>`c.assignee_id = ${viewer.memberId}::uuid and c.lease_until > now()`,
  reported: (viewer: Viewer) => sql<boolean>`c.reporter_id = ${viewer.memberId}::uuid`,
  // First what needs no look at the fact: most have been opened with it.
  unread: (viewer: Viewer) =>
    sql<boolean>`(c.reporter_id = ${viewer.memberId}::uuid and c.state = 'answered'
      and not exists (select from check_versions v join answers_seen o on o.check_version_id = v.id and o.claim_id = c.id
        where v.cluster_id = c.cluster_id and v.state = 'verified' and o.with_fact)
      and ${unreadAnswer(viewer)})`,
  unassigned: () => sql<boolean>`(c.lease_until is null or c.lease_until <= now())`,
} as const;

/** A page of claims the viewer may know of, newest first; of those found by words when there are any. */
export async function listClaims(
  db: Reader,
  viewer: Viewer,
  { state, mine, cursor, limit = usualPage }: Omit<ClaimListQuery, 'q'>,
  found: FoundClaims | null = null,
): Promise<ClaimPage> {
  const known = claimRows(db, viewer);
  const rows = await (found === null ? known : known.where(isFound(found, viewer)))
    .$if(state !== undefined, (query) => query.where('c.state', '=', state ?? 'new'))
    .$if(mine !== undefined, (query) => query.where(filters[mine ?? 'reported'](viewer)))
    .$if(cursor !== undefined, (query) => query.where('c.id', '<', cursor ?? ''))
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.map((row) => ({
    ...toSummary(row),
    matched: found === null ? [] : wordsOf(found, row),
  }));
  return pageOf(items, limit);
}

function mediaOf(db: Reader, claimId: string): Promise<ClaimMedia[]> {
  return db
    .selectFrom('claimMedia as m')
    .innerJoin('files as f', 'f.sha256', 'm.fileSha256')
    .where('m.claimId', '=', claimId)
    .orderBy('m.id')
    .select(['m.id', 'm.kind', 'm.name', 'f.mime', 'f.size'])
    .select(sql<string>`'/api/claim-media/' || m.id || '/file'`.as('url'))
    .execute();
}

function appearancesOf(db: Reader, claimId: string): Promise<Appearance[]> {
  return db
    .selectFrom('claimAppearances as a')
    .where('a.claimId', '=', claimId)
    .orderBy('a.seenAt')
    .orderBy('a.id')
    .select(['a.id', 'a.channel', 'a.url', 'a.seenAt'])
    .select(sql<UnitRef | null>`unit_ref(a.unit_id)`.as('unit'))
    .execute();
}

/** One claim with everything, if the viewer may know of it. */
export async function readClaim(db: Reader, viewer: Viewer, id: string): Promise<Claim | undefined> {
  const row = await claimRows(db, viewer).where('c.id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ...toSummary(row),
    claimant: { name: row.claimantName, kind: row.claimantKind, url: row.claimantUrl },
    stateReason: row.stateReason,
    media: await mediaOf(db, id),
    appearances: await appearancesOf(db, id),
  };
}

/** What permission and the life cycle ask of a claim before it is changed. */
export interface ClaimSubject {
  id: string;
  clusterId: string;
  state: ClaimState;
  version: number;
  reporterId: string;
  ownerUnitId: string;
  ownerPath: string[];
  restricted: boolean;
}

export async function findClaimSubject(db: Reader, id: string): Promise<ClaimSubject | undefined> {
  return db
    .selectFrom('claims as c')
    .where('c.id', '=', id)
    .select(['id', 'clusterId', 'state', 'version', 'reporterId', 'ownerUnitId', 'restricted'])
    .select(sql<string[]>`unit_path(c.owner_unit_id)`.as('ownerPath'))
    .executeTakeFirst();
}

/** The file behind a claim's media, and the claim it hangs on. */
export async function findClaimMedia(
  db: Reader,
  id: string,
): Promise<
  { claimId: string; sha256: string; size: number; mime: string; kind: MediaKind; name: string } | undefined
> {
  return db
    .selectFrom('claimMedia as m')
    .innerJoin('files as f', 'f.sha256', 'm.fileSha256')
    .where('m.id', '=', id)
    .select(['m.claimId', 'f.sha256', 'f.size', 'f.mime', 'm.kind', 'm.name'])
    .executeTakeFirst();
}
