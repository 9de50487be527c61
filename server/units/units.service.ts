import type { Static } from 'typebox';
import type { Change } from '../audit/change.js';
import type {
  Unit,
  UnitDraft,
  UnitListQuery,
  UnitMove,
  UnitPage,
  UnitTypeList,
} from '../contract/administration.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { pageOf, usualPage } from '../database/page.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { insertFirstParent, judgeMove, lockTree, replaceParent } from './unit-parents.repository.js';
import { findUnit, insertUnit, listUnits, listUnitTypes, unitPath } from './units.repository.js';

export interface UnitsService {
  types(): Promise<Static<typeof UnitTypeList>>;
  /** By code; `q` is the beginning of a name in either language or of a code. */
  list(query: UnitListQuery): Promise<Static<typeof UnitPage>>;
  read(id: string): Promise<Unit>;
  create(actor: Actor, draft: UnitDraft): Promise<Unit>;
  /** From a day on, today or later; moves planned for later give way. Throws `conflict` when it would close a loop. */
  move(actor: Actor, id: string, move: UnitMove): Promise<Unit>;
  /** The unit and all units above it, nearest first; empty when there is no such unit. */
  path(unitId: string): Promise<readonly string[]>;
}

const noSuchParent = () =>
  new AppError('invalid_input', {
    fields: [{ path: '/parentId', messages: { hi: 'यह इकाई नहीं मिली।', en: 'There is no such unit.' } }],
  });

export function createUnitsService({ db, change }: { db: Database; change: Change }): UnitsService {
  async function found(tx: Database | DatabaseTransaction, id: string): Promise<Unit> {
    const unit = await findUnit(tx, id);
    if (unit === null) throw new AppError('not_found');
    return unit;
  }

  /** The new parent must exist and be the actor's to manage. */
  async function demandParent(tx: DatabaseTransaction, actor: Actor, parentId: string): Promise<void> {
    const ownerPath = await unitPath(tx, parentId);
    if (ownerPath.length === 0) throw noSuchParent();
    demand(actor, 'units.manage', { ownerPath });
  }

  return {
    types: () => listUnitTypes(db),

    async list({ limit = usualPage, ...query }) {
      return pageOf(await listUnits(db, { ...query, limit }), limit);
    },

    read: (id) => found(db, id),

    async create(actor, { parentId, ...draft }) {
      return change(actor, async ({ tx, audit }) => {
        await lockTree(tx);
        await demandParent(tx, actor, parentId);
        const id = await insertUnit(tx, draft);
        await insertFirstParent(tx, { unitId: id, parentId });
        audit({
          act: 'unit.created',
          objectKind: 'unit',
          objectId: id,
          payload: { code: draft.code, type: draft.type, parentId },
        });
        return found(tx, id);
      });
    },

    async move(actor, id, { parentId, from }) {
      return change(actor, async ({ tx, audit }) => {
        await lockTree(tx);
        const ownerPath = await unitPath(tx, id);
        if (ownerPath.length === 0) throw new AppError('not_found');
        demand(actor, 'units.manage', { ownerPath });
        await demandParent(tx, actor, parentId);
        const judgement = await judgeMove(tx, { unitId: id, parentId, from });
        if (judgement.past) {
          const messages = { hi: 'आज या आगे का दिन चुनें।', en: 'Choose today or a later day.' };
          throw new AppError('invalid_input', { fields: [{ path: '/from', messages }] });
        }
        if (judgement.loops) {
          const messages = {
            hi: 'कोई इकाई अपने ही नीचे नहीं आ सकती।',
            en: 'A unit cannot stand below itself.',
          };
          throw new AppError('conflict', { messages });
        }
        await replaceParent(tx, { unitId: id, parentId, from: judgement.from });
        audit({
          act: 'unit.moved',
          objectKind: 'unit',
          objectId: id,
          payload: { parentId, from: judgement.from, previousParentId: judgement.previousParentId },
        });
        return found(tx, id);
      });
    },

    path: (unitId) => unitPath(db, unitId),
  };
}
