import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FileStore } from '../../pipeline/files/file-store.js';
import type { CardsService } from '../cards/cards.service.js';
import type { ChecksService } from '../checks/checks.service.js';
import type { ClaimsService } from '../claims/claims.service.js';
import type { ClustersService } from '../clusters/clusters.service.js';
import type { CreativesService } from '../creatives/creatives.service.js';
import type { RenditionsService } from '../creatives/renditions.service.js';
import type { Idempotency } from '../http/idempotency.js';
import type { MembersService } from '../members/members.service.js';
import type { PacksService } from '../packs/packs.service.js';
import type { ReleasesService } from '../releases/releases.service.js';
import type { Actor } from '../sessions/actor.js';
import type { SessionsService } from '../sessions/sessions.service.js';

/** The services a workspace is made through. */
export interface WorkspaceServices {
  sessions: SessionsService;
  members: MembersService;
  claims: ClaimsService;
  clusters: ClustersService;
  checks: ChecksService;
  creatives: CreativesService;
  cards: CardsService;
  renditions: RenditionsService;
  packs: PacksService;
  releases: ReleasesService;
}

export interface Making {
  services: WorkspaceServices;
  files: FileStore;
  /** Where a file may lie before the store adopts it. */
  tempDirectory: string;
  /** Where the program is reached: what the code on a card leads to. */
  origin: string;
  /** Does a step once: after an interruption the steps already done answer as they did. */
  once<T>(actor: Actor, key: string, step: (actor: Actor) => Promise<T>): Promise<T>;
  say(line: string): void;
}

/** Steps remembered by the keys that HTTP requests use; nothing else runs yet, so a pending key is a dead one. */
export function createOnce(idempotency: Idempotency): Making['once'] {
  return async (actor, key, step) => {
    const request = { memberId: actor.memberId, key: `sample-${key}`, route: 'sample', body: key };
    await idempotency.release(request);
    const claimed = await idempotency.claim(request);
    // Checked edge: the step itself stored this answer.
    if (claimed.repeat) return claimed.body as Awaited<ReturnType<typeof step>>;
    return step({ ...actor, idempotencyKey: request.key });
  };
}

/** Copies a file of `media/` into the store, as an upload would bring it. */
export async function storeSampleFile(
  { files, tempDirectory }: Pick<Making, 'files' | 'tempDirectory'>,
  name: string,
) {
  await mkdir(tempDirectory, { recursive: true });
  const copy = path.join(tempDirectory, `sample-${name}`);
  await copyFile(fileURLToPath(new URL(`./media/${name}`, import.meta.url)), copy);
  return files.adopt(copy);
}

/** A member of the sample as the services know a signed-in person. */
export async function enter(
  { sessions }: Pick<WorkspaceServices, 'sessions'>,
  login: string,
  password: string,
): Promise<Actor> {
  const { token } = await sessions.signIn({ login, password, deviceLabel: 'sample', address: '127.0.0.1' });
  const actor = await sessions.authenticate(token);
  if (actor === null) throw new Error(`${login} of the sample workspace could not sign in`);
  return actor;
}

/** Waits for the workers; rejects when nothing is ready in time. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null>,
  { seconds }: { seconds: number },
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what} took longer than ${seconds} s`);
    await wait(250);
  }
}
