import { useQueryClient } from '@tanstack/preact-query';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { ReceiptMark } from '../../../server/contract/lists.js';
import { readLocal, writeLocal } from '../../api/local.js';
import { toProblem } from '../../api/problem.js';
import { refreshReads, useClient } from '../../api/queries.js';
import { useMe } from '../../api/session.js';
import { createReceiptQueue, type Receipt } from './receipts.js';

export interface Receipts {
  mark(releaseId: string, mark: ReceiptMark): void;
  waiting: readonly Receipt[];
  isWaiting(releaseId: string, mark: ReceiptMark): boolean;
}

/** This member's marks on this phone: sent at once, or when the line is back. */
export function useReceipts(): Receipts {
  const client = useClient();
  const queries = useQueryClient();
  const { id } = useMe().member;
  const [waiting, setWaiting] = useState<readonly Receipt[]>([]);
  const queue = useMemo(
    () =>
      createReceiptQueue({
        read: () => readLocal(`receipts.${id}`),
        write: (text) => writeLocal(`receipts.${id}`, text),
        onChange: setWaiting,
        async send({ releaseId, mark }) {
          try {
            await client.call('inbox.receipt', { params: { id: releaseId }, body: { mark } });
            return 'done';
          } catch (error) {
            const { mayPass, status } = toProblem(error);
            // Signed out is not refused: whoever signs in again sends it.
            return mayPass || status === 401 ? 'later' : 'never';
          }
        },
      }),
    [id, client],
  );
  const told = useCallback(
    (arrived: boolean) => (arrived ? refreshReads(queries, ['inbox.']) : undefined),
    [queries],
  );
  useEffect(() => {
    setWaiting(queue.waiting());
    const flush = () => void queue.flush().then(told);
    flush();
    addEventListener('online', flush);
    addEventListener('focus', flush);
    return () => {
      removeEventListener('online', flush);
      removeEventListener('focus', flush);
    };
  }, [queue, told]);
  return {
    waiting,
    mark: useCallback((releaseId, mark) => void queue.add({ releaseId, mark }).then(told), [queue, told]),
    isWaiting: (releaseId, mark) =>
      waiting.some((receipt) => receipt.releaseId === releaseId && receipt.mark === mark),
  };
}
