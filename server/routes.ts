import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { FileStore } from '../pipeline/files/file-store.js';
import type { Follower } from '../search/follow.js';
import type { SearchIndex, Standby } from '../search/search-index.js';
import { auditRoutes } from './audit/audit.routes.js';
import { cardsRoutes } from './cards/cards.routes.js';
import { checksRoutes } from './checks/checks.routes.js';
import { claimsRoutes } from './claims/claims.routes.js';
import { clustersRoutes } from './clusters/clusters.routes.js';
import { creativesRoutes } from './creatives/creatives.routes.js';
import type { Database } from './database/database.js';
import { eventsRoutes } from './events/events.routes.js';
import { formatsRoutes } from './formats/formats.routes.js';
import { healthRoutes } from './http/health.js';
import { createIdempotency } from './http/idempotency.js';
import { createRoute } from './http/route.js';
import { serveUi } from './http/static-ui.js';
import type { Uploads } from './http/upload.js';
import { jobsRoutes } from './jobs/jobs.routes.js';
import { libraryRoutes } from './library/library.routes.js';
import type { Live } from './live/live.js';
import { liveRoutes } from './live/live.routes.js';
import { mediaMatchesRoutes } from './media-matches/media-matches.routes.js';
import { membersRoutes } from './members/members.routes.js';
import { organisationRoutes } from './organisation/organisation.routes.js';
import { packsRoutes } from './packs/packs.routes.js';
import { inboxRoutes } from './releases/inbox.routes.js';
import { releasesRoutes } from './releases/releases.routes.js';
import type { SessionCookies } from './sessions/session-cookies.js';
import { createAuthenticate, sessionRoutes } from './sessions/sessions.routes.js';
import { topicsRoutes } from './topics/topics.routes.js';
import { unitsRoutes } from './units/units.routes.js';
import { acceptParts, uploadsRoutes } from './uploads/uploads.routes.js';

type First<F> = F extends (route: never, services: infer S) => void ? S : never;

/** Everything the features' routes ask for, by their own names. */
type AllServices = First<typeof auditRoutes> &
  First<typeof cardsRoutes> &
  First<typeof clustersRoutes> &
  First<typeof eventsRoutes> &
  First<typeof formatsRoutes> &
  First<typeof jobsRoutes> &
  First<typeof libraryRoutes> &
  First<typeof membersRoutes> &
  First<typeof organisationRoutes> &
  First<typeof packsRoutes> &
  First<typeof inboxRoutes> &
  First<typeof releasesRoutes> &
  First<typeof topicsRoutes> &
  First<typeof unitsRoutes> &
  First<typeof uploadsRoutes> &
  Pick<First<typeof claimsRoutes>, 'claims' | 'matches'> &
  Pick<First<typeof checksRoutes>, 'checks'> &
  Pick<First<typeof creativesRoutes>, 'creatives' | 'renditions' | 'subtitles' | 'cardPreviews'> &
  Pick<First<typeof mediaMatchesRoutes>, 'mediaMatches' | 'mediaSearches'> &
  Pick<First<typeof sessionRoutes>, 'sessions'>;

export interface RegisterRoutesOptions {
  app: FastifyInstance;
  db: Database;
  services: AllServices;
  cookies: SessionCookies;
  uploads: Uploads;
  files: FileStore;
  live: Live;
  index: Pick<SearchIndex, 'health'>;
  follower: Pick<Follower, 'health'>;
  /** Set while another index answers than the one that was set up. */
  standby(): Standby;
  uiDirectory: string | null;
  processMetrics: boolean;
}

/** Jobs by state, for the people who watch the machine. */
async function jobGauges(db: Database) {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from jobs where state in ('queued','running','failed') group by state`.execute(
    db,
  );
  const values = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  return [{ name: 'tathya_jobs', help: 'Jobs by state', label: 'state', values }];
}

/** Every address the server answers. */
export async function registerRoutes(options: RegisterRoutesOptions): Promise<void> {
  const { app, db, services, cookies, uploads, files, live, index, follower } = options;
  const authenticate = createAuthenticate({ sessions: services.sessions, cookies });
  const route = createRoute({ app, authenticate, idempotency: createIdempotency({ db }) });

  sessionRoutes(route, { sessions: services.sessions, cookies });
  liveRoutes(route, { live, reauthenticate: authenticate });
  organisationRoutes(route, services);
  unitsRoutes(route, services);
  membersRoutes(route, services);
  eventsRoutes(route, services);
  auditRoutes(route, services);
  jobsRoutes(route, services);
  claimsRoutes(route, { ...services, uploads, files });
  clustersRoutes(route, services);
  topicsRoutes(route, services);
  checksRoutes(route, { ...services, uploads, files });
  libraryRoutes(route, services);
  mediaMatchesRoutes(route, { ...services, uploads });
  formatsRoutes(route, services);
  cardsRoutes(route, services);
  creativesRoutes(route, { ...services, uploads, files });
  acceptParts(app);
  uploadsRoutes(route, services);
  packsRoutes(route, services);
  releasesRoutes(route, services);
  inboxRoutes(route, services);

  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  healthRoutes({
    app,
    processMetrics: options.processMetrics,
    gauges: () => jobGauges(db),
    probes: {
      async database() {
        await sql`select 1`.execute(db);
        return null;
      },
      async search() {
        const { ready, reason } = await index.health();
        return ready ? null : (reason ?? follower.health().state);
      },
    },
    notes() {
      const instead = options.standby();
      return instead === null ? {} : { search: `the index in the program answers: ${instead.reason}` };
    },
  });
  await serveUi(app, options.uiDirectory);
}
