import type { PackVersion } from '../contract/pack.js';
import type {
  Board,
  RecallRequest,
  Release,
  ReleaseRequest,
  RoutePreview,
  Selector,
} from '../contract/release.js';
import type { Actor } from '../sessions/actor.js';
import { readBoard } from './board.js';
import type { ReleasesDependencies } from './dependencies.js';
import { recallPack } from './recall-pack.js';
import { previewRoute, releasePack } from './release-pack.js';

export interface ReleasesService {
  /** The dry run: where a release would go, where silence forbids it, where nobody would read it. */
  preview(actor: Actor, packVersionId: string, selector: Selector): Promise<RoutePreview>;
  release(actor: Actor, packVersionId: string, request: ReleaseRequest): Promise<Release>;
  /** Takes a pack back: from the next request on its files answer `recalled`. */
  recall(actor: Actor, packVersionId: string, request: RecallRequest): Promise<PackVersion>;
  board(actor: Actor, packVersionId: string): Promise<Board>;
}

export function createReleasesService(dependencies: ReleasesDependencies): ReleasesService {
  return {
    preview: (actor, id, selector) => previewRoute(dependencies, actor, { id, selector }),
    release: (actor, id, request) => releasePack(dependencies, actor, { id, request }),
    recall: (actor, id, request) => recallPack(dependencies, actor, { id, request }),
    board: (actor, id) => readBoard(dependencies, actor, id),
  };
}
