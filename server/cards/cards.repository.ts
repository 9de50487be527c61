import { sql } from 'kysely';
import type { CheckTexts } from '../contract/check.js';
import type { Names } from '../contract/common.js';
import type { CardTemplate, CheckState, ClaimantKind, Language, VerdictCode } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { mayKnowCheck, type Viewer } from '../database/visibility.js';

/** A fact with all that is said of it on a card. */
export interface CardFact {
  id: string;
  state: CheckState;
  verdict: VerdictCode;
  asOf: string;
  texts: CheckTexts;
  claim: { text: string };
  claimant: { name: string | null; kind: ClaimantKind };
  /** Of its sources, the strongest first, each once. */
  publishers: string[];
  issuedBy: Names;
  organisation: Names;
  ownerUnitId: string;
  ownerPath: string[];
  restricted: boolean;
}

/** A check version that has a verdict, if the viewer may know of it. */
export async function findCardFact(
  db: Database | DatabaseTransaction,
  viewer: Viewer,
  id: string,
): Promise<CardFact | null> {
  const { rows } = await sql<CardFact>`
    select v.id, v.state, v.verdict, v.as_of,
           coalesce((select jsonb_object_agg(t.language, jsonb_build_object(
             'headline', t.headline, 'summary', t.summary, 'correctionNote', t.correction_note))
             from check_texts t where t.check_version_id = v.id), '{}') as texts,
           jsonb_build_object('text', l.text) as claim,
           jsonb_build_object('name', l.claimant_name, 'kind', l.claimant_kind) as claimant,
           coalesce((select jsonb_agg(s.publisher order by s.rank, s.first) from (
             select e.publisher, min(array_position(array['primary','official','press','social'], e.tier)) as rank,
                    min(e.id::text) as first
               from check_evidence ce join evidence e on e.id = ce.evidence_id
              where ce.check_version_id = v.id group by e.publisher) s), '[]') as publishers,
           (select coalesce(jsonb_object_agg(o.language, o.issued_by), '{}') from organisation_texts o) as issued_by,
           (select coalesce(jsonb_object_agg(o.language, o.name), '{}') from organisation_texts o) as organisation,
           k.owner_unit_id, unit_path(k.owner_unit_id) as owner_path, l.restricted
      from check_versions v join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
     where v.id = ${id} and v.verdict is not null and ${mayKnowCheck(viewer)}`.execute(db);
  return rows[0] ?? null;
}

export interface NewCard {
  creativeId: string;
  template: CardTemplate;
  language: Language;
  imageCreativeId: string | null;
  /** Where its code leads. */
  leadsTo: string;
}

export async function insertCard(tx: DatabaseTransaction, card: NewCard): Promise<void> {
  await tx.insertInto('cards').values(card).execute();
}
