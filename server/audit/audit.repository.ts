import { sql } from 'kysely';
import type { AuditRow } from '../contract/administration.js';
import type { Database } from '../database/database.js';

/** Newest first, below `before`. */
export async function listAudit(
  db: Database,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditRow[]> {
  const older = before === undefined ? sql`true` : sql`a.seq < ${before}`;
  const { rows } = await sql<AuditRow>`
    select a.seq, a.at, member_ref(a.actor_id) as actor, a.role, a.act, a.object_kind, a.object_id, a.hash
      from audit a where ${older} order by a.seq desc limit ${limit}`.execute(db);
  return rows;
}

/** A row with everything its hash covers, each part in the very words that were hashed. */
export interface ChainRow {
  seq: number;
  /** UTC with microseconds and no zone, as `audit_row_hash` writes it. */
  at: string;
  actorId: string | null;
  role: string;
  act: string;
  objectKind: string;
  objectId: string | null;
  requestId: string | null;
  payloadHash: string;
  previousHash: string;
  hash: string;
  /** The payload's text as it was hashed; null when it was erased. */
  payload: string | null;
}

export async function readChain(
  db: Database,
  { after, limit }: { after: number; limit: number },
): Promise<ChainRow[]> {
  const { rows } = await sql<ChainRow>`
    select a.seq, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, a.actor_id, a.role, a.act,
           a.object_kind, a.object_id, a.request_id, a.payload_hash, a.previous_hash, a.hash, p.payload::text as payload
      from audit a left join audit_payloads p on p.seq = a.seq
     where a.seq > ${after} order by a.seq limit ${limit}`.execute(db);
  return rows;
}
