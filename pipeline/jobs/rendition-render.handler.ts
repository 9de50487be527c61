import { readFile } from 'node:fs/promises';
import type { FileStore } from '../files/file-store.js';
import { defineHandler, type JobHandler, type RunningJob } from '../handler.js';
import { isRetryable, type PayloadOf } from '../job.js';
import { renderCards } from '../media/card/render-cards.js';
import type { MediaLimits } from '../media/limits.js';
import { MediaFailure } from '../media/media-failure.js';
import { type MadeFile, renderAll } from '../media/render.js';
import type { MediaTools } from '../media/tools.js';
import type { MadeRendition, RenditionStore } from '../ports.js';
import { renditionRender } from './rendition-render.job.js';

export interface RenditionRenderPorts<Tx> {
  renditions: RenditionStore<Tx>;
  files: FileStore;
  tools: MediaTools;
  limits?: MediaLimits;
}

async function keep(
  files: FileStore,
  id: string,
  { path, mime, measured }: MadeFile,
): Promise<MadeRendition> {
  const { width, height, durationMs } = measured;
  return { id, file: await files.adopt(path), mime, width, height, durationMs, probe: { ...measured } };
}

/** Larger texts are not kept, so one is not read either. */
const mostSubtitleBytes = 1_000_000;

async function readSubtitles(files: FileStore, sha256: string): Promise<string> {
  const kept = await files.stat(sha256);
  if (kept && kept.size > mostSubtitleBytes) throw new MediaFailure('subtitles_not_readable');
  return files.withLocal(sha256, (path) => readFile(path, 'utf8'));
}

/**
 * Makes the renditions of one creative that are still missing, decoding its file once. What came out well is
 * kept at once; a failure that a repeat may cure fails the run, so that only the rest is made again.
 */
export function createRenditionRender<Tx>({
  renditions,
  files,
  tools,
  limits,
}: RenditionRenderPorts<Tx>): JobHandler<Tx> {
  async function render(job: RunningJob<PayloadOf<typeof renditionRender>, Tx>) {
    const work = await renditions.load(job.payload);
    if (!work || work.renditions.length === 0) return {};
    await job.checkpoint((transaction) =>
      renditions.started(
        transaction,
        work.renditions.map(({ id }) => id),
      ),
    );
    const workDir = await job.workDirectory();
    const outcomes = await files.withLocal(work.fileSha256, (inputPath) => {
      const input = {
        inputPath,
        workDir,
        outputs: work.renditions.map(({ id, format, recipe }) => ({ key: id, format, recipe })),
        tools,
        signal: job.signal,
        onProgress: job.progress,
        readSubtitles: (sha256: string) => readSubtitles(files, sha256),
        ...(limits ? { limits } : {}),
      };
      return work.generated ? renderCards({ ...input, files }) : renderAll(input);
    });
    job.signal.throwIfAborted();

    let toRepeat: MediaFailure | undefined;
    for (const [id, outcome] of outcomes) {
      if (outcome.ok) {
        const made = await keep(files, id, outcome);
        await job.checkpoint((transaction) => renditions.made(transaction, made));
      } else if (isRetryable(outcome.failure.code) && !job.lastAttempt) {
        toRepeat = outcome.failure;
      } else {
        const { code: reason, details } = outcome.failure;
        await job.checkpoint((transaction) => renditions.failed(transaction, id, { reason, details }));
      }
    }
    if (toRepeat) throw toRepeat;
    return {};
  }

  return defineHandler<Tx, 'rendition.render', typeof renditionRender.payload>(renditionRender, render);
}
