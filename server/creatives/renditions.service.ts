import { renditionRender } from '../../pipeline/jobs/rendition-render.job.js';
import { laneOf, packWaitsPriority } from '../../pipeline/jobs.js';
import type { Change, ChangeContext } from '../audit/change.js';
import type {
  CreativeSummary,
  RecipeList,
  RecipeQuery,
  Rendition,
  RenditionList,
  RenditionRequest,
} from '../contract/creative.js';
import type { FormatSpec } from '../contract/format.js';
import type { Language, MediaKind } from '../contract/lists.js';
import type { Recipe } from '../contract/recipe.js';
import type { Database } from '../database/database.js';
import { AppError } from '../errors.js';
import type { FormatsService } from '../formats/formats.service.js';
import { splitName } from '../http/file-name.js';
import type { FileToSend } from '../http/send-file.js';
import type { JobsService } from '../jobs/jobs.service.js';
import type { Actor } from '../sessions/actor.js';
import { findCardPreviews } from './card-previews.repository.js';
import { previewIn } from './card-previews.service.js';
import { demandCreative, hearersOf } from './creatives.policy.js';
import { findCreative } from './creatives.repository.js';
import { recipesFor } from './recipes-for.js';
import { checkPerFormat, chooseFormats, suitingFormats } from './renditions.policy.js';
import {
  assignJob,
  enterRenditions,
  findRendition,
  jobStanding,
  listRenditions,
  lockRendition,
  markCancelled,
  packWaitsFor,
  queueAgain,
  type RenditionRow,
  shareFinished,
} from './renditions.repository.js';

/** All that decides what a rendition is; the pipeline adds its own version. */
export interface RenditionIdentity {
  sourceSha256: string;
  formatCode: string;
  formatVersion: number;
  recipe: Recipe;
}

/** What a file is made from, as far as it decides the bytes. */
export interface MadeFrom
  extends Pick<CreativeSummary, 'kind' | 'origin' | 'durationMs' | 'hasAudio' | 'sha256'> {}

export interface RenditionsService {
  /** What a request would make in every format that suits, without making it. */
  recipes(actor: Actor, creativeId: string, query: RecipeQuery): Promise<RecipeList>;
  /** Has renditions made by one job; those there already are given back and not made again, failed ones are tried again. */
  request(actor: Actor, creativeId: string, request: RenditionRequest): Promise<RenditionList>;
  /** Tries a failed one again; throws `wrong_state` for others. */
  retry(actor: Actor, id: string): Promise<Rendition>;
  /** Ends one that waits or is being made; its job goes on for the others it makes. */
  cancel(actor: Actor, id: string): Promise<Rendition>;
  /** Throws `rendition_not_ready` until it is. */
  file(actor: Actor, id: string): Promise<FileToSend>;
}

export interface RenditionsOptions {
  db: Database;
  change: Change;
  jobs: Pick<JobsService, 'enqueue' | 'cancel'>;
  formats: Pick<FormatsService, 'active'>;
  recipeKey(identity: RenditionIdentity): string;
  /** The same for all renditions that need the same file; null when the format refuses the source. */
  fileKey(made: { source: MadeFrom; format: FormatSpec; recipe: Recipe }): string | null;
  pipelineVersion: string;
}

const stillLooking = {
  hi: 'फ़ाइल की जाँच अभी चल रही है। कुछ क्षण बाद फिर कोशिश करें।',
  en: 'The file is still being looked into. Try again in a moment.',
};
const factEnded = {
  hi: 'इस कार्ड का तथ्य सुधारा गया या निरस्त हुआ है। नए तथ्य से नया कार्ड बनाएँ।',
  en: 'The fact of this card was corrected or voided. Make a new card of the new fact.',
};
const notMade = {
  hi: 'यह संस्करण अभी तैयार नहीं है।',
  en: 'This rendition is not ready.',
};

/** The language of what is drawn over it: a card is written in its own. */
function wordsOf<L>({ card }: Pick<CreativeSummary, 'card'>, asked: L): L | Language {
  return card?.language ?? asked;
}

export function createRenditionsService({
  db,
  change,
  jobs,
  formats,
  pipelineVersion,
  recipeKey,
  fileKey,
}: RenditionsOptions): RenditionsService {
  async function found(reader: Parameters<typeof findRendition>[0], id: string): Promise<RenditionRow> {
    const row = await findRendition(reader, id);
    if (!row) throw new AppError('not_found');
    return row;
  }

  async function one(reader: Parameters<typeof listRenditions>[0], id: string): Promise<Rendition> {
    const [rendition] = await listRenditions(reader, { ids: [id] });
    if (!rendition) throw new AppError('not_found');
    return rendition;
  }

  /** One job for what waits: its source is decoded once. */
  async function enqueue(
    { tx }: Pick<ChangeContext, 'tx'>,
    actor: Actor,
    work: { creativeId: string; kind: MediaKind; renditionIds: string[] },
  ): Promise<void> {
    const { creativeId, kind, renditionIds } = work;
    const { jobId, created } = await jobs.enqueue(tx, renditionRender, {
      payload: { creativeId, renditionIds },
      lane: laneOf(kind),
      ...((await packWaitsFor(tx, renditionIds)) && { priority: packWaitsPriority }),
      requestedBy: actor.memberId,
    });
    if (!created && !(await jobStanding(tx, jobId)).open) {
      // A job that runs or was cancelled has made its choice: what joins it now would never be made.
      throw new AppError('unavailable', { details: { retryAfterSeconds: 3 } });
    }
    await assignJob(tx, renditionIds, jobId);
  }

  return {
    async recipes(actor, creativeId, { subtitles, label, language: asked }) {
      const source = await findCreative(db, creativeId);
      if (!source) throw new AppError('not_found');
      demandCreative(actor, 'desk.read', source);
      const { creative } = source;
      const language = wordsOf(creative, asked);
      const overlays = {
        ...(label !== undefined && { label }),
        ...(subtitles && { subtitles: subtitles === 'none' ? null : subtitles }),
      };
      const chosen = suitingFormats(await formats.active(db), creative);
      const recipes = await recipesFor(db, creative, chosen, { ...(language && { language }), overlays });
      const previews = creative.card
        ? await findCardPreviews(db, { creativeId, madeBy: pipelineVersion })
        : null;
      const items = recipes.map(({ spec, recipe }) => ({
        format: spec.code,
        recipe,
        preview: previews && previewIn(previews, { creativeId, spec, recipe }),
      }));
      return { items };
    },

    request(actor, creativeId, asked) {
      return change(actor, async ({ tx, audit, live }) => {
        const source = await findCreative(tx, creativeId);
        if (!source) throw new AppError('not_found');
        demandCreative(actor, 'creatives.write', source);
        const { creative } = source;
        if (creative.inspection !== 'ready') {
          throw new AppError('wrong_state', { messages: creative.failure?.text ?? stillLooking });
        }
        if (creative.card && creative.card.factState !== 'verified') {
          throw new AppError('wrong_state', { messages: factEnded });
        }
        const language = wordsOf(creative, asked.language);
        const request = { ...asked, ...(language !== undefined && { language }) };
        const chosen = chooseFormats(await formats.active(tx), creative, request.formats);
        checkPerFormat(chosen, creative, request);
        const recipes = await recipesFor(tx, creative, chosen, request, { strict: true });
        const wanted = recipes.map(({ versionId, spec, recipe }) => {
          const key = recipeKey({
            sourceSha256: creative.sha256,
            formatCode: spec.code,
            formatVersion: spec.version,
            recipe,
          });
          return {
            creativeId,
            formatVersionId: versionId,
            recipe,
            recipeKey: key,
            fileKey: fileKey({ source: creative, format: spec, recipe }),
            language: recipe.language,
            createdBy: actor.memberId,
          };
        });
        const entered = await enterRenditions(tx, creativeId, wanted);
        const created = entered.filter((row) => row.created).map(({ id }) => id);
        const failed = entered.filter(({ state }) => state === 'failed').map(({ id }) => id);
        await queueAgain(tx, failed);
        const shared = new Set(await shareFinished(tx, [...created, ...failed]));
        const toMake = [...created, ...failed].filter((id) => !shared.has(id));
        if (toMake.length > 0) {
          await enqueue({ tx }, actor, { creativeId, kind: creative.kind, renditionIds: toMake });
        }
        const payload = { formats: chosen.map(({ spec }) => spec.code), created, again: failed };
        audit({ act: 'rendition.requested', objectKind: 'creative', objectId: creativeId, payload });
        live({ topic: 'creative', id: creativeId, ...hearersOf(source) });
        for (const id of [...created, ...failed]) live({ topic: 'rendition', id, ...hearersOf(source) });

        const items = await listRenditions(tx, { ids: entered.map(({ id }) => id) });
        const order = new Map(chosen.map(({ spec }, index) => [spec.code, index]));
        const place = ({ format }: Rendition) => order.get(format.code) ?? order.size;
        return { items: items.sort((a, b) => place(a) - place(b)) };
      });
    },

    retry(actor, id) {
      return change(actor, async ({ tx, audit, live }) => {
        const row = await found(tx, id);
        demandCreative(actor, 'creatives.write', row);
        if ((await lockRendition(tx, id)) !== 'failed') throw new AppError('wrong_state');
        await queueAgain(tx, [id]);
        const { creativeId, creativeKind: kind } = row;
        await enqueue({ tx }, actor, { creativeId, kind, renditionIds: [id] });
        const payload = { failure: row.failure };
        audit({ act: 'rendition.retried', objectKind: 'rendition', objectId: id, payload });
        live({ topic: 'rendition', id, ...hearersOf(row) });
        return one(tx, id);
      });
    },

    async cancel(actor, id) {
      const cancelled = await change(actor, async ({ tx, audit, live }) => {
        const row = await found(tx, id);
        demandCreative(actor, 'creatives.write', row);
        const state = await lockRendition(tx, id);
        if (state !== 'queued' && state !== 'processing') throw new AppError('wrong_state');
        await markCancelled(tx, id);
        audit({ act: 'rendition.cancelled', objectKind: 'rendition', objectId: id });
        live({ topic: 'rendition', id, ...hearersOf(row) });
        return { rendition: await one(tx, id), jobId: row.jobId };
      });
      const { jobId, rendition } = cancelled;
      if (jobId !== null && !(await jobStanding(db, jobId)).wanted) await jobs.cancel(actor.memberId, jobId);
      return rendition;
    },

    async file(actor, id) {
      const row = await found(db, id);
      demandCreative(actor, 'desk.read', row);
      if (row.state !== 'ready' || !row.file)
        throw new AppError('rendition_not_ready', { messages: notMade });
      const { stem } = splitName(row.originalName);
      const name = `${stem || 'file'}-${row.formatCode}.${row.extension}`;
      return { ...row.file, name, disposition: 'attachment' };
    },
  };
}
