import { type ReceiptMark, receiptMarks } from '../../../server/contract/lists.js';

export interface Receipt {
  releaseId: string;
  mark: ReceiptMark;
}

/** `later`: the line is down; `never`: refused, asking again would change nothing. */
export type Delivery = 'done' | 'later' | 'never';

export interface ReceiptQueueOptions {
  read: () => string | null;
  write: (text: string | null) => void;
  send: (receipt: Receipt) => Promise<Delivery>;
  /** What waits has changed. */
  onChange: (waiting: readonly Receipt[]) => void;
}

export interface ReceiptQueue {
  add(receipt: Receipt): Promise<boolean>;
  /** Sends what waits, oldest first; true when anything arrived. */
  flush(): Promise<boolean>;
  waiting(): readonly Receipt[];
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false;
  if (!('releaseId' in value && typeof value.releaseId === 'string' && 'mark' in value)) return false;
  const { mark } = value;
  return receiptMarks.some((known) => known === mark);
}

function parse(text: string | null): Receipt[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(stored) ? stored.filter(isReceipt) : [];
  } catch {
    return [];
  }
}

const same = (one: Receipt, other: Receipt) => one.releaseId === other.releaseId && one.mark === other.mark;

/** Marks that wait on the phone until the server has them, across restarts. */
export function createReceiptQueue({ read, write, send, onChange }: ReceiptQueueOptions): ReceiptQueue {
  let list: readonly Receipt[] = parse(read());
  let sending: Promise<boolean> | null = null;

  function keep(next: readonly Receipt[]): void {
    list = next;
    write(next.length > 0 ? JSON.stringify(next) : null);
    onChange(next);
  }

  async function sendAll(): Promise<boolean> {
    let arrived = false;
    for (let first = list[0]; first; first = list[0]) {
      const sent = first;
      const delivery = await send(sent);
      if (delivery === 'later') break;
      arrived ||= delivery === 'done';
      keep(list.filter((receipt) => !same(receipt, sent)));
    }
    return arrived;
  }

  function flush(): Promise<boolean> {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    flush,
    waiting: () => list,
    add(receipt) {
      if (!list.some((waiting) => same(waiting, receipt))) keep([...list, receipt]);
      return flush();
    },
  };
}
