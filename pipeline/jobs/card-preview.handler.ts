import { frameName } from '../../server/contract/card-frame.js';
import type { FileStore } from '../files/file-store.js';
import { defineHandler, type JobHandler } from '../handler.js';
import { isRetryable } from '../job.js';
import { cardPreviewMime, previewCard } from '../media/card/preview-card.js';
import type { MediaLimits } from '../media/limits.js';
import type { MediaFailure } from '../media/media-failure.js';
import type { MediaTools } from '../media/tools.js';
import type { CardPreviewStore } from '../ports.js';
import { cardPreview } from './card-preview.job.js';

export interface CardPreviewPorts<Tx> {
  cardPreviews: CardPreviewStore<Tx>;
  files: FileStore;
  tools: MediaTools;
  limits?: MediaLimits;
}

/** Draws what is missing, and keeps each picture at once: they appear one after the other. */
export function createCardPreview<Tx>({
  cardPreviews,
  files,
  tools,
  limits,
}: CardPreviewPorts<Tx>): JobHandler<Tx> {
  return defineHandler<Tx, 'card.preview', typeof cardPreview.payload>(cardPreview, async (job) => {
    const { creativeId } = job.payload;
    const card = await cardPreviews.toPreview(creativeId);
    const frames = job.payload.frames.filter((frame) => !card?.drawn.includes(frameName(frame)));
    if (!card || frames.length === 0) return {};
    const workDir = await job.workDirectory();
    let toRepeat: MediaFailure | undefined;
    await files.withLocal(card.fileSha256, async (inputPath) => {
      const input = { inputPath, workDir, tools, signal: job.signal, files, ...(limits ? { limits } : {}) };
      let done = 0;
      for await (const { frame, outcome } of previewCard({ ...input, frames })) {
        done += 1;
        job.progress(done / frames.length);
        const of = { creativeId, frame: frameName(frame) };
        if (outcome.ok) {
          const file = await files.adopt(outcome.path);
          await job.checkpoint((tx) => cardPreviews.previewed(tx, of, { file, mime: cardPreviewMime }));
        } else if (isRetryable(outcome.failure.code)) {
          toRepeat = outcome.failure;
        } else {
          const { code: reason, details } = outcome.failure;
          await job.checkpoint((tx) => cardPreviews.previewed(tx, of, { failure: { reason, details } }));
        }
      }
    });
    if (toRepeat) throw toRepeat;
    return {};
  });
}
