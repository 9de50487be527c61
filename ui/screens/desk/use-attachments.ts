import { useRef, useState } from 'preact/hooks';
import { newKey } from '../../api/client.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';

export interface Attachment {
  key: string;
  file: File;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** Share that left, 0 to 1. */
  progress: number;
  problem: ProblemError | null;
}

/** Files that go with a claim: chosen before it exists, sent one after the other once it does. */
export function useAttachments() {
  const client = useClient();
  const [items, setItems] = useState<readonly Attachment[]>([]);
  const latest = useRef(items);
  latest.current = items;

  const change = (key: string, part: Partial<Attachment>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...part } : item)));

  async function sendOne({ key, file }: Attachment, claimId: string): Promise<boolean> {
    change(key, { state: 'sending', progress: 0, problem: null });
    try {
      await client.upload('claims.addMedia', {
        params: { id: claimId },
        file,
        idempotencyKey: key,
        onProgress: (progress) => change(key, { progress }),
      });
      change(key, { state: 'sent', progress: 1 });
      return true;
    } catch (error) {
      change(key, { state: 'failed', problem: toProblem(error) });
      return false;
    }
  }

  return {
    items,
    add(files: readonly File[]) {
      const added = files.map((file) => {
        return { key: newKey(), file, state: 'waiting', progress: 0, problem: null } as const;
      });
      setItems((now) => [...now, ...added]);
    },
    remove(key: string) {
      setItems((now) => now.filter((item) => item.key !== key));
    },
    /** True when every file arrived. */
    async send(claimId: string): Promise<boolean> {
      let all = true;
      for (const item of latest.current) {
        if (item.state !== 'sent' && !(await sendOne(item, claimId))) all = false;
      }
      return all;
    },
  };
}
