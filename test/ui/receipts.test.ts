import { describe, expect, it } from 'vitest';
import { createReceiptQueue, type Delivery, type Receipt } from '../../ui/screens/inbox/receipts.js';

const seen: Receipt = { releaseId: 'one', mark: 'seen' };
const acknowledged: Receipt = { releaseId: 'one', mark: 'recall_acknowledged' };

function phone(stored: string | null = null) {
  const state = { stored, line: 'later' as Delivery, sent: [] as Receipt[] };
  const open = () =>
    createReceiptQueue({
      read: () => state.stored,
      write: (text) => {
        state.stored = text;
      },
      send: async (receipt) => {
        if (state.line !== 'later') state.sent.push(receipt);
        return state.line;
      },
      onChange: () => undefined,
    });
  return { state, open };
}

describe('marks of a phone', () => {
  it('wait without a line, survive a restart, and go out in their order', async () => {
    const { state, open } = phone();
    const before = open();
    expect(await before.add(seen)).toBe(false);
    expect(await before.add(acknowledged)).toBe(false);
    const after = open();
    expect(after.waiting()).toEqual([seen, acknowledged]);
    state.line = 'done';
    expect(await after.flush()).toBe(true);
    expect(state.sent).toEqual([seen, acknowledged]);
    expect(state.stored).toBeNull();
  });

  it('wait once however often they are given', async () => {
    const { open } = phone();
    const queue = open();
    await queue.add(seen);
    await queue.add(seen);
    expect(queue.waiting()).toEqual([seen]);
  });

  it('are dropped when the server refuses them, and do not hold up the next', async () => {
    const { state, open } = phone();
    const queue = open();
    await queue.add(seen);
    state.line = 'never';
    expect(await queue.flush()).toBe(false);
    expect(queue.waiting()).toEqual([]);
  });

  it('start empty when what was stored cannot be read', () => {
    expect(phone('{broken').open().waiting()).toEqual([]);
    expect(phone('[{"releaseId":1},{"releaseId":"a","mark":"liked"}]').open().waiting()).toEqual([]);
  });
});
