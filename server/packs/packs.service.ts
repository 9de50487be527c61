import type { Capability } from '../contract/capabilities.js';
import type {
  ApproveDecision,
  NextVersion,
  PackDraft,
  PackEdit,
  PackListQuery,
  PackPage,
  PackVersion,
} from '../contract/pack.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { approvePack, expirePack, nextPack, returnPack, submitPack } from './decide-pack.js';
import { createPack, type EditingPacks, editPack } from './edit-pack.js';
import { findPackContent, type PackContent } from './pack-content.repository.js';
import { requirePack, showPack, unitsOf } from './pack-desk.js';
import { listPacks, type PackHead } from './packs.repository.js';

type Handle = Database | DatabaseTransaction;

export type { PackHead };

/** What releasing and the inbox need of packs; it works in the caller's transaction. */
export interface PackDesk {
  /** A version's head for whom may do this with it, held until the transaction ends when `lock` is set. */
  require(
    db: Handle,
    wanted: { actor: Actor; capability: Capability; id: string; lock?: boolean },
  ): Promise<PackHead>;
  /** The whole version, without asking who looks. */
  show(db: Handle, id: string): Promise<PackVersion>;
  /** Its words and facts, without asking who looks. */
  content(db: Handle, id: string): Promise<PackContent>;
}

export interface PacksService {
  list(actor: Actor, query: PackListQuery): Promise<PackPage>;
  create(actor: Actor, draft: PackDraft): Promise<PackVersion>;
  read(actor: Actor, id: string): Promise<PackVersion>;
  edit(actor: Actor, id: string, version: number, edit: PackEdit): Promise<PackVersion>;
  submit(actor: Actor, id: string, version: number): Promise<PackVersion>;
  /** Approves exactly what was shown: the hash of it comes back with the decision. */
  approve(actor: Actor, id: string, decision: ApproveDecision): Promise<PackVersion>;
  return(actor: Actor, id: string, comment: string): Promise<PackVersion>;
  /** Opens the next version: a correction or an update. */
  next(actor: Actor, id: string, next: NextVersion): Promise<PackVersion>;
  expire(actor: Actor, id: string): Promise<PackVersion>;
  desk: PackDesk;
}

export function createPacksService({ db, change, jobs }: { db: Database } & EditingPacks): PacksService {
  return {
    async list(actor, { limit = 30, ...query }) {
      demand(actor, 'desk.read');
      const rows = await listPacks(db, { query, limit, unitIds: unitsOf(actor) });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    create: (actor, draft) => createPack({ change, jobs }, actor, draft),
    async read(actor, id) {
      await requirePack(db, { actor, capability: 'desk.read', id });
      return showPack(db, id);
    },
    edit: (actor, id, version, edit) => editPack({ change, jobs }, actor, { id, version, edit }),
    submit: (actor, id, version) => submitPack(change, actor, { id, version }),
    approve: (actor, id, decision) => approvePack(change, actor, { id, decision }),
    return: (actor, id, comment) => returnPack(change, actor, { id, comment }),
    next: (actor, id, next) => nextPack(change, actor, { id, next }),
    expire: (actor, id) => expirePack(change, actor, id),
    desk: {
      require: requirePack,
      show: showPack,
      async content(handle, id) {
        const content = await findPackContent(handle, id);
        if (content === undefined) throw new AppError('not_found');
        return content;
      },
    },
  };
}
