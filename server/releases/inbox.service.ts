import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageQuery } from '../contract/common.js';
import type { Inbox, InboxFile, InboxPack, ReachDraft, ReceiptDraft } from '../contract/release.js';
import { transact } from '../database/database.js';
import { AppError } from '../errors.js';
import { sendFile } from '../http/send-file.js';
import type { Actor } from '../sessions/actor.js';
import type { InboxDependencies } from './dependencies.js';
import { nameIn, shareNames, silenceOver, unitsSeen } from './inbox.policy.js';
import {
  findPackFiles,
  findRecallNotices,
  holdRelease,
  type InboxRelease,
  listInbox,
  type PackFile,
} from './inbox.repository.js';
import { postsOf, requireHeld, requireLive } from './inbox-access.js';
import { insertReach, insertReceipt } from './receipts.repository.js';

/** A file of a release and the answer it goes into. */
export interface FileCall {
  releaseId: string;
  fileId: string;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface InboxService {
  /** Live packs of the member's units, newest first; recall notices are always all there, even in silence. */
  list(actor: Actor, query: PageQuery): Promise<Inbox>;
  read(actor: Actor, releaseId: string): Promise<InboxPack>;
  /** Streams a file. The download is on the board before the first byte leaves. */
  sendFile(actor: Actor, call: FileCall): Promise<FastifyReply>;
  sendPreview(actor: Actor, call: FileCall): Promise<FastifyReply>;
  /** Notes what this phone did; also late, when it comes back online. Repeating changes nothing. */
  mark(actor: Actor, releaseId: string, receipt: ReceiptDraft): Promise<void>;
  /** Notes how many people a unit believes it reached: one number. */
  reach(actor: Actor, releaseId: string, reach: ReachDraft): Promise<void>;
}

function named(
  files: readonly PackFile[],
  title: string,
  language: Actor['language'],
): (PackFile & { name: string })[] {
  const names = shareNames(
    title,
    files.map(({ format, mime }) => ({ format: nameIn(format.name, language) || format.code, mime })),
  );
  return files.map((file, index) => ({ ...file, name: names[index] ?? file.id }));
}

function fileView(releaseId: string, { preview, ...file }: PackFile & { name: string }): InboxFile {
  return {
    ...file,
    url: `/api/inbox/${releaseId}/files/${file.id}`,
    previewUrl: preview === null ? null : `/api/inbox/${releaseId}/previews/${file.id}`,
  };
}

export function createInboxService({ db, change, packs, files }: InboxDependencies): InboxService {
  async function filesOf(handle: Parameters<typeof findPackFiles>[0], actor: Actor, release: InboxRelease) {
    const title = nameIn(release.title, actor.language);
    return named(await findPackFiles(handle, release.packVersionId), title, actor.language);
  }

  return {
    async list(actor, { cursor, limit = 30 }) {
      const posts = await postsOf(db, actor);
      const silentUntil = silenceOver(posts);
      const free = posts.filter((post) => post.silentUntil === null);
      const rows =
        free.length === 0
          ? []
          : await listInbox(db, { unitIds: unitsSeen(free), reader: actor, cursor, limit });
      const items = rows.slice(0, limit);
      return {
        items,
        nextCursor: rows.length > limit ? (items.at(-1)?.releaseId ?? null) : null,
        recalls: await findRecallNotices(db, { unitIds: unitsSeen(posts), reader: actor }),
        silentUntil,
        at: new Date().toISOString(),
      };
    },

    async read(actor, releaseId) {
      const { release } = await requireLive(db, actor, releaseId);
      const content = await packs.content(db, release.packVersionId);
      const carried = await filesOf(db, actor, release);
      return {
        releaseId,
        packVersionId: release.packVersionId,
        number: release.number,
        releasedAt: release.releasedAt,
        expiresAt: release.expiresAt,
        amber: release.amber,
        changeKind: release.changeKind,
        changeNote: release.changeNote,
        issuedBy: release.issuedBy,
        ...content,
        files: carried.map((file) => fileView(releaseId, file)),
        marks: release.marks,
      };
    },

    async sendFile(actor, { releaseId, fileId, request, reply }) {
      const file = await transact(db, { actorId: actor.memberId }, async (tx) => {
        await holdRelease(tx, releaseId);
        const { release, unitId } = await requireLive(tx, actor, releaseId);
        const found = (await filesOf(tx, actor, release)).find(({ id }) => id === fileId);
        if (found === undefined) throw new AppError('not_found');
        const { memberId, deviceId } = actor;
        await insertReceipt(tx, { releaseId, memberId, deviceId, unitId, mark: 'downloaded' });
        return found;
      });
      const { sha256, size, mime, name } = file;
      return sendFile(reply, request, { files, sha256, size, mime, name, disposition: 'attachment' });
    },

    async sendPreview(actor, { releaseId, fileId, request, reply }) {
      const { release } = await requireLive(db, actor, releaseId);
      const found = (await findPackFiles(db, release.packVersionId)).find(({ id }) => id === fileId);
      if (!found?.preview) throw new AppError('not_found');
      return sendFile(reply, request, { files, ...found.preview, name: 'preview', disposition: 'inline' });
    },

    mark: (actor, releaseId, { mark }) =>
      change(actor, async ({ tx, live }) => {
        await holdRelease(tx, releaseId);
        const { release, unitId } = await requireHeld(tx, actor, releaseId);
        if (mark === 'recall_acknowledged' && release.state !== 'recalled') {
          throw new AppError('wrong_state');
        }
        const { memberId, deviceId } = actor;
        const isNew = await insertReceipt(tx, { releaseId, memberId, deviceId, unitId, mark });
        if (isNew && mark === 'recall_acknowledged') live({ topic: 'pack', id: release.packVersionId });
      }),

    reach: (actor, releaseId, { people, groups = 0 }) =>
      change(actor, async ({ tx }) => {
        const { unitId } = await requireHeld(tx, actor, releaseId);
        await insertReach(tx, { releaseId, unitId, memberId: actor.memberId, people, groups });
      }),
  };
}
