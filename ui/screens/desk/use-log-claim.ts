import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { ClaimDraft, ClaimMatch } from '../../../server/contract/claim.js';
import { newKey } from '../../api/client.js';
import type { ProblemError } from '../../api/problem.js';
import { useAction } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { useToast } from '../../parts/toast.js';
import { rememberClaim } from './claim-draft.js';
import { texts } from './texts.js';
import { useAttachments } from './use-attachments.js';

export interface LogClaim {
  files: ReturnType<typeof useAttachments>;
  /** The claim, once it is logged; what remains then are its files. */
  savedId: string | null;
  busy: boolean;
  /** Cluster the claim is being joined to. */
  joining: string | null;
  problem: ProblemError | null;
  /** Logs the claim, in the group of the match when there is one, then sends the files. */
  log(draft: ClaimDraft, sameAs: string, match?: ClaimMatch): Promise<void>;
  sendFiles(id: string): Promise<void>;
}

/** Logs what was typed, once however often it is sent, and opens it. */
export function useLogClaim(): LogClaim {
  const t = useText(texts);
  const toast = useToast();
  const { route } = useLocation();
  const create = useAction('claims.create');
  const leave = useAction('claims.leave', ['checks.', 'library.']);
  const files = useAttachments();
  const [sending, setSending] = useState(false);
  const [joining, setJoining] = useState<string | null>(null);
  const [savedId, setSavedId] = useState<string | null>(null);
  const sent = useRef({ content: '', key: '' });

  async function sendFiles(id: string, joined = false): Promise<void> {
    setSending(true);
    const all = await files.send(id);
    setSending(false);
    if (!all) return setSavedId(id);
    // Taking it back leaves the claim logged, alone in a group of its own.
    if (joined) toast({ text: t('savedJoined'), undo: () => leave.run({ params: { id } }) });
    else toast(t('saved'));
    route(`/desk/${id}`, true);
  }

  return {
    files,
    savedId,
    busy: create.pending || sending,
    joining,
    problem: create.problem,
    sendFiles: (id) => sendFiles(id),
    async log(draft, sameAs, match) {
      const join = match && {
        clusterId: match.clusterId,
        method: 'match' as const,
        score: Math.min(1, Math.max(0, match.score)),
      };
      // The same words sent again after a lost answer must not become a second claim.
      const content = JSON.stringify([sameAs, join?.clusterId]);
      if (sent.current.content !== content) sent.current = { content, key: newKey() };
      setJoining(join?.clusterId ?? null);
      try {
        const body = { ...draft, ...(join && { join }) };
        const claim = await create.ask({ body, idempotencyKey: sent.current.key });
        rememberClaim(null);
        setSavedId(claim.id);
        await sendFiles(claim.id, join !== undefined);
      } catch {
        // What went wrong is in `problem`, beside the form.
      } finally {
        setJoining(null);
      }
    },
  };
}
