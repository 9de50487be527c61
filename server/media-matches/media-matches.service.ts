import type { MediaMatch, MediaMatches } from '../contract/media-match.js';
import { failureOf } from '../creatives/failure.policy.js';
import type { Database } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { FindMedia } from './find-media.js';
import { knownMedia } from './known-media.repository.js';
import { bySureness, type Like } from './likeness.policy.js';
import { askedMedia, printsOfClusterAlone } from './media-matches.repository.js';

/** Facts, claims and creatives that carried the same or nearly the same media as a claim. */
export interface MediaMatchesService {
  /** Never joins anything: what it finds is for a person to judge. */
  ofClaim(actor: Actor, claimId: string): Promise<MediaMatches>;
}

export interface MediaMatchesDependencies {
  db: Database;
  audiences: { of(actor: Actor): Promise<Viewer> };
  findMedia: FindMedia;
}

const mostShown = 20;
const sameFile: Like = { band: 'same', likeness: 'same_file', fromMs: null };

export function createMediaMatchesService({
  db,
  audiences,
  findMedia,
}: MediaMatchesDependencies): MediaMatchesService {
  return {
    async ofClaim(actor, claimId) {
      const viewer = await audiences.of(actor);
      const rows = await askedMedia(db, viewer, claimId);
      const [first] = rows;
      if (first === undefined) throw new AppError('not_found');
      const own = rows.flatMap(({ mediaId, sha256, ...row }) =>
        mediaId === null || sha256 === null ? [] : [{ ...row, mediaId, sha256 }],
      );
      const ready = own.flatMap(({ printId, state }) =>
        printId !== null && state === 'ready' ? [printId] : [],
      );
      const together = ready.length === 0 ? [] : await printsOfClusterAlone(db, first.clusterId);
      const mediaOf = new Map(own.map(({ printId, mediaId }) => [printId, mediaId]));
      const likes = [
        ...own.map(({ mediaId, sha256 }) => ({ ...sameFile, mediaId, sha256 })),
        ...(await findMedia(ready, together)).flatMap(({ askedId, fileSha256: sha256, ...like }) => {
          const mediaId = mediaOf.get(askedId);
          return mediaId === undefined ? [] : [{ ...like, mediaId, sha256 }];
        }),
      ];
      const known = await knownMedia(db, viewer, actor.language, [
        ...new Set(likes.map(({ sha256 }) => sha256)),
      ]);
      const items = new Map<string, MediaMatch>();
      for (const { sha256, ...like } of likes.sort(bySureness)) {
        for (const { sha256: of, ...object } of known) {
          const key = `${object.kind} ${object.objectId}`;
          // What is together already is no news.
          if (of !== sha256 || object.clusterId === first.clusterId || items.has(key)) continue;
          items.set(key, { ...object, ...like });
        }
      }
      return {
        items: [...items.values()].slice(0, mostShown),
        media: own.flatMap(({ mediaId: id, state, failure, failureDetails, soundCompared }) =>
          state === null || soundCompared === null
            ? []
            : [{ id, state, failure: failureOf(failure, failureDetails), soundCompared }],
        ),
      };
    },
  };
}
