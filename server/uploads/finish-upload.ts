import Value from 'typebox/value';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { CreativeUploadFields } from '../contract/creative.js';
import type { CreativesService } from '../creatives/creatives.service.js';
import { AppError } from '../errors.js';
import { type FileRules, headBytes, type SniffedType } from '../http/file-rules.js';
import type { Actor } from '../sessions/actor.js';
import { type Hold, holdingOn } from './hold.js';
import type { PartFiles } from './part-files.js';
import { settleUpload, type UploadRow } from './uploads.repository.js';

export interface FinishOptions {
  parts: PartFiles;
  files: Pick<FileStore, 'adopt' | 'stat' | 'openRange'>;
  rules: FileRules;
  creatives: Pick<CreativesService, 'upload'>;
  holdMs: number;
}

async function headOfStored(files: FinishOptions['files'], upload: UploadRow): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const end = Math.min(headBytes, upload.size) - 1;
  for await (const piece of await files.openRange(upload.sha256, { start: 0, end })) pieces.push(piece);
  return Buffer.concat(pieces);
}

function fieldsOf({ fields }: UploadRow): CreativeUploadFields {
  if (Value.Check(CreativeUploadFields, fields)) return fields;
  throw new AppError('internal', { cause: new Error('the fields of an upload are not what was checked') });
}

/**
 * Makes a whole file a creative. Each step can be done again after a crash: the file is compared and adopted by its
 * hash, and the creative's row and the upload's are written in one transaction that names the holder, so one file
 * becomes one creative.
 */
export function createFinish({ parts, files, rules, creatives, holdMs }: FinishOptions) {
  /** Into the store, if it is what its sender said; gives its type. */
  async function store(upload: UploadRow): Promise<SniffedType> {
    const { id, size, sha256 } = upload;
    const there = await parts.sizeOf(id);
    if (there === null) {
      // A process that was killed has adopted it already; else its file is lost.
      if ((await files.stat(sha256))?.size !== size) throw new AppError('gone');
      return rules.accept(await headOfStored(files, upload));
    }
    if (upload.contested) await parts.detach(id);
    if (there !== size || (await parts.hash(id)) !== sha256) throw new AppError('checksum_mismatch');
    const type = rules.accept(await parts.head(id));
    rules.measure(size, type.kind);
    const kept = await files.adopt(parts.pathOf(id));
    if (kept.sha256 === sha256) return type;
    throw new AppError('internal', { cause: new Error('the stored file differs from what was received') });
  }

  return (actor: Actor, hold: Hold): Promise<string> =>
    holdingOn(hold, holdMs, async () => {
      const { upload, holder } = hold;
      const { id, sha256, size, originalName } = upload;
      const { mime, kind } = await store(upload);
      const received = { sha256, size, mime, kind, originalName, fields: fieldsOf(upload) };
      const creative = await creatives.upload(actor, received, async (tx, creativeId) => {
        if (!(await settleUpload(tx, { id, holder, creativeId }))) throw new AppError('in_use');
      });
      return creative.id;
    });
}

export type Finish = ReturnType<typeof createFinish>;
