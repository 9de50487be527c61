import { packWaitsPriority } from '../../pipeline/jobs.js';
import type { Change } from '../audit/change.js';
import type { PackDraft, PackEdit, PackVersion } from '../contract/pack.js';
import type { DatabaseTransaction } from '../database/database.js';
import { AppError, type FieldProblem } from '../errors.js';
import type { JobsService } from '../jobs/jobs.service.js';
import type { Actor } from '../sessions/actor.js';
import { demand, ownerUnitFor } from '../sessions/permission.policy.js';
import {
  findKnownRenditions,
  findOpenJobs,
  findPinnableFacts,
  findWordsForPack,
  writePackContent,
} from './pack-content.repository.js';
import { requirePack, showPack, unitsOf } from './pack-desk.js';
import { editProblems, hasTexts, sentences, textsFromFact } from './packs.policy.js';
import { insertPack, insertPackVersion, unitPath } from './packs.repository.js';

export interface EditingPacks {
  change: Change;
  jobs: Pick<JobsService, 'raise'>;
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems });
}

/** What an edit pins must exist, be known to who edits, and be verified unless it was pinned before. */
async function pinProblems(
  tx: DatabaseTransaction,
  { actor, edit, packVersionId }: { actor: Actor; edit: PackEdit; packVersionId: string | null },
): Promise<FieldProblem[]> {
  const factIds = edit.factIds ?? [];
  const renditionIds = edit.renditionIds ?? [];
  const pinnable = await findPinnableFacts(tx, { packVersionId, factIds, unitIds: unitsOf(actor) });
  const facts = new Map(pinnable.map((fact) => [fact.id, fact]));
  const renditions = new Set(await findKnownRenditions(tx, renditionIds, unitsOf(actor)));
  return [
    ...factIds.flatMap((id, index) => {
      const fact = facts.get(id);
      if (fact?.verified || fact?.pinned) return [];
      const messages = fact === undefined ? sentences.factUnknown : sentences.factNotVerified;
      return [{ path: `/factIds/${index}`, messages }];
    }),
    ...renditionIds.flatMap((id, index) =>
      renditions.has(id) ? [] : [{ path: `/renditionIds/${index}`, messages: sentences.renditionUnknown }],
    ),
  ];
}

/** A pack cannot be submitted before all it pins is made: that goes before other work. */
async function hurry(
  tx: DatabaseTransaction,
  jobs: EditingPacks['jobs'],
  packVersionId: string,
): Promise<void> {
  const jobIds = await findOpenJobs(tx, packVersionId);
  if (jobIds.length > 0) await jobs.raise(tx, { jobIds, priority: packWaitsPriority });
}

/** Starts a pack: version 1, a draft. Without a title it takes the first fact's headline and the facts' sources. */
export function createPack(
  { change, jobs }: EditingPacks,
  actor: Actor,
  { ownerUnitId, ...content }: PackDraft,
): Promise<PackVersion> {
  return change(actor, async ({ tx, audit, live }) => {
    const unitId = ownerUnitId ?? ownerUnitFor(actor, 'packs.compose');
    const ownerPath = await unitPath(tx, unitId);
    if (ownerPath.length === 0) refuse([{ path: '/ownerUnitId', messages: sentences.unitUnknown }]);
    demand(actor, 'packs.compose', { ownerPath });
    refuse(editProblems(content, { first: true, now: new Date() }));
    refuse(await pinProblems(tx, { actor, edit: content, packVersionId: null }));
    const factIds = content.factIds ?? [];
    const [leadId] = factIds;
    let { texts } = content;
    if (!hasTexts(texts) && leadId !== undefined) {
      texts = textsFromFact(await findWordsForPack(tx, { leadId, factIds }));
    }
    if (!hasTexts(texts)) refuse([{ path: '/texts', messages: sentences.titleNeeded }]);
    const packId = await insertPack(tx, { ownerUnitId: unitId, createdBy: actor.memberId });
    const id = await insertPackVersion(tx, {
      packId,
      number: 1,
      basedOn: null,
      changeKind: null,
      changeNote: null,
      expiresAt: content.expiresAt ?? null,
      createdBy: actor.memberId,
    });
    await writePackContent(tx, id, { ...content, ...(texts === undefined ? {} : { texts }) });
    await hurry(tx, jobs, id);
    audit({ act: 'pack.created', objectKind: 'pack', objectId: id, payload: { packId, factIds } });
    live({ topic: 'pack', id });
    return showPack(tx, id);
  });
}

/** Edits a draft; refuses with `stale_version` and the version as it is now when someone else was faster. */
export function editPack(
  { change, jobs }: EditingPacks,
  actor: Actor,
  { id, version, edit }: { id: string; version: number; edit: PackEdit },
): Promise<PackVersion> {
  return change(actor, async ({ tx, audit, live }) => {
    const head = await requirePack(tx, { actor, capability: 'packs.compose', id, lock: true });
    if (head.state !== 'draft') throw new AppError('wrong_state');
    if (head.version !== version) {
      throw new AppError('stale_version', { details: { current: await showPack(tx, id) } });
    }
    refuse(editProblems(edit, { first: head.basedOn === null, now: new Date() }));
    refuse(await pinProblems(tx, { actor, edit, packVersionId: id }));
    // Even when only lists change: the row's trigger counts the version up and notes the contributor.
    await tx
      .updateTable('packVersions')
      .set({
        state: 'draft',
        ...(edit.changeKind !== undefined && { changeKind: edit.changeKind }),
        ...(typeof edit.changeNote === 'string' && { changeNote: edit.changeNote }),
        ...(edit.expiresAt !== undefined && { expiresAt: edit.expiresAt }),
      })
      .where('id', '=', id)
      .execute();
    await writePackContent(tx, id, edit);
    await hurry(tx, jobs, id);
    audit({ act: 'pack.edited', objectKind: 'pack', objectId: id, payload: { parts: Object.keys(edit) } });
    live({ topic: 'pack', id });
    return showPack(tx, id);
  });
}
