import { useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { Claim, ClaimMatch, ClusterJoin } from '../../../server/contract/claim.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { refreshReads, useClient } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { useToast } from '../../parts/toast.js';
import { texts } from './texts.js';

export interface Cluster {
  join(match: ClaimMatch): void;
  /** Because both carried the same media. */
  joinByFile(clusterId: string): void;
  leave(): void;
  /** Cluster that is being joined, or `leave`. */
  busy: string | null;
  problem: ProblemError | null;
}

/** Joining and leaving in one act; the toast takes it back to the group the claim was in before. */
export function useCluster(claim: Claim): Cluster {
  const t = useText(texts);
  const client = useClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const params = { id: claim.id };
  const before = claim.cluster;

  async function act(mark: string, work: () => Promise<unknown>): Promise<boolean> {
    setBusy(mark);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    } finally {
      setBusy(null);
      await refreshReads(queries, ['claims.', 'checks.']);
    }
  }
  const joinTo = (clusterId: string) => client.call('claims.join', { params, body: { clusterId } });
  const alone = () => client.call('claims.leave', { params });
  // A group of one ended when its claim left it; going back there means standing alone again.
  const goBack = () => (before.claims > 1 ? joinTo(before.id) : alone());

  async function join(body: ClusterJoin): Promise<void> {
    const { clusterId } = body;
    const done = await act(clusterId, () => client.call('claims.join', { params, body }));
    if (done) toast({ text: t('joined'), undo: () => void act(clusterId, goBack) });
  }

  return {
    busy,
    problem,
    join: ({ clusterId, score }) =>
      void join({ clusterId, method: 'match', score: Math.min(1, Math.max(0, score)) }),
    joinByFile: (clusterId) => void join({ clusterId, method: 'file' }),
    async leave() {
      const done = await act('leave', alone);
      if (done) toast({ text: t('left'), undo: () => void act('leave', () => joinTo(before.id)) });
    },
  };
}
