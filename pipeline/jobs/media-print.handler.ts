import type { FileStore } from '../files/file-store.js';
import { defineHandler, type JobHandler } from '../handler.js';
import { inspectCard } from '../media/card/render-cards.js';
import { defaultLimits, type MediaLimits } from '../media/limits.js';
import type { MediaPrints } from '../media/prints/media-prints.js';
import { canPrintSounds, printMedia, printPreview } from '../media/prints/print-media.js';
import type { ProbeInput } from '../media/probed.js';
import type { MediaTools } from '../media/tools.js';
import type { Logger, PrintStore } from '../ports.js';
import { mediaPrint } from './media-print.job.js';

export interface MediaPrintPorts<Tx> {
  prints: PrintStore<Tx>;
  files: FileStore;
  tools: MediaTools;
  limits?: MediaLimits;
  logger: Pick<Logger, 'warn'>;
}

/** Prints one file in a worker, away from the server. A file that cannot be read fails alone. */
export async function createMediaPrint<Tx>({
  prints,
  files,
  tools,
  limits = defaultLimits,
  logger,
}: MediaPrintPorts<Tx>): Promise<JobHandler<Tx>> {
  const sounds = await canPrintSounds(tools);
  if (!sounds)
    logger.warn({ ffmpeg: tools.version }, 'this ffmpeg has no Chromaprint: sounds are not compared');

  async function printCard(input: ProbeInput): Promise<MediaPrints> {
    const { path: inputPath, ...rest } = input;
    const outcome = await inspectCard({ ...rest, inputPath, files });
    if (!outcome.ok) throw outcome.failure;
    const { previewPath: path, previewWidth: width, previewHeight: height } = outcome.inspection;
    if (path === null || width === null || height === null) throw new Error('a card has no preview');
    return printPreview(input, { path, width, height });
  }

  return defineHandler<Tx, 'media.print', typeof mediaPrint.payload>(mediaPrint, async (job) => {
    const { printId } = job.payload;
    const source = await prints.toPrint(printId);
    if (!source) return {};
    const workDir = await job.workDirectory();
    const made = await files.withLocal(source.fileSha256, (path) => {
      const input = { path, workDir, tools, limits, signal: job.signal };
      return source.generated ? printCard(input) : printMedia(input, { sounds });
    });
    job.signal.throwIfAborted();
    return { commit: (transaction) => prints.printed(transaction, printId, { ...made, sounds }) };
  });
}
