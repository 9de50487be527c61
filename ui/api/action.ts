import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import { newKey } from './client.js';
import { takesKey } from './idempotent.js';
import { type ProblemError, toProblem } from './problem.js';
import { refreshReads, useClient } from './queries.js';
import type { Answer, CallInput, CallName, Rest } from './types.js';

export interface Action<N extends CallName> {
  /** Never throws: what went wrong is in `problem`. */
  run(input: CallInput<N>, onDone?: (answer: Answer<N>) => void): void;
  /** For a chain of steps: throws a `ProblemError`. */
  ask(input: CallInput<N>): Promise<Answer<N>>;
  pending: boolean;
  /** Why the last try was refused. */
  problem: ProblemError | null;
  reset(): void;
}

const tries = 3;
const firstWaitMs = 600;

const rested = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One write: `const join = useAction('claims.join', ['checks.'])`. Where the server takes an idempotency key, one
 * intention has one key and is tried again when the line broke; afterwards reads of the same noun and of the named
 * prefixes are asked anew.
 */
export function useAction<N extends CallName>(name: N, refresh: readonly string[] = []): Action<N> {
  const client = useClient();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [running, setRunning] = useState(0);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  async function attempt(input: CallInput<N>): Promise<Answer<N>> {
    const keyed = takesKey(name);
    // The key is the only part added; the rest is what the caller's types demanded.
    const rest = [keyed ? { idempotencyKey: newKey(), ...input } : input] as unknown as Rest<CallInput<N>>;
    for (let turn = 1; ; turn += 1) {
      try {
        return await client.call(name, ...rest);
      } catch (error) {
        if (!keyed || turn === tries || toProblem(error).status !== 0) throw error;
        await rested(firstWaitMs * turn);
      }
    }
  }

  async function ask(input: CallInput<N>): Promise<Answer<N>> {
    setProblem(null);
    setRunning((count) => count + 1);
    try {
      return await attempt(input);
    } catch (error) {
      const refused = toProblem(error);
      if (shown.current) setProblem(refused);
      throw refused;
    } finally {
      if (shown.current) setRunning((count) => count - 1);
      void refreshReads(queries, [`${name.split('.')[0]}.`, ...refresh]);
    }
  }

  return {
    ask,
    run: (input, onDone) => {
      // A refusal is shown by whoever reads `problem`.
      ask(input).then(onDone, () => undefined);
    },
    pending: running > 0,
    problem,
    reset: () => setProblem(null),
  };
}
