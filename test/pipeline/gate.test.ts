import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../pipeline/gate.js';

/** Who is inside, with a way to let each out. */
function watch() {
  const gate = createGate();
  const inside = new Map<string, () => void>();
  return {
    inside: () => [...inside.keys()].join(' '),
    async ask(name: string, alone = false) {
      void gate.enter({ alone }).then((leave) => inside.set(name, leave));
      await turn();
    },
    async out(name: string) {
      inside.get(name)?.();
      inside.delete(name);
      await turn();
    },
  };
}

describe('the gate', () => {
  it('lets many in side by side', async () => {
    const { ask, inside } = watch();
    await ask('a');
    await ask('b');
    expect(inside()).toBe('a b');
  });

  it('lets one in alone when all have left, and the others after it, in their order', async () => {
    const { ask, out, inside } = watch();
    await ask('a');
    await ask('b');
    await ask('alone', true);
    await ask('c');
    await ask('too', true);
    await ask('d');
    await out('a');
    expect(inside()).toBe('b');
    await out('b');
    expect(inside()).toBe('alone');
    await out('alone');
    expect(inside()).toBe('c');
    await out('c');
    expect(inside()).toBe('too');
    await out('too');
    expect(inside()).toBe('d');
  });
});
