import { type RawBuilder, sql } from 'kysely';
import type { DocumentRef } from '../../search/follow.js';
import type { IndexDocument, IndexedKind } from '../../search/search-index.js';
import type { AuthenticityCode, ClaimState, MediaKind, VerdictCode } from '../contract/lists.js';
import type { Database } from '../database/database.js';

/** Builds what the search index shows, from the database alone. */
export interface IndexDocuments {
  /** The documents of those references that should be findable; the others are left out. */
  build(refs: DocumentRef[]): Promise<IndexDocument[]>;
  /** Every document, in batches. */
  all(): AsyncIterable<IndexDocument[]>;
}

interface FactRow {
  id: string;
  clusterId: string;
  verdict: VerdictCode | null;
  authenticity: AuthenticityCode | null;
  asOf: string;
  texts: { language: string; headline: string; body: string }[];
  claimTexts: string[];
  ownerPath: string[];
  restricted: boolean;
  releasedUnits: string[];
  topic: string | null;
  places: string[];
  mediaKinds: MediaKind[];
}

interface ClaimRow {
  id: string;
  clusterId: string;
  text: string;
  state: ClaimState;
  createdAt: string;
  ownerPath: string[];
  restricted: boolean;
  topic: string | null;
  places: string[];
  mediaKinds: MediaKind[];
}

/** Districts some claims came from: where they were reported and where they were seen. */
const placesOf = (claims: RawBuilder<unknown>) => sql<string[]>`(
  select coalesce(array_agg(distinct place_of(came.unit_id)), '{}') from (
    select s.owner_unit_id as unit_id from claims s where ${claims}
    union
    select a.unit_id from claims s join claim_appearances a on a.claim_id = s.id
     where a.unit_id is not null and ${claims}) came)`;

const mediaKindsOf = (claims: RawBuilder<unknown>) => sql<MediaKind[]>`(
  select coalesce(array_agg(distinct m.kind), '{}') from claims s join claim_media m on m.claim_id = s.id
   where ${claims})`;

/**
 * Facts with the words of the claims they answer, where those came from and what carried them. What a restricted
 * claim says of this stays out of a fact that more people may see; the lead claim is as restricted as the fact.
 */
async function factRows(db: Database, which: RawBuilder<unknown>): Promise<FactRow[]> {
  const told = sql`s.cluster_id = v.cluster_id and (not s.restricted or s.id = l.id)`;
  const { rows } = await sql<FactRow>`
    select v.id, v.cluster_id, v.verdict, v.authenticity, v.as_of, l.restricted, g.topic,
           ${placesOf(told)} as places, ${mediaKindsOf(told)} as media_kinds,
           unit_path(k.owner_unit_id) as owner_path,
           coalesce((select jsonb_agg(jsonb_build_object('language', t.language, 'headline', t.headline, 'body', t.summary)
             order by t.language) from check_texts t where t.check_version_id = v.id), '[]') as texts,
           (select coalesce(array_agg(s.text order by s.id), '{}') from claims s where ${told}) as claim_texts,
           (select coalesce(array_agg(distinct u.unit_id), '{}') from pack_facts f
             join live_packs p on p.pack_version_id = f.pack_version_id
             join release_units u on u.release_id = p.release_id
            where f.check_version_id = v.id) as released_units
      from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
      join clusters g on g.id = v.cluster_id
     where v.state = 'verified' and ${which}`.execute(db);
  return rows;
}

/** Claims without an answer; an answered one is found as its fact. */
async function claimRows(db: Database, which: RawBuilder<unknown>): Promise<ClaimRow[]> {
  const itself = sql`s.id = v.id`;
  const { rows } = await sql<ClaimRow>`
    select v.id, v.cluster_id, v.text, v.state, v.created_at, v.restricted, g.topic,
           ${placesOf(itself)} as places, ${mediaKindsOf(itself)} as media_kinds, unit_path(v.owner_unit_id) as owner_path
      from claims v join clusters g on g.id = v.cluster_id where v.state <> 'answered' and ${which}`.execute(
    db,
  );
  return rows;
}

function factDocument({ id, asOf, ...fact }: FactRow): IndexDocument {
  return { id: `fact:${id}`, kind: 'fact', objectId: id, state: null, date: asOf, ...fact };
}

function claimDocument({ id, text, createdAt, ...claim }: ClaimRow): IndexDocument {
  return {
    id: `claim:${id}`,
    kind: 'claim',
    objectId: id,
    texts: [],
    claimTexts: [text],
    verdict: null,
    authenticity: null,
    date: createdAt.slice(0, 10),
    releasedUnits: [],
    ...claim,
  };
}

const byId = (ids: readonly string[]) => sql`v.id = any(${ids}::uuid[])`;

export function createIndexDocuments({
  db,
  batchSize = 500,
}: {
  db: Database;
  batchSize?: number;
}): IndexDocuments {
  const facts = async (which: RawBuilder<unknown>) => (await factRows(db, which)).map(factDocument);
  const claims = async (which: RawBuilder<unknown>) => (await claimRows(db, which)).map(claimDocument);

  /** A stretch of ids after the last one: a page in the order of the primary key. */
  async function* inBatches(read: (which: RawBuilder<unknown>) => Promise<IndexDocument[]>) {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const batch = await read(sql`v.id > ${last}::uuid order by v.id limit ${batchSize}`);
      if (batch.length > 0) yield batch;
      const end = batch.at(-1);
      if (end === undefined || batch.length < batchSize) return;
      last = end.objectId;
    }
  }

  return {
    async build(refs) {
      const idsOf = (wanted: IndexedKind) =>
        refs.flatMap(({ kind, objectId }) => (kind === wanted ? [objectId] : []));
      const [factIds, claimIds] = [idsOf('fact'), idsOf('claim')];
      return [
        ...(factIds.length > 0 ? await facts(byId(factIds)) : []),
        ...(claimIds.length > 0 ? await claims(byId(claimIds)) : []),
      ];
    },

    async *all() {
      yield* inBatches(facts);
      yield* inBatches(claims);
    },
  };
}
