import { createHash } from 'node:crypto';
import type { Database } from '../database/database.js';
import { type ChainRow, readChain } from './audit.repository.js';

export interface Verification {
  ok: boolean;
  /** Rows found sound, all of them when `ok`. */
  rows: number;
  brokenSeq?: number;
  reason?: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What stands before the first row. */
const beginning = { seq: 0, hash: '0'.repeat(64) };

/** The hash a row must have, worked out here and not by the database that is being checked. */
function hashOf(row: ChainRow): string {
  const { previousHash, seq, at, role, act, objectKind, payloadHash } = row;
  const ids = { actor: row.actorId ?? '-', object: row.objectId ?? '-', request: row.requestId ?? '-' };
  return sha256(
    [previousHash, seq, at, ids.actor, role, act, objectKind, ids.object, ids.request, payloadHash].join(
      '\n',
    ),
  );
}

function faultOf(row: ChainRow, before: { seq: number; hash: string }): string | null {
  if (row.seq !== before.seq + 1) return `rows are missing before it: the last one is number ${before.seq}`;
  if (row.previousHash !== before.hash) return 'it does not follow from the row before it';
  if (row.hash !== hashOf(row)) return 'its content is not what was written';
  if (row.payload !== null && sha256(row.payload) !== row.payloadHash)
    return 'its payload is not what was written';
  return null;
}

/**
 * Walks the audit chain from its beginning and stops at the first row that is not as it was written. Payloads may
 * have been erased. Rows cut off at the very end cannot be told from rows never written: compare the number of rows,
 * or the last hash, with one noted elsewhere.
 */
export async function verifyChain(
  db: Database,
  { batch = 2000 }: { batch?: number } = {},
): Promise<Verification> {
  let before = beginning;
  for (;;) {
    const rows = await readChain(db, { after: before.seq, limit: batch });
    for (const row of rows) {
      const reason = faultOf(row, before);
      if (reason !== null) return { ok: false, rows: before.seq, brokenSeq: row.seq, reason };
      before = row;
    }
    if (rows.length < batch) return { ok: true, rows: before.seq };
  }
}
