import type { FileStore } from '../../pipeline/files/file-store.js';
import { mediaPrint } from '../../pipeline/jobs/media-print.job.js';
import { laneOf } from '../../pipeline/jobs.js';
import type { Fact } from '../contract/library.js';
import type { MediaKind } from '../contract/lists.js';
import type { MediaSearch } from '../contract/media-match.js';
import { failureOf } from '../creatives/failure.policy.js';
import { type Database, transact } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { JobsService } from '../jobs/jobs.service.js';
import type { Actor } from '../sessions/actor.js';
import type { Quotas } from '../uploads/quotas.js';
import type { FindMedia } from './find-media.js';
import { knownMedia } from './known-media.repository.js';
import { bySureness, type Like } from './likeness.policy.js';
import { enterPrint, enterSearchPrint, markReady } from './media-prints.repository.js';
import {
  countSearches,
  findSearch,
  forgetSearches,
  insertSearch,
  isKept,
  spentFiles,
} from './media-searches.repository.js';

/** Drop a file, get the facts. The file is not kept. */
export interface MediaSearchesService {
  /** Throws `too_many_requests` before a file is received. */
  admit(actor: Actor): Promise<void>;
  /** Searches with a file that is in the store; the answer may still be `queued`. */
  start(actor: Actor, file: { sha256: string; size: number; kind: MediaKind }): Promise<MediaSearch>;
  /** The member's own search, for a quarter of an hour. */
  read(actor: Actor, id: string): Promise<MediaSearch>;
  /** Takes away what was only searched with. */
  sweep(): Promise<void>;
}

export interface MediaSearchesDependencies {
  db: Database;
  audiences: { of(actor: Actor): Promise<Viewer> };
  jobs: Pick<JobsService, 'enqueue'>;
  files: Pick<FileStore, 'remove'>;
  findMedia: FindMedia;
  quotas: Pick<Quotas, 'confirm'>;
  findFacts(db: Database, viewer: Viewer, ids: readonly string[]): Promise<Fact[]>;
  /** Of the way prints are made. */
  printVersion: number;
  /** How long a search can be read; its file and prints go after it. */
  keptMs?: number;
}

/** Someone looks at the screen: before all but what a pack waits for. */
const searchPriority = 50;
const mostAnHour = 60;
const mostWaiting = 4;
const quarter = 15 * 60_000;

export function createMediaSearchesService({
  db,
  audiences,
  jobs,
  files,
  findMedia,
  findFacts,
  quotas,
  printVersion,
  keptMs = quarter,
}: MediaSearchesDependencies): MediaSearchesService {
  async function read(actor: Actor, id: string): Promise<MediaSearch> {
    const search = await findSearch(db, { id, memberId: actor.memberId });
    if (search === undefined) throw new AppError('not_found');
    const { fileSha256, printId, state, failure, failureDetails, soundCompared } = search;
    const found = state === 'ready' ? await findMedia([printId]) : [];
    const likes: (Like & { fileSha256: string })[] = [
      { band: 'same', likeness: 'same_file', fromMs: null, fileSha256 },
      ...found,
    ];
    const viewer = await audiences.of(actor);
    const known = await knownMedia(db, viewer, actor.language, [
      ...new Set(likes.map((one) => one.fileSha256)),
    ]);
    const best = new Map<string, Like>();
    for (const { band, likeness, fromMs, fileSha256: of } of likes.sort(bySureness)) {
      for (const { kind, objectId, sha256 } of known) {
        if (kind === 'fact' && sha256 === of && !best.has(objectId))
          best.set(objectId, { band, likeness, fromMs });
      }
    }
    const facts = new Map((await findFacts(db, viewer, [...best.keys()])).map((fact) => [fact.id, fact]));
    const items = [...best].flatMap(([factId, like]) => {
      const fact = facts.get(factId);
      return fact ? [{ fact, ...like }] : [];
    });
    return { id, state, failure: failureOf(failure, failureDetails), soundCompared, items };
  }

  return {
    read,

    async admit(actor) {
      const { lastHour, waiting } = await countSearches(db, actor.memberId);
      if (lastHour >= mostAnHour || waiting >= mostWaiting) throw new AppError('too_many_requests');
    },

    async start(actor, { sha256, size, kind }) {
      const { memberId } = actor;
      const id = await transact(db, { actorId: memberId }, async (tx) => {
        const { id: printId, created } = (await isKept(tx, sha256))
          ? await enterPrint(tx, sha256, printVersion)
          : { id: await enterSearchPrint(tx), created: true };
        const searchId = await insertSearch(tx, { memberId, fileSha256: sha256, size, printId });
        await quotas.confirm(actor, tx);
        // A document shows nothing to compare: only the very same file is found.
        if (created && kind === 'document') await markReady(tx, printId);
        else if (created) {
          const work = { payload: { printId }, lane: laneOf(kind), priority: searchPriority };
          await jobs.enqueue(tx, mediaPrint, { ...work, requestedBy: memberId });
        }
        return searchId;
      });
      return read(actor, id);
    },

    async sweep() {
      for (const sha256 of await spentFiles(db, keptMs)) await files.remove(sha256, { olderThanMs: keptMs });
      await transact(db, {}, (tx) => forgetSearches(tx, keptMs));
    },
  };
}
