import type { Change } from '../audit/change.js';
import type { Organisation, OrganisationEdit } from '../contract/administration.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demandAtTop } from '../sessions/permission.policy.js';
import { editOrganisation, readOrganisation } from './organisation.repository.js';

export interface OrganisationService {
  read(): Promise<Organisation>;
  /** Throws `stale_version` with the present state when `version` is not the last. */
  edit(actor: Actor, version: number, edit: OrganisationEdit): Promise<Organisation>;
}

export function createOrganisationService({
  db,
  change,
}: {
  db: Database;
  change: Change;
}): OrganisationService {
  async function found(tx: Database | DatabaseTransaction): Promise<Organisation> {
    const organisation = await readOrganisation(tx);
    if (organisation === null) throw new AppError('not_found');
    return organisation;
  }

  return {
    read: () => found(db),

    async edit(actor, version, edit) {
      demandAtTop(actor, 'organisation.manage');
      return change(actor, async ({ tx, audit }) => {
        if (!(await editOrganisation(tx, { edit, version })))
          throw new AppError('stale_version', { details: { current: await found(tx) } });
        audit({
          act: 'organisation.edited',
          objectKind: 'organisation',
          objectId: null,
          payload: edit,
        });
        return found(tx);
      });
    },
  };
}
