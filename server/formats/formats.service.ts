import type { Static } from 'typebox';
import type { FormatList } from '../contract/creative.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Actor } from '../sessions/actor.js';
import { type ActiveFormat, formatInfo } from './formats.policy.js';
import { listActiveFormats } from './formats.repository.js';

export interface FormatsService {
  /** The platform table as everyone signed in may see it. */
  list(actor: Actor): Promise<Static<typeof FormatList>>;
  /** The formats in force with all their numbers, for those who make renditions. */
  active(reader: Database | DatabaseTransaction): Promise<ActiveFormat[]>;
}

export function createFormatsService({ db }: { db: Database }): FormatsService {
  return {
    async list() {
      return { items: (await listActiveFormats(db)).map(formatInfo) };
    },
    active: (reader) => listActiveFormats(reader),
  };
}
