import { useEffect, useRef, useState } from 'preact/hooks';
import type { CreativeSummary } from '../../../server/contract/creative.js';
import type { Recogniser } from './recogniser.js';
import type { Staged } from './stage.js';

/** By key: the creative that is there already, null for none; nothing while it is being looked. */
export type Known = ReadonlyMap<string, CreativeSummary | null>;

/** Looks for each chosen file once; what replaces another is meant, whatever is there. */
export function useKnown(recogniser: Recogniser, items: readonly Staged[]): Known {
  const [known, setKnown] = useState<Known>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const { key, file, kind, replaces } of items) {
      if (kind === null || replaces || asked.current.has(key)) continue;
      asked.current.add(key);
      void recogniser.knownOf(file).then((found) => setKnown((now) => new Map(now).set(key, found)));
    }
  }, [items, recogniser]);
  return known;
}

/** Whether it goes to the queue. */
export function isTaken({ key, kind, again, replaces }: Staged, known: Known): boolean {
  return kind !== null && (again || replaces !== null || !known.get(key));
}
