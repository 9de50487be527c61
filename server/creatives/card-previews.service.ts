import { cardPreview } from '../../pipeline/jobs/card-preview.job.js';
import type { CardPreviewParams, CardPreviewsWanted } from '../contract/card.js';
import { type CardFrame, cardFrame, frameName } from '../contract/card-frame.js';
import type { CardPreview } from '../contract/creative.js';
import { type Database, transact } from '../database/database.js';
import { AppError } from '../errors.js';
import type { FormatsService } from '../formats/formats.service.js';
import type { FileToSend } from '../http/send-file.js';
import type { JobsService } from '../jobs/jobs.service.js';
import type { Actor } from '../sessions/actor.js';
import { type CardPreviews, findCardPreviewFile, findCardPreviews } from './card-previews.repository.js';
import { demandCreative } from './creatives.policy.js';
import { findCreative } from './creatives.repository.js';
import { type FormatRecipe, recipesFor } from './recipes-for.js';
import { suitingFormats } from './renditions.policy.js';

export interface CardPreviewsService {
  /**
   * Has a card drawn in every frame its formats need by now and it was not drawn in yet. Asking again is free.
   * Throws `wrong_state` for what is no card; of a card whose fact ended nothing more is drawn.
   */
  want(actor: Actor, creativeId: string): Promise<CardPreviewsWanted>;
  /** A small WebP; `not_found` until it is drawn. */
  file(actor: Actor, of: CardPreviewParams): Promise<FileToSend>;
}

export interface CardPreviewsOptions {
  db: Database;
  jobs: Pick<JobsService, 'enqueue'>;
  formats: Pick<FormatsService, 'active'>;
  /** Version of the pipeline: what another drew is drawn anew. */
  madeBy: string;
}

const noCard = {
  hi: 'यह कार्ड नहीं है। केवल कार्ड हर प्रारूप के लिए अलग से सजता है।',
  en: 'This is no card. Only a card is laid out anew for each format.',
};

/** What is known of a card's look in one format; null where the format makes no picture. */
export function previewIn(
  previews: CardPreviews,
  { creativeId, spec, recipe }: Pick<FormatRecipe, 'spec' | 'recipe'> & { creativeId: string },
): CardPreview | null {
  if (spec.kind !== 'image') return null;
  const frame = frameName(cardFrame(spec, recipe));
  const failure = previews.get(frame);
  const drawn = failure === null;
  return {
    url: drawn ? `/api/creatives/${creativeId}/card-previews/${frame}` : null,
    failure: failure ?? null,
  };
}

export function createCardPreviewsService({
  db,
  jobs,
  formats,
  madeBy,
}: CardPreviewsOptions): CardPreviewsService {
  async function readable(actor: Actor, id: string) {
    const found = await findCreative(db, id);
    if (!found) throw new AppError('not_found');
    demandCreative(actor, 'desk.read', found);
    return found.creative;
  }

  return {
    async want(actor, creativeId) {
      const creative = await readable(actor, creativeId);
      if (!creative.card) throw new AppError('wrong_state', { messages: noCard });
      if (creative.card.factState !== 'verified') return { wanted: 0 };
      const chosen = suitingFormats(await formats.active(db), creative).filter(
        ({ spec }) => spec.kind === 'image',
      );
      const frames = new Map<string, CardFrame>();
      for (const { spec, recipe } of await recipesFor(db, creative, chosen, {})) {
        const frame = cardFrame(spec, recipe);
        frames.set(frameName(frame), frame);
      }
      for (const drawn of (await findCardPreviews(db, { creativeId, madeBy })).keys()) frames.delete(drawn);
      if (frames.size > 0) {
        const payload = { creativeId, frames: [...frames.values()] };
        const requestedBy = actor.memberId;
        await transact(db, {}, (tx) =>
          jobs.enqueue(tx, cardPreview, { payload, lane: 'image', requestedBy }),
        );
      }
      return { wanted: frames.size };
    },

    async file(actor, { id, frame }) {
      await readable(actor, id);
      const file = await findCardPreviewFile(db, { id, frame });
      if (!file) throw new AppError('not_found');
      return { ...file, name: `${id}-${frame}.webp`, disposition: 'inline' };
    },
  };
}
