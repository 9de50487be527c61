import type { FileStore } from '../../pipeline/files/file-store.js';
import type { Change } from '../audit/change.js';
import type { Selector } from '../contract/release.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { PackDesk } from '../packs/packs.service.js';

/** Turns a selector into the units it means on a day (YYYY-MM-DD). */
export type ResolveSelector = (
  db: Database | DatabaseTransaction,
  selector: Selector,
  on?: string,
) => Promise<string[]>;

export interface ReleasesDependencies {
  db: Database;
  change: Change;
  packs: PackDesk;
  resolveSelector: ResolveSelector;
}

export interface InboxDependencies {
  db: Database;
  change: Change;
  packs: Pick<PackDesk, 'content'>;
  files: Pick<FileStore, 'openRange'>;
}
