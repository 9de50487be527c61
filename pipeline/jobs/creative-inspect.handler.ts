import type { FileStore } from '../files/file-store.js';
import { defineHandler, type JobHandler } from '../handler.js';
import { inspectCard } from '../media/card/render-cards.js';
import { inspect } from '../media/inspect.js';
import type { MediaLimits } from '../media/limits.js';
import type { MediaTools } from '../media/tools.js';
import type { CreativeStore } from '../ports.js';
import { creativeInspect } from './creative-inspect.job.js';

export interface CreativeInspectPorts<Tx> {
  creatives: CreativeStore<Tx>;
  files: FileStore;
  tools: MediaTools;
  limits?: MediaLimits;
}

/** Looks into one upload in a worker, away from the server: real decoding, a preview, or the reason it is refused. */
export function createCreativeInspect<Tx>({
  creatives,
  files,
  tools,
  limits,
}: CreativeInspectPorts<Tx>): JobHandler<Tx> {
  return defineHandler<Tx, 'creative.inspect', typeof creativeInspect.payload>(
    creativeInspect,
    async (job) => {
      const { creativeId } = job.payload;
      const source = await creatives.toInspect(creativeId);
      if (!source) return {};
      await job.checkpoint((transaction) => creatives.started(transaction, creativeId));
      const workDir = await job.workDirectory();
      const outcome = await files.withLocal(source.fileSha256, (inputPath) => {
        const input = { inputPath, workDir, tools, signal: job.signal, ...(limits ? { limits } : {}) };
        return source.generated ? inspectCard({ ...input, files }) : inspect(input);
      });
      job.signal.throwIfAborted();
      if (!outcome.ok) throw outcome.failure;
      const { kind, width, height, durationMs, hasAudio, previewPath, suggestedFocal, c2paPresent } =
        outcome.inspection;
      const preview = previewPath === null ? null : await files.adopt(previewPath);
      const found = {
        kind,
        width,
        height,
        durationMs,
        hasAudio,
        preview,
        previewMime: 'image/jpeg',
        suggestedFocal,
        c2paPresent,
      };
      return { commit: (transaction) => creatives.inspected(transaction, creativeId, found) };
    },
  );
}
