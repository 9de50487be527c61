import { useQueryClient } from '@tanstack/preact-query';
import { useRef, useState } from 'preact/hooks';
import type { Creative, FormatFraming, FormatInfo } from '../../../server/contract/creative.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { keyOf, useAction } from '../../api/queries.js';
import { ownFraming } from './framing.js';

type Choice = FormatFraming | null;

function same(a: Choice | undefined, b: Choice | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export interface Framings {
  of(format: FormatInfo): FormatFraming;
  /** Null takes the format's own way again. Kept at once, one after the other. */
  save(code: string, choice: Choice): Promise<void>;
  /** Resolves when everything chosen so far is kept. */
  settled(): Promise<void>;
  problem: ProblemError | null;
  /** Someone else chose for the same format meanwhile; theirs is shown. */
  clashed: boolean;
}

/** How each format of a creative is framed; what is chosen is shown at once and kept with the creative. */
export function useFramings(creative: Creative): Framings {
  const queries = useQueryClient();
  const edit = useAction('creatives.edit');
  const [drafts, setDrafts] = useState<Readonly<Record<string, Choice>>>({});
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [clashed, setClashed] = useState(false);
  const chain = useRef<Promise<void>>(Promise.resolve());
  const newest = useRef(creative);
  if (creative.version >= newest.current.version) newest.current = creative;
  const { id } = creative;

  function keep(saved: Creative): void {
    newest.current = saved;
    queries.setQueryData(keyOf('creatives.read', { params: { id } }), saved);
  }

  function forget(code: string, choice: Choice): void {
    setDrafts((now) => {
      const { [code]: draft, ...others } = now;
      return same(draft, choice) ? others : now;
    });
  }

  async function send(code: string, choice: Choice): Promise<void> {
    const before = newest.current;
    const ask = (version: number) =>
      edit.ask({ params: { id }, body: { framings: { [code]: choice } }, ifMatch: version });
    try {
      keep(await ask(before.version));
    } catch (error) {
      const refusal = toProblem(error);
      if (refusal.status !== 412 || refusal.current === undefined) throw refusal;
      // Checked by the server: with 412 comes the creative as it is now.
      const current = refusal.current as Creative;
      keep(current);
      if (!same(current.framings[code], before.framings[code])) {
        setClashed(true);
        return;
      }
      keep(await ask(current.version));
    }
  }

  return {
    of: (format) => {
      const draft = drafts[format.code];
      return (draft === undefined ? creative.framings[format.code] : draft) ?? ownFraming(format);
    },
    save(code, choice) {
      setDrafts((now) => ({ ...now, [code]: choice }));
      setProblem(null);
      setClashed(false);
      const turn = chain.current.then(() => send(code, choice));
      chain.current = turn.then(
        () => forget(code, choice),
        (error) => {
          setProblem(toProblem(error));
          forget(code, choice);
        },
      );
      return chain.current;
    },
    settled: () => chain.current,
    problem,
    clashed,
  };
}
