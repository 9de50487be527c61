import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openDiskStore } from '../pipeline/files/disk-store.js';
import type { FileStore } from '../pipeline/files/file-store.js';
import { loadFormats } from '../pipeline/formats/load-formats.js';
import { sniffBytes } from '../pipeline/media/sniff.js';
import { createEmbeddedIndex } from '../search/embedded/embedded-index.js';
import { createMatcher } from '../search/match.js';
import type { SearchIndex } from '../search/search-index.js';
import { createApp } from './app.js';
import { createChange } from './audit/change.js';
import { claimsRoutes } from './claims/claims.routes.js';
import { createClaimsService } from './claims/claims.service.js';
import { createMatchesService } from './claims/matches.service.js';
import type { Config } from './config.js';
import type { Database } from './database/database.js';
import { formatsRoutes } from './formats/formats.routes.js';
import { createFormatsService } from './formats/formats.service.js';
import { seedFormats } from './formats/seed-formats.js';
import { createIdempotency } from './http/idempotency.js';
import { createRoute } from './http/route.js';
import { serveUi } from './http/static-ui.js';
import { createUploads } from './http/upload.js';
import { largestOf, uploadLimits } from './http/upload-limits.js';
import { createAudiences } from './library/audiences.service.js';
import { liveRoutes } from './live/live.routes.js';
import { createPostgresLive } from './live/postgres-live.js';
import { packsRoutes } from './packs/packs.routes.js';
import { createPacksService } from './packs/packs.service.js';
import { createSessionCookies } from './sessions/session-cookies.js';
import { createAuthenticate, sessionRoutes } from './sessions/sessions.routes.js';
import { createSessionsService } from './sessions/sessions.service.js';
import { createSignInLimits } from './sessions/sign-in-limits.js';

export interface ComposeApiOptions {
  config: Config;
  db: Database;
  /** The application's login; listening for live events needs a connection of its own. */
  appUrl: string;
  /** The built interface; served when it is there. */
  uiDirectory: string | null;
  processMetrics: boolean;
  logStream?: { write(line: string): void };
}

export async function composeApi({ config, db, appUrl, uiDirectory, logStream }: ComposeApiOptions) {
  const app: FastifyInstance = await createApp({
    logLevel: config.logLevel,
    publicUrl: config.http.publicUrl,
    secure: config.http.secureCookies,
    maxFileBytes: largestOf(uploadLimits),
    ...(logStream && { logStream }),
  });
  const storage = path.join(config.dataDir, 'storage');
  await mkdir(storage, { recursive: true });
  const files: FileStore = await openDiskStore({ directory: storage });
  const index: SearchIndex = createEmbeddedIndex({ logger: app.log });
  const live = createPostgresLive({ db, url: appUrl, logger: app.log });
  const change = createChange({ db });

  const audiences = createAudiences({ db });
  const sessions = createSessionsService({ db, change, limits: createSignInLimits({ db }) });
  const claims = createClaimsService({ db, change, audiences });
  const matches = createMatchesService({ db, matcher: createMatcher({ index }), index, audiences });
  const formats = createFormatsService({ db });
  const packs = createPacksService({ db, change });
  const services = { sessions, claims, matches, formats, packs };

  const cookies = createSessionCookies({ secure: config.http.secureCookies });
  const authenticate = createAuthenticate({ sessions, cookies });
  const route = createRoute({ app, authenticate, idempotency: createIdempotency({ db }) });
  sessionRoutes(route, { sessions, cookies });
  liveRoutes(route, { live, reauthenticate: authenticate });
  const uploads = createUploads({
    files,
    sniff: sniffBytes,
    limits: uploadLimits,
    tempDirectory: path.join(storage, 'incoming'),
  });
  claimsRoutes(route, { claims, matches, uploads, files });
  formatsRoutes(route, { formats });
  packsRoutes(route, { packs });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  if (uiDirectory !== null) await serveUi(app, uiDirectory);

  return {
    app,
    services,
    files,
    index,
    async start() {
      await seedFormats(db, await loadFormats());
    },
    async close() {
      await app.close();
      await live.close();
    },
  };
}

export type Api = Awaited<ReturnType<typeof composeApi>>;
