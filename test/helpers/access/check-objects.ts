import { sql } from 'kysely';
import type { CheckState, ClaimState } from '../../../server/contract/lists.js';
import type { DatabaseTransaction } from '../../../server/database/database.js';
import type { UnitCode } from '../world.js';
import type { Caller } from './callers.js';
import type { Making } from './making.js';

type Person = Exclude<Caller, 'anonymous'>;

export interface ClaimOptions {
  by?: Person;
  unit?: UnitCode;
  restricted?: boolean;
  state?: ClaimState;
  /** Joins this cluster instead of one of its own. */
  cluster?: string;
  text?: string;
}

export interface CheckOptions extends Pick<ClaimOptions, 'by' | 'unit' | 'restricted' | 'text'> {
  state?: CheckState;
  verdict?: string;
}

export interface MadeCheck {
  /** The version's id. */
  id: string;
  checkId: string;
  claimId: string;
  clusterId: string;
  /** Without a captured copy. */
  evidenceId: string;
  /** With one. */
  capturedId: string;
}

/** The counter and the hash that go back with an edit or a decision. */
export interface Shown {
  version: number;
  hash: string;
}

export interface CheckObjects {
  claim(options?: ClaimOptions): Promise<{ id: string; clusterId: string }>;
  claimMedia(claimId: string, by: Person): Promise<string>;
  check(options?: CheckOptions): Promise<MadeCheck>;
  /** Ends a fact that others may have built on. */
  endFact(made: MadeCheck, how: 'corrected' | 'void'): Promise<void>;
  shownCheck(id: string): Promise<Shown>;
}

async function insertClaim(
  tx: DatabaseTransaction,
  {
    reporter,
    ownerUnit,
    restricted,
    state,
    cluster,
    text,
  }: Record<'reporter' | 'ownerUnit', string> & {
    restricted: boolean;
    state: ClaimState;
    cluster: string | null;
    text: string;
  },
): Promise<{ id: string; clusterId: string }> {
  const { rows } = await sql<{ id: string; clusterId: string }>`
    with fresh as (insert into clusters select where ${cluster}::uuid is null returning id)
    insert into claims (cluster_id, kind, text, language, reporter_id, owner_unit_id, restricted, state, state_reason)
    select coalesce((select id from fresh), ${cluster}::uuid), 'other', ${text}, 'hi', ${reporter}, ${ownerUnit},
           ${restricted}, ${state}, case when ${state} in ('not_checkable','no_answer_needed') then 'कारण' end
    returning id, cluster_id`.execute(tx);
  const made = rows[0];
  if (made === undefined) throw new Error('no claim was made');
  return made;
}

export function createCheckObjects({ callers, as, unit, file, house }: Making): CheckObjects {
  let captured: Promise<{ sha256: string }> | null = null;

  function claim(options: ClaimOptions = {}) {
    const {
      by = 'researcher',
      unit: code = 'S',
      restricted = false,
      state = 'new',
      cluster = null,
    } = options;
    const reporter = callers.ids[by];
    const text = options.text ?? 'नदी का पुल टूट गया';
    return as(reporter, (tx) =>
      insertClaim(tx, { reporter, ownerUnit: unit(code), restricted, state, cluster, text }),
    );
  }

  async function insertSource(
    tx: DatabaseTransaction,
    made: { checkId: string; id: string; author: string },
    source: { url: string; tier: string; sha256: string | null },
  ): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      insert into evidence (check_id, publisher, tier, url, file_sha256, created_by)
      values (${made.checkId}, 'Publisher', ${source.tier}, ${source.url}, ${source.sha256}, ${made.author})
      returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    await sql`insert into check_evidence (check_version_id, evidence_id) values (${made.id}, ${id})`.execute(
      tx,
    );
    return id;
  }

  async function draft(options: CheckOptions): Promise<MadeCheck> {
    const { by = 'researcher', unit: code = 'S', restricted = false, verdict = 'false' } = options;
    captured ??= file();
    const { sha256 } = await captured;
    const author = callers.ids[by];
    const text = options.text ?? 'नदी का पुल टूट गया';
    return as(author, async (tx) => {
      const ownerUnit = unit(code);
      const claimed = { reporter: author, ownerUnit, restricted, cluster: null, text };
      const made = await insertClaim(tx, { ...claimed, state: 'checking' });
      const { rows } = await sql<{ id: string; checkId: string }>`
        with head as (
          insert into checks (cluster_id, lead_claim_id, owner_unit_id, created_by)
          values (${made.clusterId}, ${made.id}, ${ownerUnit}, ${author}) returning id
        ) select id as check_id, uuid_v7() as id from head`.execute(tx);
      const { id = '', checkId = '' } = rows[0] ?? {};
      await sql`insert into check_versions (id, check_id, cluster_id, number, verdict, created_by)
        values (${id}, ${checkId}, ${made.clusterId}, 1, ${verdict}, ${author})`.execute(tx);
      await sql`insert into check_texts (check_version_id, language, headline, summary)
        values (${id}, 'hi', 'पुल सुरक्षित है', 'विभाग ने पुष्टि की।')`.execute(tx);
      const version = { id, checkId, author };
      const first = { url: 'https://one.example/a', tier: 'official', sha256 };
      const capturedId = await insertSource(tx, version, first);
      const second = { url: 'https://two.example/b', tier: 'press', sha256: null };
      const evidenceId = await insertSource(tx, version, second);
      return { id, checkId, claimId: made.id, clusterId: made.clusterId, capturedId, evidenceId };
    });
  }

  async function submit(id: string, by: string): Promise<void> {
    await as(by, (tx) => sql`update check_versions set state = 'in_review' where id = ${id}`.execute(tx));
  }

  /** Verified by someone who wrote none of it and whom no row asks as. */
  async function verify(id: string): Promise<void> {
    const verifier = house.world.members.reviewer2;
    await as(verifier, async (tx) => {
      await sql`update check_versions set state = 'verified', verified_by = ${verifier},
        verified_hash = check_version_hash(id) where id = ${id}`.execute(tx);
      await sql`update claims set state = 'answered' where state = 'checking'
        and cluster_id = (select cluster_id from check_versions where id = ${id})`.execute(tx);
    });
  }

  async function correct(made: MadeCheck): Promise<void> {
    const author = callers.ids.researcher;
    const next = await as(author, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        insert into check_versions (check_id, cluster_id, number, based_on, verdict, created_by)
        values (${made.checkId}, ${made.clusterId}, 2, ${made.id}, 'misleading', ${author}) returning id`.execute(
        tx,
      );
      const id = rows[0]?.id ?? '';
      await sql`insert into check_texts (check_version_id, language, headline, summary)
        values (${id}, 'hi', 'सुधारा हुआ तथ्य', 'नया आँकड़ा।')`.execute(tx);
      await sql`insert into check_evidence (check_version_id, evidence_id)
        select ${id}, evidence_id from check_evidence where check_version_id = ${made.id}`.execute(tx);
      return id;
    });
    await submit(next, author);
    await verify(next);
  }

  async function endFact(made: MadeCheck, how: 'corrected' | 'void'): Promise<void> {
    if (how === 'corrected') return correct(made);
    await as(house.world.members.reviewer2, (tx) =>
      sql`update check_versions set state = 'void', void_reason = 'गलत स्रोत' where id = ${made.id}`.execute(
        tx,
      ),
    );
  }

  return {
    claim,
    endFact,

    async claimMedia(claimId, by) {
      const { sha256 } = await file();
      const { rows } = await as(callers.ids[by], (tx) =>
        sql<{ id: string }>`
          insert into claim_media (claim_id, file_sha256, kind, name, created_by)
          values (${claimId}, ${sha256}, 'image', 'bridge.jpg', ${callers.ids[by]}) returning id`.execute(tx),
      );
      return rows[0]?.id ?? '';
    },

    async check({ state = 'draft', ...options } = {}) {
      const author = callers.ids[options.by ?? 'researcher'];
      const made = await draft(options);
      if (state === 'draft') return made;
      await submit(made.id, author);
      if (state === 'in_review') return made;
      await verify(made.id);
      if (state === 'corrected' || state === 'void') await endFact(made, state);
      return made;
    },

    async shownCheck(id) {
      const { rows } = await sql<Shown>`
        select version, check_version_hash(id) as hash from check_versions where id = ${id}`.execute(
        house.db,
      );
      return rows[0] ?? { version: 0, hash: '' };
    },
  };
}
