import { useEffect } from 'preact/hooks';
import type { CheckVersionSummary } from '../../../server/contract/check.js';
import type { PackSummary } from '../../../server/contract/pack.js';
import { type Pages, usePages } from '../../api/queries.js';
import { useCan } from '../../api/session.js';

export type QueueItem =
  | { kind: 'check'; id: string; at: string; check: CheckVersionSummary }
  | { kind: 'pack'; id: string; at: string; pack: PackSummary };

/** The queue is read whole, because the oldest come last from the server. */
function useAll<T>(pages: Pages<T>): void {
  const { hasMore, loadingMore, more } = pages;
  useEffect(() => {
    if (hasMore && !loadingMore) more();
  }, [hasMore, loadingMore, more]);
}

/** Everything in review, the longest waiting first. */
export function useQueue() {
  const can = useCan();
  const query = { state: 'in_review', limit: 100 } as const;
  const checks = usePages('checks.list', { query }, { enabled: can('desk.read') });
  const packs = usePages('packs.list', { query }, { enabled: can('desk.read') });
  useAll(checks);
  useAll(packs);
  const items: QueueItem[] = [
    ...checks.items.map((check) => {
      return { kind: 'check' as const, id: check.id, at: check.submittedAt ?? check.createdAt, check };
    }),
    ...packs.items.map((pack) => {
      return { kind: 'pack' as const, id: pack.id, at: pack.submittedAt ?? pack.createdAt, pack };
    }),
  ];
  items.sort((one, other) => one.at.localeCompare(other.at));
  return {
    items,
    loading: checks.loading || packs.loading,
    problem: checks.problem ?? packs.problem,
    retry() {
      checks.retry();
      packs.retry();
    },
  };
}
