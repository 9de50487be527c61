import { Type } from 'typebox';
import { mediaKinds } from '../contract/lists.js';
import type { Route } from '../http/route.js';
import type { Uploads } from '../http/upload.js';
import type { MediaMatchesService } from './media-matches.service.js';
import type { MediaSearchesService } from './media-searches.service.js';

const noFields = Type.Object({}, { additionalProperties: false });

export interface MediaMatchesRouteDependencies {
  mediaMatches: MediaMatchesService;
  mediaSearches: MediaSearchesService;
  uploads: Uploads;
}

export function mediaMatchesRoutes(
  route: Route,
  { mediaMatches, mediaSearches, uploads }: MediaMatchesRouteDependencies,
): void {
  route('claims.mediaMatches', ({ actor, params }) => mediaMatches.ofClaim(actor, params.id));
  route('library.searchMedia', async ({ actor, request }) => {
    await mediaSearches.admit(actor);
    const received = await uploads.receive(request, { fieldsSchema: noFields, kinds: mediaKinds });
    return mediaSearches.start(actor, received);
  });
  route('library.readMediaSearch', ({ actor, params }) => mediaSearches.read(actor, params.id));
}
