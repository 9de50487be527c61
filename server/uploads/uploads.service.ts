import type { Readable } from 'node:stream';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { mediaKinds } from '../contract/lists.js';
import type { Upload, UploadMetadata } from '../contract/upload.js';
import type { UploadLimits } from '../contract/upload-limits.js';
import type { CreativesService } from '../creatives/creatives.service.js';
import { type Database, transact } from '../database/database.js';
import { AppError } from '../errors.js';
import { cleanFileName } from '../http/file-name.js';
import { fileRules, headBytes, type Sniff } from '../http/file-rules.js';
import { explainFile, unsupported } from '../http/upload-problems.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { appendBytes } from './append-bytes.js';
import { createFinish } from './finish-upload.js';
import { type Hold, type HoldTimes, withHold } from './hold.js';
import { createPartFiles } from './part-files.js';
import type { Quotas } from './quotas.js';
import { oneAtATime } from './quotas.repository.js';
import {
  countOpen,
  findUpload,
  insertUpload,
  removeExpired,
  removeUpload,
  type UploadRow,
  uploadsAmong,
} from './uploads.repository.js';

export interface Part {
  offset: number;
  /** Bytes, when it is said. */
  length: number | null;
  source: Readable;
}

/** Large files in parts. An upload of another member answers like one that does not exist. */
export interface UploadsService {
  /** No file may be larger, bytes. */
  largest: number;
  create(actor: Actor, size: number, metadata: UploadMetadata): Promise<Pick<Upload, 'id' | 'expiresAt'>>;
  /** A file that is whole and no creative yet, because the server was stopped in between, becomes one now. */
  read(actor: Actor, id: string): Promise<Upload>;
  /**
   * Takes a part; the last one makes the creative. Throws `conflict` with `details.received` when it begins elsewhere,
   * `in_use` while another writes, `checksum_mismatch` or `unsupported_media` when the file is refused for good.
   */
  append(actor: Actor, id: string, part: Part): Promise<Upload>;
  cancel(actor: Actor, id: string): Promise<void>;
  /** Forgets what nobody goes on with; gives the number of files. */
  sweep(): Promise<number>;
}

export interface UploadsServiceOptions {
  db: Database;
  files: FileStore;
  sniff: Sniff;
  limits: UploadLimits;
  directory: string;
  quotas: Quotas;
  creatives: Pick<CreativesService, 'upload' | 'demandUpload'>;
  times?: HoldTimes;
}

const usualTimes: HoldTimes = { holdMs: 5000, keepMs: 24 * 3_600_000 };
/** A folder of films; more at once is no person. */
const mostOpen = 500;
const orphanMs = 10 * 60_000;
/** After these nothing that is sent again can help: the file goes at once. */
const finalCodes = new Set(['checksum_mismatch', 'unsupported_media', 'too_large', 'gone']);

function elsewhere(received: number): AppError {
  return new AppError('conflict', {
    details: { received },
    messages: {
      hi: `अब तक ${received} बाइट पहुँची हैं; वहीं से आगे भेजें।`,
      en: `${received} bytes have arrived so far; go on from there.`,
    },
  });
}

function shown({ id, originalName, sha256, size, received, expiresAt, creativeId }: UploadRow): Upload {
  return { id, originalName, sha256, size, received, expiresAt, creativeId };
}

export function createUploadsService(options: UploadsServiceOptions): UploadsService {
  const { db, files, sniff, limits, directory, quotas, creatives, times = usualTimes } = options;
  const parts = createPartFiles({ directory });
  const rules = fileRules({ sniff, limits, kinds: mediaKinds });
  const finish = createFinish({ parts, files, rules, creatives, holdMs: times.holdMs });

  async function own(actor: Actor, id: string): Promise<UploadRow> {
    demand(actor, 'creatives.write');
    const upload = await findUpload(db, { id, memberId: actor.memberId });
    if (!upload) throw new AppError('not_found');
    return upload;
  }

  /** Runs `work` as the only writer; a file that can never be taken leaves at once. */
  function alone<T>(id: string, work: (hold: Hold) => Promise<T>): Promise<T> {
    return withHold({ db, id, ...times }, async (hold) => {
      try {
        return await work(hold);
      } catch (error) {
        const known = explainFile(error);
        if (known instanceof AppError && finalCodes.has(known.code)) {
          await parts.remove(id);
          await removeUpload(db, { id, holder: hold.holder });
        }
        throw known;
      }
    });
  }

  /** Not worth the rest when the first bytes are of a kind that is not taken, or that may not be so large. */
  async function judge({ id, size }: UploadRow): Promise<void> {
    rules.measure(size, rules.accept(await parts.head(id)).kind);
  }

  async function take(actor: Actor, hold: Hold, { offset, source }: Part): Promise<void> {
    const { upload } = hold;
    const { id, size } = upload;
    let judged = upload.received >= headBytes;
    const received = await appendBytes({
      file: parts.pathOf(id),
      offset,
      size,
      source,
      saveEveryMs: times.holdMs / 5,
      async saved(reached) {
        await hold.keep(reached);
        if (judged || reached < Math.min(headBytes, size)) return;
        judged = true;
        await judge(upload);
      },
    });
    if (received === size) await finish(actor, hold);
  }

  /** Only whoever comes first does it; the others see that it is being done. */
  async function finishLate(actor: Actor, id: string): Promise<void> {
    try {
      await alone(id, async (hold) => {
        if (hold.upload.creativeId === null) await finish(actor, hold);
      });
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'in_use')) throw error;
    }
  }

  return {
    largest: rules.largest,

    async create(actor, size, { filename, sha256, ...fields }) {
      demand(actor, 'creatives.write');
      if (size === 0) throw unsupported('empty_file');
      rules.measure(size);
      await creatives.demandUpload(actor, fields);
      await parts.prepare();
      return transact(db, { actorId: actor.memberId }, async (tx) => {
        const { memberId } = actor;
        await oneAtATime(tx, memberId);
        if ((await countOpen(tx, memberId)) >= mostOpen) throw new AppError('too_many_requests');
        await quotas.admit(actor, size, tx);
        const originalName = cleanFileName(filename);
        return insertUpload(tx, { memberId, size, sha256, originalName, fields, keepMs: times.keepMs });
      });
    },

    async read(actor, id) {
      const upload = await own(actor, id);
      if (upload.received < upload.size || upload.creativeId !== null) return shown(upload);
      await finishLate(actor, id);
      return shown(await own(actor, id));
    },

    async append(actor, id, part) {
      const upload = await own(actor, id);
      if (upload.expired) throw new AppError('gone');
      if (part.offset !== upload.received) throw elsewhere(upload.received);
      if (part.length !== null && part.offset + part.length > upload.size) throw new AppError('too_large');
      if (upload.creativeId === null) {
        await alone(id, async (hold) => {
          // Someone may have been at it between the look and the hold.
          if (hold.upload.received !== part.offset) throw elsewhere(hold.upload.received);
          await take(actor, hold, part);
        });
      }
      return shown(await own(actor, id));
    },

    async cancel(actor, id) {
      await own(actor, id);
      await withHold({ db, id, ...times }, async ({ holder }) => {
        await parts.remove(id);
        await removeUpload(db, { id, holder });
      });
    },

    async sweep() {
      const gone = await removeExpired(db);
      for (const id of gone) await parts.remove(id);
      const old = await parts.idsOlderThan(orphanMs);
      const known = await uploadsAmong(db, old);
      const orphans = old.filter((id) => !known.has(id));
      for (const id of orphans) await parts.remove(id);
      return gone.length + orphans.length;
    },
  };
}
