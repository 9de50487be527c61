import type { FileStore } from '../../pipeline/files/file-store.js';
import { CreativeUploadFields } from '../contract/creative.js';
import { mediaKinds } from '../contract/lists.js';
import type { Route } from '../http/route.js';
import { sendFile, sendText } from '../http/send-file.js';
import type { Uploads } from '../http/upload.js';
import type { CardPreviewsService } from './card-previews.service.js';
import type { CreativesService } from './creatives.service.js';
import type { RenditionsService } from './renditions.service.js';
import type { SubtitlesService } from './subtitles.service.js';

export interface CreativesRoutesOptions {
  creatives: CreativesService;
  renditions: RenditionsService;
  subtitles: SubtitlesService;
  cardPreviews: CardPreviewsService;
  uploads: Uploads;
  files: Pick<FileStore, 'openRange'>;
}

export function creativesRoutes(
  route: Route,
  { creatives, renditions, subtitles, cardPreviews, uploads, files }: CreativesRoutesOptions,
): void {
  route('creatives.list', ({ actor, query }) => creatives.list(actor, query));
  route('creatives.upload', async ({ actor, request }) =>
    creatives.upload(
      actor,
      await uploads.receive(request, { fieldsSchema: CreativeUploadFields, kinds: mediaKinds }),
    ),
  );
  route('creatives.known', ({ actor, body }) => creatives.known(actor, body.sha256));
  route('creatives.read', ({ actor, params }) => creatives.read(actor, params.id));
  route('creatives.edit', ({ actor, params, version, body }) =>
    creatives.edit(actor, params.id, version, body),
  );
  route('creatives.file', async ({ actor, params, request, reply }) =>
    sendFile(reply, request, { files, ...(await creatives.file(actor, params.id)) }),
  );
  route('creatives.preview', async ({ actor, params, request, reply }) =>
    sendFile(reply, request, { files, ...(await creatives.preview(actor, params.id)) }),
  );
  route('creatives.render', ({ actor, params, body }) => renditions.request(actor, params.id, body));
  route('creatives.recipes', ({ actor, params, query }) => renditions.recipes(actor, params.id, query));
  route('cards.drawPreviews', ({ actor, params }) => cardPreviews.want(actor, params.id));
  route('cards.preview', async ({ actor, params, request, reply }) =>
    sendFile(reply, request, { files, ...(await cardPreviews.file(actor, params)) }),
  );
  route('creatives.addSubtitles', ({ actor, params, version, body }) =>
    subtitles.add(actor, params.id, version, body),
  );
  route('creatives.readSubtitles', async ({ actor, params, reply }) =>
    sendText(reply, { mime: 'text/vtt; charset=utf-8', text: await subtitles.read(actor, params) }),
  );
  route('creatives.removeSubtitles', ({ actor, params, version }) =>
    subtitles.remove(actor, params, version),
  );
  route('renditions.file', async ({ actor, params, request, reply }) =>
    sendFile(reply, request, { files, ...(await renditions.file(actor, params.id)) }),
  );
  route('renditions.retry', ({ actor, params }) => renditions.retry(actor, params.id));
  route('renditions.cancel', ({ actor, params }) => renditions.cancel(actor, params.id));
}
