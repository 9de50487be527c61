import { sql } from 'kysely';
import type { SearchIndex } from '../../search/search-index.js';
import type { Change, ChangeContext } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import type {
  AppearanceDraft,
  Claim,
  ClaimDraft,
  ClaimLease,
  ClaimListQuery,
  ClaimPage,
  ClaimStateChange,
} from '../contract/claim.js';
import type { MediaKind } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { MediaPrintsService } from '../media-matches/media-prints.service.js';
import type { Actor } from '../sessions/actor.js';
import { demand, ownerUnitFor } from '../sessions/permission.policy.js';
import type { Quotas } from '../uploads/quotas.js';
import {
  dropLease,
  insertAnswerSeen,
  insertAppearances,
  insertClaim,
  insertMedia,
  takeLease,
  touchClaim,
  updateClaimState,
} from './claim-writes.repository.js';
import { demandMove, demandPast } from './claims.policy.js';
import {
  type ClaimSubject,
  findClaimMedia,
  findClaimSubject,
  listClaims,
  readClaim,
} from './claims.repository.js';
import { findByWords } from './found-claims.js';

/** A file that was stored while it came in; `kind` and `mime` by its content. */
export interface StoredUpload {
  sha256: string;
  size: number;
  mime: string;
  kind: MediaKind;
  name: string;
}

/** Claims as something said: logged, triaged, taken, shown. Their clusters and checks are features of their own. */
export interface ClaimsService {
  list(actor: Actor, query: ClaimListQuery): Promise<ClaimPage>;
  read(actor: Actor, id: string): Promise<Claim>;
  /** `also` runs in the same transaction, before the claim is read back. */
  create(
    actor: Actor,
    draft: Omit<ClaimDraft, 'join'>,
    also?: (context: ChangeContext, claimId: string) => Promise<void>,
  ): Promise<Claim>;
  /** `version` is the one the actor looked at; an older one is refused with the claim as it is now. */
  setState(actor: Actor, id: string, version: number, change: ClaimStateChange): Promise<Claim>;
  lease(actor: Actor, id: string, lease: ClaimLease): Promise<Claim>;
  /** Notes that the reporter has opened what it reported as it is answered now; nothing when it is not. */
  seeAnswer(actor: Actor, id: string): Promise<Claim>;
  addAppearance(actor: Actor, id: string, appearance: AppearanceDraft): Promise<Claim>;
  /** Throws as `addMedia` would, so that a file that may not be attached is not received. */
  mayAddMedia(actor: Actor, id: string): Promise<void>;
  addMedia(actor: Actor, id: string, upload: StoredUpload): Promise<Claim>;
  media(actor: Actor, mediaId: string): Promise<StoredUpload>;
  /** For other features: the claim if the actor may do this to it, else the refusal. */
  subject(actor: Actor, id: string, capability: Capability, tx?: DatabaseTransaction): Promise<ClaimSubject>;
  /** For other features: the claim as the actor sees it inside their transaction. */
  readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<Claim>;
}

export interface ClaimsDependencies {
  db: Database;
  change: Change;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
  prints: Pick<MediaPrintsService, 'want'>;
  quotas: Pick<Quotas, 'confirm'>;
  index: Pick<SearchIndex, 'search' | 'health'>;
  topics: { demandKnown(tx: DatabaseTransaction, code: string): Promise<void> };
}

/** The desk hears of open claims; a reporter outside it hears of its own. */
export function tellOfClaim(live: ChangeContext['live'], actor: Actor, subject: ClaimSubject): void {
  live({ topic: 'claim', id: subject.id, ...(subject.restricted && { ownerPath: subject.ownerPath }) });
  if (subject.reporterId !== actor.memberId)
    live({ topic: 'claim', id: subject.id, memberId: subject.reporterId });
}

/** The unit a new claim belongs to: one the reporter is placed on or above. */
async function ownerUnitOf(tx: DatabaseTransaction, actor: Actor, wanted: string | undefined) {
  if (wanted === undefined) return ownerUnitFor(actor, 'claims.report');
  const { rows } = await sql<{ path: string[] }>`select unit_path(${wanted}::uuid) as path`.execute(tx);
  const path = rows[0]?.path ?? [];
  if (path.length === 0) {
    const messages = { hi: 'यह इकाई नहीं मिली।', en: 'There is no such unit.' };
    throw new AppError('invalid_input', { fields: [{ path: '/ownerUnitId', messages }] });
  }
  const placed = actor.appointments.some(
    ({ unitId, capabilities }) => capabilities.includes('claims.report') && path.includes(unitId),
  );
  if (!placed) throw new AppError('not_allowed');
  return wanted;
}

export function createClaimsService({
  db,
  change,
  audiences,
  index,
  topics,
  prints,
  quotas,
}: ClaimsDependencies): ClaimsService {
  async function subject(
    actor: Actor,
    id: string,
    capability: Capability,
    tx?: DatabaseTransaction,
  ): Promise<ClaimSubject> {
    const found = await findClaimSubject(tx ?? db, id);
    if (found === undefined) throw new AppError('not_found');
    demand(actor, capability, found);
    return found;
  }

  async function readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<Claim> {
    const claim = await readClaim(tx, await audiences.of(actor, tx), id);
    if (claim === undefined) throw new AppError('not_found');
    return claim;
  }

  return {
    subject,
    readWithin,

    async list(actor, { q = '', ...query }) {
      const viewer = await audiences.of(actor);
      const found = q.trim() === '' ? null : await findByWords(index, viewer, q);
      return listClaims(db, viewer, query, found);
    },

    async read(actor, id) {
      const claim = await readClaim(db, await audiences.of(actor), id);
      if (claim === undefined) throw new AppError('not_found');
      return claim;
    },

    create(actor, draft, also) {
      demandPast(draft.appearances ?? [], Date.now());
      return change(actor, async (context) => {
        const { tx, audit, live } = context;
        if (draft.topic !== undefined) await topics.demandKnown(tx, draft.topic);
        const ownerUnitId = await ownerUnitOf(tx, actor, draft.ownerUnitId);
        const id = await insertClaim(tx, { draft, reporterId: actor.memberId, ownerUnitId });
        audit({
          act: 'claim.created',
          objectKind: 'claim',
          objectId: id,
          payload: { ...draft, ownerUnitId },
        });
        const { restricted, ownerPath } = await subject(actor, id, 'claims.report', tx);
        live({ topic: 'claim', id, ...(restricted && { ownerPath }) });
        await also?.(context, id);
        return readWithin(tx, actor, id);
      });
    },

    setState(actor, id, version, wanted) {
      return change(actor, async ({ tx, audit, live }) => {
        const found = await subject(actor, id, 'claims.triage', tx);
        const now = await readWithin(tx, actor, id);
        if (found.version !== version) throw new AppError('stale_version', { details: { current: now } });
        demandMove(found.state, wanted, { hasFact: now.cluster.factId !== null });
        const { state, reason = null } = wanted;
        if (!(await updateClaimState(tx, { id, version, state, reason }))) {
          const current = await readWithin(tx, actor, id);
          throw new AppError('stale_version', { details: { current } });
        }
        const payload = { from: found.state, to: state, reason };
        audit({ act: 'claim.state_set', objectKind: 'claim', objectId: id, payload });
        tellOfClaim(live, actor, found);
        return readWithin(tx, actor, id);
      });
    },

    lease(actor, id, { take, minutes = 120 }) {
      return change(actor, async ({ tx, audit, live }) => {
        const found = await subject(actor, id, 'claims.triage', tx);
        const { memberId } = actor;
        const done = take
          ? await takeLease(tx, { id, memberId, minutes })
          : await dropLease(tx, { id, memberId });
        if (!done) {
          const { assignee, leaseUntil } = await readWithin(tx, actor, id);
          const name = assignee?.name ?? '?';
          throw new AppError('conflict', {
            messages: {
              hi: `इस दावे पर अभी ${name} काम कर रहे हैं।`,
              en: `${name} is answering this claim now.`,
            },
            details: { assignee, leaseUntil },
          });
        }
        const act = take ? 'claim.lease_taken' : 'claim.lease_dropped';
        audit({ act, objectKind: 'claim', objectId: id, payload: take ? { minutes } : {} });
        tellOfClaim(live, actor, found);
        return readWithin(tx, actor, id);
      });
    },

    seeAnswer(actor, id) {
      return change(actor, async ({ tx }) => {
        const { reporter, cluster, ...claim } = await readWithin(tx, actor, id);
        if (reporter.id !== actor.memberId) throw new AppError('not_allowed');
        if (!claim.unreadAnswer) return { ...claim, reporter, cluster };
        await insertAnswerSeen(tx, { id, withFact: cluster.factId !== null });
        return readWithin(tx, actor, id);
      });
    },

    addAppearance(actor, id, appearance) {
      demandPast([appearance], Date.now(), () => '');
      return change(actor, async ({ tx, audit, live }) => {
        const found = await subject(actor, id, 'claims.report', tx);
        await insertAppearances(tx, id, actor.memberId, [appearance]);
        await touchClaim(tx, id);
        audit({ act: 'claim.appearance_added', objectKind: 'claim', objectId: id, payload: appearance });
        tellOfClaim(live, actor, found);
        return readWithin(tx, actor, id);
      });
    },

    async mayAddMedia(actor, id) {
      await subject(actor, id, 'claims.report');
    },

    addMedia(actor, id, upload) {
      return change(actor, async ({ tx, audit, live }) => {
        const found = await subject(actor, id, 'claims.report', tx);
        const mediaId = await insertMedia(tx, { claimId: id, memberId: actor.memberId, ...upload });
        if (mediaId !== null) {
          const { sha256, kind } = upload;
          await quotas.confirm(actor, tx);
          await prints.want(tx, { sha256, kind, requestedBy: actor.memberId });
          await touchClaim(tx, id);
          const payload = { mediaId, ...upload };
          audit({ act: 'claim.media_added', objectKind: 'claim', objectId: id, payload });
          tellOfClaim(live, actor, found);
        }
        return readWithin(tx, actor, id);
      });
    },

    async media(actor, mediaId) {
      const found = await findClaimMedia(db, mediaId);
      if (found === undefined) throw new AppError('not_found');
      const { claimId, ...upload } = found;
      await subject(actor, claimId, 'desk.read');
      return upload;
    },
  };
}
