import { useState } from 'preact/hooks';
import type { Creative, FormatInfo } from '../../../server/contract/creative.js';
import type { Framing } from '../../../server/contract/lists.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useAction } from '../../api/queries.js';
import { isFramed } from './format-card.js';

export interface Choice {
  chosen: ReadonlySet<string>;
  framings: ReadonlyMap<string, Framing>;
  background: string;
}

/** The server's own ground when none is named. */
export const white = '#ffffff';

/** Which formats are wanted and how each is framed, and having them made. */
export function useMaking(creative: Creative, saveFocal: () => Promise<void>) {
  const render = useAction('creatives.render');
  const [choice, setChoice] = useState<Choice>({
    chosen: new Set(),
    framings: new Map(),
    background: white,
  });
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [making, setMaking] = useState(false);

  const framingOf = (format: FormatInfo) => choice.framings.get(format.code) ?? format.defaultFraming;

  /** One request for each way of framing; gives how many are now to be made, or null when it was refused. */
  async function make(formats: readonly FormatInfo[]): Promise<number | null> {
    const wanted = formats.filter(({ code }) => choice.chosen.has(code));
    const groups = new Map<Framing | 'own', string[]>();
    for (const format of wanted) {
      const way = isFramed(format, creative) ? framingOf(format) : 'own';
      groups.set(way, [...(groups.get(way) ?? []), format.code]);
    }
    setMaking(true);
    setProblem(null);
    try {
      await saveFocal();
      let count = 0;
      for (const [way, codes] of groups) {
        const body = {
          formats: codes,
          ...(way === 'own' ? {} : { framing: way }),
          ...(way === 'fit' ? { background: choice.background } : {}),
        };
        const { items } = await render.ask({ params: { id: creative.id }, body });
        count += items.filter(({ state }) => state === 'queued' || state === 'processing').length;
      }
      setChoice((now) => ({ ...now, chosen: new Set() }));
      return count;
    } catch (error) {
      setProblem(toProblem(error));
      return null;
    } finally {
      setMaking(false);
    }
  }

  return {
    ...choice,
    framingOf,
    making,
    problem,
    make,
    choose(codes: readonly string[]) {
      setChoice((now) => ({ ...now, chosen: new Set(codes) }));
    },
    toggle(code: string, on: boolean) {
      setChoice((now) => {
        const chosen = new Set(now.chosen);
        if (on) chosen.add(code);
        else chosen.delete(code);
        return { ...now, chosen };
      });
    },
    frame(code: string, framing: Framing) {
      setChoice((now) => {
        const chosen = new Set(now.chosen).add(code);
        return { ...now, chosen, framings: new Map(now.framings).set(code, framing) };
      });
    },
    paint(background: string) {
      setChoice((now) => ({ ...now, background }));
    },
  };
}
