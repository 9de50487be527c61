import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { oneAtATime, readAllowance } from './quotas.repository.js';

export interface Quotas {
  /**
   * Throws `too_large` when the member would bring in more within 24 hours than the organisation allows, and
   * `storage_full` when the disk would have less left than it keeps free. Asked before bytes are taken.
   */
  admit(actor: Actor, bytes: number, tx?: DatabaseTransaction): Promise<void>;
  /**
   * Throws as `admit` when what this transaction has entered is too much. Files that came side by side, each admitted
   * before the others were entered, pass here one after the other.
   */
  confirm(actor: Actor, tx: DatabaseTransaction): Promise<void>;
}

export interface QuotasOptions {
  db: Database;
  /** Of the disk the files are kept on. */
  freeBytes(): Promise<number>;
}

/** Rounded down, so that what is said to fit fits. */
function inWords(bytes: number): { hi: string; en: string } {
  const [unit, hi, en] =
    bytes >= 1_000_000_000
      ? [1_000_000_000, 'जीबी', 'GB']
      : bytes >= 1_000_000
        ? [1_000_000, 'एमबी', 'MB']
        : [1000, 'केबी', 'kB'];
  const number = Math.floor((bytes / Number(unit)) * 10) / 10;
  return { hi: `${number} ${hi}`, en: `${number} ${en}` };
}

function dayIsFull(limit: number, left: number): AppError {
  const [most, rest] = [inWords(limit), inWords(Math.max(left, 0))];
  return new AppError('too_large', {
    messages: {
      hi: `एक सदस्य 24 घंटे में ${most.hi} तक अपलोड कर सकता है; अभी ${rest.hi} बाक़ी है। बाद में भेजें या व्यवस्थापक से सीमा बढ़वाएँ।`,
      en: `A member may upload ${most.en} within 24 hours; ${rest.en} is left now. Send it later, or ask an administrator for more.`,
    },
  });
}

export function createQuotas({ db, freeBytes }: QuotasOptions): Quotas {
  async function admit(actor: Actor, bytes: number, tx?: DatabaseTransaction): Promise<void> {
    const { memberDayBytes, freeDiskBytes, used } = await readAllowance(tx ?? db, actor.memberId);
    if (used + bytes > memberDayBytes) throw dayIsFull(memberDayBytes, memberDayBytes - used);
    if ((await freeBytes()) - bytes < freeDiskBytes) throw new AppError('storage_full');
  }

  return {
    admit,

    async confirm(actor, tx) {
      await oneAtATime(tx, actor.memberId);
      await admit(actor, 0, tx);
    },
  };
}
