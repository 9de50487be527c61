import { creativeInspect } from '../../pipeline/jobs/creative-inspect.job.js';
import { laneOf } from '../../pipeline/jobs.js';
import type { Change, ChangeContext } from '../audit/change.js';
import type {
  Creative,
  CreativeEdit,
  CreativeListQuery,
  CreativePage,
  CreativeTexts,
  CreativeUploadFields,
} from '../contract/creative.js';
import type { KnownCreatives } from '../contract/upload.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { recordFile } from '../database/record-file.js';
import { AppError } from '../errors.js';
import type { FormatsService } from '../formats/formats.service.js';
import type { FileToSend } from '../http/send-file.js';
import type { ReceivedFile } from '../http/upload.js';
import type { JobsService } from '../jobs/jobs.service.js';
import type { MediaPrintsService } from '../media-matches/media-prints.service.js';
import type { Actor } from '../sessions/actor.js';
import { demand, ownerUnitFor } from '../sessions/permission.policy.js';
import type { Quotas } from '../uploads/quotas.js';
import { demandCreative, type GuardedCreative, hearersOf, placesOf } from './creatives.policy.js';
import {
  findCreative,
  findCreativeFile,
  findUnitPath,
  insertCreative,
  knownCreatives,
  listCreatives,
  type NewCreative,
  updateCreative,
} from './creatives.repository.js';
import { framingProblems } from './framing.policy.js';
import { findDressing, isKnownFact } from './framings.repository.js';
import { listRenditions } from './renditions.repository.js';

export interface CreativesService {
  list(actor: Actor, query: CreativeListQuery): Promise<CreativePage>;
  /** The creatives of files that are there already, by the files' hashes. */
  known(actor: Actor, hashes: readonly string[]): Promise<KnownCreatives>;
  /** Throws what `upload` would throw for these fields, before any byte is taken. */
  demandUpload(actor: Actor, fields: CreativeUploadFields): Promise<void>;
  /**
   * Enters a file that is in the store and has it looked into by a worker. `settle` is part of the same transaction, for
   * whoever had the bytes admitted under a lock before; without it they are counted again here.
   */
  upload(
    actor: Actor,
    received: ReceivedFile<CreativeUploadFields>,
    settle?: (tx: DatabaseTransaction, creativeId: string) => Promise<void>,
  ): Promise<Creative>;
  read(actor: Actor, id: string): Promise<Creative>;
  /** For services that changed it and answer with it; permission is theirs. */
  readIn(tx: DatabaseTransaction, id: string): Promise<Creative>;
  /** Enters what was generated from a fact, in the caller's transaction and with the caller's permission. */
  generate(context: Pick<ChangeContext, 'tx' | 'live'>, generated: GeneratedCreative): Promise<string>;
  /** Throws `stale_version` with the creative as it is now. */
  edit(actor: Actor, id: string, version: number, edit: CreativeEdit): Promise<Creative>;
  /** The original, to be saved and never shown as a page. */
  file(actor: Actor, id: string): Promise<FileToSend>;
  /** A small JPEG of it; `not_found` until it has been looked into. */
  preview(actor: Actor, id: string): Promise<FileToSend>;
}

/** A file the server wrote, and the fact version it shows. */
export type GeneratedCreative = NewCreative & { file: { size: number; mime: string }; madeFrom: string };

export interface CreativesOptions {
  db: Database;
  change: Change;
  jobs: Pick<JobsService, 'enqueue'>;
  formats: Pick<FormatsService, 'active'>;
  prints: Pick<MediaPrintsService, 'want'>;
  quotas: Pick<Quotas, 'confirm'>;
}

const noFact = {
  hi: 'यह सत्यापित तथ्य नहीं है। सूची से सत्यापित तथ्य चुनें।',
  en: 'This is not a verified fact. Choose one from the list.',
};

function unknownRow(field: string): AppError {
  const messages = { hi: 'यह नहीं मिला।', en: 'This was not found.' };
  return new AppError('invalid_input', { fields: [{ path: `/${field}`, messages }] });
}

async function readWhole(
  db: Database | DatabaseTransaction,
  id: string,
): Promise<GuardedCreative & { creative: Creative }> {
  const found = await findCreative(db, id);
  if (!found) throw new AppError('not_found');
  const renditions = await listRenditions(db, { creativeId: id });
  const dressing = await findDressing(db, id);
  if (!dressing) throw new AppError('not_found');
  const { subtitles, ...chosen } = dressing;
  const creative = {
    ...found.creative,
    ...chosen,
    subtitles: subtitles.map(({ fileSha256: _internal, ...one }) => one),
    renditions,
  };
  return { ownerPath: found.ownerPath, restrictedTo: found.restrictedTo, creative };
}

export function createCreativesService({
  db,
  change,
  jobs,
  formats,
  prints,
  quotas,
}: CreativesOptions): CreativesService {
  async function ownerUnit(
    tx: Database | DatabaseTransaction,
    actor: Actor,
    wanted: string | undefined,
  ): Promise<string> {
    const ownerUnitId = wanted ?? ownerUnitFor(actor, 'creatives.write');
    const ownerPath = await findUnitPath(tx, ownerUnitId);
    if (!ownerPath) throw unknownRow('ownerUnitId');
    demand(actor, 'creatives.write', { ownerPath });
    return ownerUnitId;
  }

  async function storedFile(actor: Actor, id: string, which: 'original' | 'preview'): Promise<FileToSend> {
    const found = await findCreativeFile(db, id, which);
    if (!found) throw new AppError('not_found');
    const { ownerPath, restrictedTo, originalName, ...file } = found;
    demandCreative(actor, 'desk.read', { ownerPath, restrictedTo });
    return which === 'original'
      ? { ...file, name: originalName, disposition: 'attachment' }
      : { ...file, name: `${id}.jpg`, disposition: 'inline' };
  }

  /** Throws `invalid_input` for framings that do not suit and for a stamp of what is no fact. */
  async function checkEdit(
    tx: DatabaseTransaction,
    actor: Actor,
    creative: Creative,
    { framings, stampFactId }: CreativeEdit,
  ): Promise<void> {
    if (framings) {
      const specs = (await formats.active(tx)).map(({ spec }) => spec);
      const fields = framingProblems('framings', specs, creative, framings);
      if (fields.length > 0) throw new AppError('invalid_input', { fields });
    }
    if (stampFactId != null && !(await isKnownFact(tx, stampFactId, actor))) {
      throw new AppError('invalid_input', { fields: [{ path: '/stampFactId', messages: noFact }] });
    }
  }

  return {
    async list(actor, { limit = 30, mine, ...query }) {
      demand(actor, 'desk.read');
      const createdBy = mine === true ? actor.memberId : null;
      const rows = await listCreatives(db, { ...query, limit, createdBy, unitIds: placesOf(actor) });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    async known(actor, hashes) {
      demand(actor, 'desk.read');
      return { items: await knownCreatives(db, hashes, placesOf(actor)) };
    },

    async demandUpload(actor, { ownerUnitId, supersedesId }) {
      await ownerUnit(db, actor, ownerUnitId);
      if (supersedesId !== undefined && !(await findCreative(db, supersedesId)))
        throw unknownRow('supersedesId');
    },

    upload(actor, { fields, ...file }, settle) {
      return change(actor, async ({ tx, audit, live }) => {
        const { title, altText, language = actor.language, ownerUnitId: wantedUnit, ...rest } = fields;
        const ownerUnitId = await ownerUnit(tx, actor, wantedUnit);
        if (rest.supersedesId !== undefined && !(await findCreative(tx, rest.supersedesId))) {
          throw unknownRow('supersedesId');
        }
        const texts: CreativeTexts =
          title === undefined && altText === undefined
            ? {}
            : { [language]: { title: title ?? '', altText: altText ?? '' } };
        await recordFile(tx, file);
        const creative = { file, fields: rest, texts, ownerUnitId, createdBy: actor.memberId };
        const id = await insertCreative(tx, creative);
        await (settle ? settle(tx, id) : quotas.confirm(actor, tx));
        await jobs.enqueue(tx, creativeInspect, {
          payload: { creativeId: id },
          lane: laneOf(file.kind),
          requestedBy: actor.memberId,
        });
        const { sha256, size, mime, originalName } = file;
        await prints.want(tx, { sha256, kind: file.kind, requestedBy: actor.memberId });
        const payload = { sha256, size, mime, originalName, supersedesId: rest.supersedesId ?? null };
        audit({ act: 'creative.uploaded', objectKind: 'creative', objectId: id, payload });
        live({ topic: 'creative', id });
        return (await readWhole(tx, id)).creative;
      });
    },

    async read(actor, id) {
      const found = await readWhole(db, id);
      demandCreative(actor, 'desk.read', found);
      return found.creative;
    },

    edit(actor, id, version, edit) {
      return change(actor, async ({ tx, audit, live }) => {
        const before = await readWhole(tx, id);
        demandCreative(actor, 'creatives.write', before);
        await checkEdit(tx, actor, before.creative, edit);
        if (!(await updateCreative(tx, { id, version, edit }))) {
          const { creative: current } = await readWhole(tx, id);
          throw new AppError('stale_version', { details: { current } });
        }
        audit({ act: 'creative.edited', objectKind: 'creative', objectId: id, payload: edit });
        const after = await readWhole(tx, id);
        live({ topic: 'creative', id, ...hearersOf(after) });
        return after.creative;
      });
    },

    async generate({ tx, live }, { file, ...creative }) {
      await recordFile(tx, file);
      const id = await insertCreative(tx, { file, ...creative });
      await jobs.enqueue(tx, creativeInspect, {
        payload: { creativeId: id },
        lane: laneOf(file.kind),
        requestedBy: creative.createdBy,
      });
      await prints.want(tx, { sha256: file.sha256, kind: file.kind, requestedBy: creative.createdBy });
      const found = await findCreative(tx, id);
      live({ topic: 'creative', id, ...(found && hearersOf(found)) });
      return id;
    },

    readIn: async (tx, id) => (await readWhole(tx, id)).creative,
    file: (actor, id) => storedFile(actor, id, 'original'),
    preview: (actor, id) => storedFile(actor, id, 'preview'),
  };
}
