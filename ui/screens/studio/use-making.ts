import { useState } from 'preact/hooks';
import type { Creative, FormatInfo } from '../../../server/contract/creative.js';
import type { Language } from '../../../server/contract/lists.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useAction } from '../../api/queries.js';
import type { Framings } from './use-framings.js';

export interface MakingOptions {
  creative: Creative;
  framings: Framings;
  /** Of the words drawn over it. */
  language: Language;
  /** Saves a moved focal point, so that what is made is what was shown. */
  saveFocal: () => Promise<void>;
}

/** Which formats are wanted, and having them made as they are shown. */
export function useMaking({ creative, framings, language, saveFocal }: MakingOptions) {
  const render = useAction('creatives.render');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [making, setMaking] = useState(false);

  /** Gives how many are now to be made, or null when it was refused. */
  async function make(formats: readonly FormatInfo[]): Promise<number | null> {
    const wanted = formats.filter(({ code }) => chosen.has(code));
    setMaking(true);
    setProblem(null);
    try {
      await framings.settled();
      await saveFocal();
      const perFormat = Object.fromEntries(wanted.map((format) => [format.code, framings.of(format)]));
      const body = { formats: wanted.map(({ code }) => code), perFormat, language };
      const { items } = await render.ask({ params: { id: creative.id }, body });
      setChosen(new Set());
      return items.filter(({ state }) => state === 'queued' || state === 'processing').length;
    } catch (error) {
      setProblem(toProblem(error));
      return null;
    } finally {
      setMaking(false);
    }
  }

  return {
    chosen,
    making,
    problem,
    make,
    choose: (codes: readonly string[]) => setChosen(new Set(codes)),
    toggle(code: string, on: boolean) {
      setChosen((now) => {
        const next = new Set(now);
        if (on) next.add(code);
        else next.delete(code);
        return next;
      });
    },
  };
}
