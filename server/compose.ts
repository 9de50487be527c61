import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { openDiskStore } from '../pipeline/files/disk-store.js';
import { loadFormats } from '../pipeline/formats/load-formats.js';
import { fileKey } from '../pipeline/media/file-key.js';
import { comparePictures } from '../pipeline/media/prints/compare-pictures.js';
import { compareSounds } from '../pipeline/media/prints/compare-sounds.js';
import { printVersion } from '../pipeline/media/prints/media-prints.js';
import { secondsOf } from '../pipeline/media/prints/sound-prints.js';
import { pipelineVersion, recipeKey } from '../pipeline/media/recipe-key.js';
import { sniffBytes } from '../pipeline/media/sniff.js';
import { openBullQueue } from '../pipeline/queue/bull-queue.js';
import { startReaper } from '../pipeline/reaper.js';
import { createAnalyser } from '../search/analyser/analyser.js';
import { createMatcher } from '../search/match.js';
import { createApp } from './app.js';
import { createAuditService } from './audit/audit.service.js';
import { createChange } from './audit/change.js';
import { createCardsService } from './cards/cards.service.js';
import { evidenceOf } from './checks/checks.repository.js';
import { createChecksService } from './checks/checks.service.js';
import { createClaimsService } from './claims/claims.service.js';
import { createMatchesService } from './claims/matches.service.js';
import { createClustersService } from './clusters/clusters.service.js';
import { composeSearch } from './compose-search.js';
import type { Config } from './config.js';
import { largestOf, uploadLimits } from './contract/upload-limits.js';
import { createCardPreviewsService } from './creatives/card-previews.service.js';
import { createCreativesService } from './creatives/creatives.service.js';
import { createMediaEffects } from './creatives/media-effects.repository.js';
import { createRenditionsService } from './creatives/renditions.service.js';
import { createSubtitlesService } from './creatives/subtitles.service.js';
import { createTextFiles } from './creatives/text-files.js';
import type { Database } from './database/database.js';
import { createEventsService } from './events/events.service.js';
import { createFormatsService } from './formats/formats.service.js';
import { seedFormats } from './formats/seed-formats.js';
import { createUploads, sweepTemporary } from './http/upload.js';
import { createJobAdminService } from './jobs/job-admin.service.js';
import { createJobStore } from './jobs/job-store.repository.js';
import { chooseMediaQueue, removeEnded } from './jobs/jobs.repository.js';
import { createJobsService } from './jobs/jobs.service.js';
import { startRelay } from './jobs/relay.js';
import { createAudiences } from './library/audiences.service.js';
import { findFacts } from './library/library.repository.js';
import { createLibraryService } from './library/library.service.js';
import { createPostgresLive } from './live/postgres-live.js';
import { createFindMedia } from './media-matches/find-media.js';
import { createMediaMatchesService } from './media-matches/media-matches.service.js';
import { createMediaPrintsService } from './media-matches/media-prints.service.js';
import { createMediaSearchesService } from './media-matches/media-searches.service.js';
import { createPrintEffects } from './media-matches/print-effects.repository.js';
import { createMembersService } from './members/members.service.js';
import { createOrganisationService } from './organisation/organisation.service.js';
import { expireDue } from './packs/expire-due.js';
import { createPacksService } from './packs/packs.service.js';
import { createInboxService } from './releases/inbox.service.js';
import { createReleasesService } from './releases/releases.service.js';
import { registerRoutes } from './routes.js';
import { startClock } from './run/clock.js';
import { type Opened, openingAll } from './run/opened.js';
import { createSessionCookies } from './sessions/session-cookies.js';
import { removeSpent } from './sessions/sessions.repository.js';
import { createSessionsService } from './sessions/sessions.service.js';
import { createSignInLimits } from './sessions/sign-in-limits.js';
import { namesFiles } from './storage/stored-files.repository.js';
import { sweepFiles } from './storage/sweep-files.js';
import { seedTopics } from './topics/seed-topics.js';
import { createTopicsService } from './topics/topics.service.js';
import { resolveSelector } from './units/selector.repository.js';
import { createUnitsService } from './units/units.service.js';
import { createQuotas } from './uploads/quotas.js';
import { createUploadsService } from './uploads/uploads.service.js';

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

const minute = 60_000;
const hour = 60 * minute;

/** The server put together: every adapter is named here, and nowhere else. Opens all or, when it rejects, nothing. */
export function composeApi(options: ComposeApiOptions) {
  return openingAll((opened) => compose(options, opened));
}

async function compose(
  { config, db, appUrl, uiDirectory, processMetrics, logStream }: ComposeApiOptions,
  opened: Opened,
) {
  const storage = path.join(config.dataDir, 'storage');
  await mkdir(storage, { recursive: true });
  const files = await openDiskStore({ directory: storage, expectFiles: await namesFiles(db) });
  const tempDirectory = path.join(storage, 'incoming');
  const incoming = { files, sniff: sniffBytes, limits: uploadLimits };
  const quotas = createQuotas({
    db,
    async freeBytes() {
      const { bavail, bsize } = await statfs(storage);
      return bavail * bsize;
    },
  });
  const uploads = createUploads({ ...incoming, tempDirectory, admit: quotas.admit });

  const app = await createApp({
    logLevel: config.logLevel,
    publicUrl: config.http.publicUrl,
    secure: config.http.secureCookies,
    maxFileBytes: largestOf(uploadLimits),
    ...(logStream && { logStream }),
  });
  const logger = app.log;

  // One for all: it takes half a second to make, and remembers words.
  const analyser = createAnalyser();
  const search = await composeSearch({ config, db, appUrl, logger, analyser });
  const { index, follower } = search;
  const live = createPostgresLive({ db, url: appUrl, logger, onIndexChange: search.wake });
  opened.add(() => live.close());
  opened.add(search.close);
  opened.add(() => app.close());

  const change = createChange({ db });
  const effects = { ...createMediaEffects(), ...createPrintEffects() };
  const jobs = createJobsService({ database: db, live, effects, logger });
  const prints = createMediaPrintsService({ db, jobs, version: printVersion });
  const findMedia = createFindMedia({
    db,
    compare: { pictures: comparePictures, sounds: compareSounds, secondsOf },
  });
  const audiences = createAudiences({ db });
  const sessions = createSessionsService({ db, change, limits: createSignInLimits({ db }) });
  const units = createUnitsService({ db, change });
  const topics = createTopicsService({ db });
  const claims = createClaimsService({ db, change, audiences, index, topics, prints, quotas });
  const clusters = createClustersService({ db, change, audiences, claims, topics });
  const formats = createFormatsService({ db });
  const creatives = createCreativesService({ db, change, jobs, formats, prints, quotas });
  const packs = createPacksService({ db, change, jobs });
  const textFiles = createTextFiles({ files, tempDirectory });
  const services = {
    sessions,
    units,
    claims,
    clusters,
    topics,
    formats,
    packs,
    organisation: createOrganisationService({ db, change }),
    members: createMembersService({ db, change, units, sessions }),
    events: createEventsService({ db, change, units }),
    audit: createAuditService({ db }),
    jobs: createJobAdminService({ jobs, change }),
    matches: createMatchesService({
      db,
      matcher: createMatcher({ index, analyser }),
      index,
      standby: search.standby,
      audiences,
    }),
    checks: createChecksService({ db, change, audiences, claims, clusters, quotas }),
    library: createLibraryService({ db, index, audiences, standby: search.standby, evidenceOf }),
    creatives,
    mediaMatches: createMediaMatchesService({ db, audiences, findMedia }),
    mediaSearches: createMediaSearchesService({
      db,
      audiences,
      jobs,
      files,
      findMedia,
      findFacts,
      quotas,
      printVersion,
    }),
    resumable: createUploadsService({ db, ...incoming, directory: tempDirectory, quotas, creatives }),
    subtitles: createSubtitlesService({
      db,
      change,
      creatives,
      ...textFiles,
    }),
    cards: createCardsService({
      db,
      change,
      audiences,
      creatives,
      keepText: textFiles.keepText,
      publicUrl: config.http.publicUrl,
    }),
    cardPreviews: createCardPreviewsService({ db, jobs, formats, madeBy: pipelineVersion }),
    renditions: createRenditionsService({
      db,
      change,
      jobs,
      formats,
      recipeKey: (identity) => recipeKey({ ...identity, pipelineVersion }),
      fileKey: (made) => fileKey({ ...made, pipelineVersion }),
      pipelineVersion,
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
    standby: search.standby,
    uiDirectory,
    processMetrics,
  });

  const store = createJobStore({ database: db, live, effects, logger });
  const reaper = startReaper({ store, logger });
  opened.add(() => reaper.stop());
  const { redisPrefix } = await chooseMediaQueue(db, config.redisUrl !== null);
  if (config.redisUrl !== null) {
    const queue = await openBullQueue({ url: config.redisUrl, prefix: redisPrefix, logger });
    opened.add(() => queue.close());
    const relay = startRelay({ database: db, url: appUrl, queue, logger });
    opened.add(() => relay.stop());
  }
  const clock = startClock({
    logger,
    tasks: {
      'packs that expire': { everyMs: minute, run: () => expireDue({ db }) },
      'units that move today': {
        everyMs: minute,
        run: () => sql`select refresh_dated_units()`.execute(db),
      },
      // A part of an upload comes at least once a minute, or its connection goes.
      'uploads nobody finishes': {
        everyMs: 5 * minute,
        run: () => sweepTemporary({ tempDirectory, olderThanMs: 10 * minute }),
      },
      'parts of files nobody goes on with': { everyMs: 5 * minute, run: () => services.resumable.sweep() },
      'files no row names': {
        everyMs: hour,
        run: () => sweepFiles({ db, files, olderThanMs: 24 * hour }),
      },
      'media printed by an older version, or never': { everyMs: 10 * minute, run: () => prints.catchUp() },
      'files only searched with': { everyMs: minute, run: () => services.mediaSearches.sweep() },
      'jobs that ended long ago': { everyMs: hour, run: () => removeEnded(db) },
      'sessions and keys that are spent': { everyMs: 24 * hour, run: () => removeSpent(db) },
    },
  });
  opened.add(() => clock.stop());

  return {
    app,
    services,
    follower,
    files,
    /** Fills the platform table, the topics and the search index; the server can listen before the index is full. */
    async start() {
      const { differing } = await seedFormats(db, await loadFormats());
      if (differing.length > 0) {
        logger.warn(
          { differing },
          'formats differ from those kept under the same version: the kept ones count',
        );
      }
      await seedTopics(db);
      search.start();
    },
    close: () => opened.close(),
  };
}

export type Api = Awaited<ReturnType<typeof composeApi>>;
export type Services = Api['services'];
