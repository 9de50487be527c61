import type { FileStore } from './files/file-store.js';
import type { JobHandler } from './handler.js';
import type { MediaLimits } from './media/limits.js';
import type { MediaTools } from './media/tools.js';
import type { CardPreviewStore, CreativeStore, Logger, PrintStore, RenditionStore } from './ports.js';

export interface HandlerPorts<Tx> {
  creatives: CreativeStore<Tx>;
  renditions: RenditionStore<Tx>;
  prints: PrintStore<Tx>;
  cardPreviews: CardPreviewStore<Tx>;
  files: FileStore;
  /** From `detectTools`, once per process. */
  tools: MediaTools;
  limits?: MediaLimits;
  logger: Pick<Logger, 'warn'>;
}

/** Loads the media code and gives the handler of every kind of job; only a process that works calls this. */
export async function loadHandlers<Tx>(ports: HandlerPorts<Tx>): Promise<JobHandler<Tx>[]> {
  const [{ createCreativeInspect }, { createRenditionRender }, { createMediaPrint }, { createCardPreview }] =
    await Promise.all([
      import('./jobs/creative-inspect.handler.js'),
      import('./jobs/rendition-render.handler.js'),
      import('./jobs/media-print.handler.js'),
      import('./jobs/card-preview.handler.js'),
    ]);
  return [
    createCreativeInspect(ports),
    createRenditionRender(ports),
    await createMediaPrint(ports),
    createCardPreview(ports),
  ];
}
