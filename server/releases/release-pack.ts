import type { Release, ReleaseRequest, RoutePreview, Selector } from '../contract/release.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { PackHead } from '../packs/packs.service.js';
import type { Actor } from '../sessions/actor.js';
import type { ReleasesDependencies } from './dependencies.js';
import { eventsFor, heldAlready, noUnits, pastItsEnd, silenceInWords } from './releases.policy.js';
import { findRelease, findTimeZone, insertRelease } from './releases.repository.js';
import {
  allBelow,
  countMembersBelow,
  findRoute,
  findUnitsHolding,
  namedUnits,
  type RouteUnit,
} from './route.repository.js';

type SilentUnit = RouteUnit & { silentUntil: string };
const isSilent = (unit: RouteUnit): unit is SilentUnit => unit.silentUntil !== null;

/**
 * The units a release would reach: those the selector means now, and with the first release of a next version every
 * unit that holds the one before, so that whoever has it is told what changed. Units that have this version are left out.
 */
async function routeOf(
  db: Database | DatabaseTransaction,
  { resolveSelector }: Pick<ReleasesDependencies, 'resolveSelector'>,
  { actor, head, selector }: { actor: Actor; head: PackHead; selector: Selector },
): Promise<RouteUnit[]> {
  const chosen = await resolveSelector(db, selector);
  if (chosen.length === 0) {
    throw new AppError('invalid_input', { fields: [{ path: '/selector', messages: noUnits }] });
  }
  const aboveIds = actor.appointments
    .filter(({ capabilities }) => capabilities.includes('packs.release'))
    .map(({ unitId }) => unitId);
  if (!(await allBelow(db, { unitIds: chosen, aboveIds }))) throw new AppError('not_allowed');
  const holding = new Set(await findUnitsHolding(db, head.id));
  const before = head.basedOn !== null && holding.size === 0 ? await findUnitsHolding(db, head.basedOn) : [];
  const unitIds = [...new Set([...chosen, ...before])].filter((id) => !holding.has(id));
  if (unitIds.length === 0) throw new AppError('conflict', { messages: heldAlready });
  return findRoute(db, unitIds);
}

export async function previewRoute(
  { db, packs, resolveSelector }: ReleasesDependencies,
  actor: Actor,
  { id, selector }: { id: string; selector: Selector },
): Promise<RoutePreview> {
  const head = await packs.require(db, { actor, capability: 'packs.release', id });
  const route = await routeOf(db, { resolveSelector }, { actor, head, selector });
  const open = route.filter((unit) => !isSilent(unit));
  return {
    total: route.length,
    silent: route.length - open.length,
    vacant: route.filter(({ members }) => members === 0).length,
    members: await countMembersBelow(
      db,
      open.map((unit) => unit.id),
    ),
    units: route
      .slice(0, namedUnits)
      .flatMap(({ unit, silentUntil, members }) => (unit === null ? [] : [{ unit, silentUntil, members }])),
  };
}

/** Releases exactly what was approved. Units in silence stop it, or are left out when asked; the rest get it at once. */
export function releasePack(
  { change, packs, resolveSelector }: ReleasesDependencies,
  actor: Actor,
  { id, request }: { id: string; request: ReleaseRequest },
): Promise<Release> {
  const { selector, hash, skipSilent = false } = request;
  return change(actor, async ({ tx, audit, live }) => {
    const head = await packs.require(tx, { actor, capability: 'packs.release', id, lock: true });
    if (head.state !== 'approved' && head.state !== 'released') throw new AppError('wrong_state');
    if (head.expired) throw new AppError('wrong_state', { messages: pastItsEnd });
    if (head.approvedHash !== hash) throw new AppError('version_shown_differs');
    const route = await routeOf(tx, { resolveSelector }, { actor, head, selector });
    const silent = route.filter(isSilent);
    if (silent.length > 0 && (!skipSilent || silent.length === route.length)) {
      const messages = silenceInWords(silent, { timeZone: await findTimeZone(tx) });
      throw new AppError('silence_window', { messages });
    }
    const unitIds = route.filter((unit) => !isSilent(unit)).map((unit) => unit.id);
    const releaseId = await insertRelease(tx, {
      packVersionId: id,
      selector,
      unitIds,
      releasedBy: actor.memberId,
    });
    if (head.state === 'approved') {
      await tx.updateTable('packVersions').set({ state: 'released' }).where('id', '=', id).execute();
    }
    audit({
      act: 'pack.released',
      objectKind: 'pack',
      objectId: id,
      payload: { releaseId, selector, units: unitIds.length, leftOut: silent.map((unit) => unit.id) },
    });
    for (const event of eventsFor('release', { id: releaseId, unitIds })) live(event);
    live({ topic: 'pack', id });
    const release = await findRelease(tx, releaseId);
    if (release === undefined) throw new AppError('internal');
    return release;
  });
}
