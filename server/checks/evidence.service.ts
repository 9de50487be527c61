import type { Change } from '../audit/change.js';
import type { CheckVersion, Evidence, EvidenceDraft } from '../contract/check.js';
import type { Database } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { Quotas } from '../uploads/quotas.js';
import { type CheckActs, tellOfCheck } from './check-acts.js';
import { captureFile, insertEvidence, removeEvidence } from './check-writes.repository.js';
import { findEvidence } from './checks.repository.js';

/** A captured copy that was stored while it came in; `mime` by its content. */
export interface StoredCapture {
  sha256: string;
  size: number;
  mime: string;
}

/** The sources a draft stands on. Those of a submitted or verified version stay as they are. */
export interface EvidenceService {
  addEvidence(actor: Actor, versionId: string, draft: EvidenceDraft): Promise<CheckVersion>;
  removeEvidence(actor: Actor, versionId: string, evidenceId: string): Promise<CheckVersion>;
  /** Throws as `captureEvidence` would, so that a file that may not be attached is not received. */
  mayCaptureEvidence(actor: Actor, evidenceId: string): Promise<void>;
  captureEvidence(actor: Actor, evidenceId: string, capture: StoredCapture): Promise<Evidence>;
  /** The captured copy and a name to save it under. */
  evidenceFile(actor: Actor, evidenceId: string): Promise<StoredCapture & { name: string }>;
}

const keptProof = {
  hi: 'इस स्रोत की प्रति पहले से सहेजी है और बदली नहीं जाती। ज़रूरत हो तो स्रोत हटाकर फिर जोड़ें।',
  en: 'This source has its captured copy, which is never exchanged. Remove the source and add it again if you must.',
};

export function createEvidenceService({
  db,
  change,
  acts,
  quotas,
}: {
  db: Database;
  change: Change;
  acts: CheckActs;
  quotas: Pick<Quotas, 'confirm'>;
}): EvidenceService {
  /** The newest version decides, for permission and for whether it may change. */
  async function found(actor: Actor, evidenceId: string, capability: 'checks.write' | 'desk.read') {
    const evidence = await findEvidence(db, evidenceId);
    if (evidence === undefined) throw new AppError('not_found');
    return { evidence, subject: await acts.subject(actor, evidence.versionId, capability) };
  }

  async function mayCapture(actor: Actor, evidenceId: string) {
    const { evidence, subject } = await found(actor, evidenceId, 'checks.write');
    if (subject.state !== 'draft') throw new AppError('wrong_state');
    if (evidence.sha256 !== null) throw new AppError('conflict', { messages: keptProof });
    return subject;
  }

  return {
    addEvidence(actor, versionId, draft) {
      return acts.act(actor, versionId, 'checks.write', async ({ tx, audit, subject }) => {
        const { checkId } = subject;
        const id = await insertEvidence(tx, { versionId, checkId, draft, memberId: actor.memberId });
        const payload = { evidenceId: id, ...draft };
        audit({ act: 'check.evidence_added', objectKind: 'check_version', objectId: versionId, payload });
        return undefined;
      });
    },

    removeEvidence(actor, versionId, evidenceId) {
      return acts.act(actor, versionId, 'checks.write', async ({ tx, audit }) => {
        if (!(await removeEvidence(tx, { versionId, evidenceId }))) throw new AppError('not_found');
        const payload = { evidenceId };
        audit({ act: 'check.evidence_removed', objectKind: 'check_version', objectId: versionId, payload });
        return undefined;
      });
    },

    async mayCaptureEvidence(actor, evidenceId) {
      await mayCapture(actor, evidenceId);
    },

    async captureEvidence(actor, evidenceId, capture) {
      const subject = await mayCapture(actor, evidenceId);
      return change(actor, async ({ tx, audit, live }) => {
        if (!(await captureFile(tx, { evidenceId, ...capture }))) {
          throw new AppError('conflict', { messages: keptProof });
        }
        await quotas.confirm(actor, tx);
        audit({ act: 'evidence.captured', objectKind: 'evidence', objectId: evidenceId, payload: capture });
        tellOfCheck(live, subject.id, subject);
        const { evidence } = await acts.readWithin(tx, actor, subject.id);
        const source = evidence.find(({ id }) => id === evidenceId);
        if (source === undefined) throw new AppError('wrong_state');
        return source;
      });
    },

    async evidenceFile(actor, evidenceId) {
      const { evidence } = await found(actor, evidenceId, 'desk.read');
      const { sha256, size, mime, publisher } = evidence;
      if (sha256 === null || size === null || mime === null) throw new AppError('not_found');
      const ending = mime.split('/')[1]?.replace(/[^a-z0-9].*$/, '') ?? 'bin';
      return { sha256, size, mime, name: `${publisher.slice(0, 80)}.${ending}` };
    },
  };
}
