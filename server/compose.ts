import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { openDiskStore } from '../pipeline/files/disk-store.js';
import { loadFormats } from '../pipeline/formats/load-formats.js';
import { pipelineVersion, recipeKey } from '../pipeline/media/recipe-key.js';
import { sniffBytes } from '../pipeline/media/sniff.js';
import { startReaper } from '../pipeline/reaper.js';
import { createEmbeddedIndex } from '../search/embedded/embedded-index.js';
import { createFollower } from '../search/follow.js';
import { createMatcher } from '../search/match.js';
import { createApp } from './app.js';
import { createAuditService } from './audit/audit.service.js';
import { createChange } from './audit/change.js';
import { evidenceOf } from './checks/checks.repository.js';
import { createChecksService } from './checks/checks.service.js';
import { createClaimsService } from './claims/claims.service.js';
import { createMatchesService } from './claims/matches.service.js';
import { createClustersService } from './clusters/clusters.service.js';
import type { Config } from './config.js';
import { largestOf, uploadLimits } from './contract/upload-limits.js';
import { createCreativesService } from './creatives/creatives.service.js';
import { createMediaEffects } from './creatives/media-effects.repository.js';
import { createRenditionsService } from './creatives/renditions.service.js';
import type { Database } from './database/database.js';
import { createEventsService } from './events/events.service.js';
import { createFormatsService } from './formats/formats.service.js';
import { seedFormats } from './formats/seed-formats.js';
import { createUploads, sweepTemporary } from './http/upload.js';
import { createJobAdminService } from './jobs/job-admin.service.js';
import { createJobStore } from './jobs/job-store.repository.js';
import { createJobsService } from './jobs/jobs.service.js';
import { createAudiences } from './library/audiences.service.js';
import { createChangeLog } from './library/change-log.repository.js';
import { createIndexDocuments } from './library/index-documents.repository.js';
import { createLibraryService } from './library/library.service.js';
import { createPostgresLive } from './live/postgres-live.js';
import { createMembersService } from './members/members.service.js';
import { createOrganisationService } from './organisation/organisation.service.js';
import { expireDue } from './packs/expire-due.js';
import { createPacksService } from './packs/packs.service.js';
import { createInboxService } from './releases/inbox.service.js';
import { createReleasesService } from './releases/releases.service.js';
import { registerRoutes } from './routes.js';
import { startClock } from './run/clock.js';
import { createSessionCookies } from './sessions/session-cookies.js';
import { createSessionsService } from './sessions/sessions.service.js';
import { createSignInLimits } from './sessions/sign-in-limits.js';
import { resolveSelector } from './units/selector.repository.js';
import { createUnitsService } from './units/units.service.js';

export interface ComposeApiOptions {
  config: Config;
  db: Database;
  /** The application's login; listening for live events needs a connection of its own. */
  appUrl: string;
  /** The built interface; served when it is there. */
  uiDirectory: string | null;
  /** Measures of the process itself; off where many servers share one process. */
  processMetrics: boolean;
  logStream?: { write(line: string): void };
}

/** The server put together: every adapter is named here, and nowhere else. */
export async function composeApi({
  config,
  db,
  appUrl,
  uiDirectory,
  processMetrics,
  logStream,
}: ComposeApiOptions) {
  const app = await createApp({
    logLevel: config.logLevel,
    publicUrl: config.http.publicUrl,
    secure: config.http.secureCookies,
    maxFileBytes: largestOf(uploadLimits),
    ...(logStream && { logStream }),
  });
  const logger = app.log;

  const storage = path.join(config.dataDir, 'storage');
  await mkdir(storage, { recursive: true });
  const anyFile = await db.selectFrom('files').select('sha256').limit(1).executeTakeFirst();
  const files = await openDiskStore({ directory: storage, expectFiles: anyFile !== undefined });
  const tempDirectory = path.join(storage, 'incoming');
  const uploads = createUploads({ files, sniff: sniffBytes, limits: uploadLimits, tempDirectory });

  const index = createEmbeddedIndex({ logger });
  const documents = createIndexDocuments({ db });
  const follower = createFollower({
    name: `api-${randomUUID()}`,
    changes: createChangeLog({ db, documents }),
    index,
    build: documents.build,
    logger,
  });
  const live = createPostgresLive({ db, url: appUrl, logger, onIndexChange: () => follower.wake() });

  const change = createChange({ db });
  const effects = createMediaEffects();
  const jobs = createJobsService({ database: db, live, effects, logger });
  const audiences = createAudiences({ db });
  const sessions = createSessionsService({ db, change, limits: createSignInLimits({ db }) });
  const units = createUnitsService({ db, change });
  const claims = createClaimsService({ db, change, audiences });
  const clusters = createClustersService({ change, audiences, claims });
  const formats = createFormatsService({ db });
  const packs = createPacksService({ db, change });
  const services = {
    sessions,
    units,
    claims,
    clusters,
    formats,
    packs,
    organisation: createOrganisationService({ db, change }),
    members: createMembersService({ db, change, units, sessions }),
    events: createEventsService({ db, change, units }),
    audit: createAuditService({ db }),
    jobs: createJobAdminService({ jobs, change }),
    matches: createMatchesService({ db, matcher: createMatcher({ index }), index, audiences }),
    checks: createChecksService({ db, change, audiences, claims, clusters }),
    library: createLibraryService({ db, index, audiences, evidenceOf }),
    creatives: createCreativesService({ db, change, jobs }),
    renditions: createRenditionsService({
      db,
      change,
      jobs,
      formats,
      recipeKey: (identity) => recipeKey({ ...identity, pipelineVersion }),
    }),
    releases: createReleasesService({ db, change, packs: packs.desk, resolveSelector }),
    inbox: createInboxService({ db, change, packs: packs.desk, files }),
  };

  const cookies = createSessionCookies({ secure: config.http.secureCookies });
  await registerRoutes({
    app,
    db,
    services,
    cookies,
    uploads,
    files,
    live,
    index,
    follower,
    uiDirectory,
    processMetrics,
  });

  const store = createJobStore({ database: db, live, effects, logger });
  const reaper = startReaper({ store, logger });
  const clock = startClock({
    logger,
    everyMs: 60_000,
    tasks: {
      'packs that expire': () => expireDue({ db }),
      'units that move today': () => sql`select refresh_dated_units()`.execute(db),
      'old idempotency keys': () =>
        sql`delete from idempotency_keys where created_at < now() - interval '2 days'`.execute(db),
      'uploads nobody finished': () => sweepTemporary({ tempDirectory }),
    },
  });

  return {
    app,
    services,
    follower,
    files,
    /** Fills the platform table and the search index; the server can listen before the index is full. */
    async start() {
      await seedFormats(db, await loadFormats());
      follower.start();
    },
    async close() {
      await app.close();
      await Promise.all([clock.stop(), reaper.stop(), follower.stop()]);
      await live.close();
    },
  };
}

export type Api = Awaited<ReturnType<typeof composeApi>>;
export type Services = Api['services'];
