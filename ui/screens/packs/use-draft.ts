import { useEffect, useRef, useState } from 'preact/hooks';
import type { PackVersion } from '../../../server/contract/pack.js';
import { toProblem } from '../../api/problem.js';
import { type Action, useAction } from '../../api/queries.js';
import { type Draft, type DraftPart, differingParts, draftOf, editOf, mergedDraft } from './draft.js';

export interface DraftDesk {
  draft: Draft;
  change(part: Partial<Draft>): void;
  dirty: boolean;
  /** Another's save met ours; null while there is no quarrel. */
  theirs: PackVersion | null;
  /** What the other person changed. */
  theirParts: readonly DraftPart[];
  keepMine(): void;
  takeTheirs(): void;
  /** Saves when there is something to save; gives the version as it then is. */
  save(): Promise<PackVersion>;
  edit: Action<'packs.edit'>;
}

/** A draft being typed over the version it was read from; what others save is taken over only when nothing is lost. */
export function useDraft(pack: PackVersion): DraftDesk {
  const edit = useAction('packs.edit');
  const [base, setBase] = useState(pack);
  const [draft, setDraft] = useState(() => draftOf(pack));
  const [theirs, setTheirs] = useState<PackVersion | null>(null);
  const dirty = differingParts(draft, draftOf(base)).length > 0;
  const typed = useRef(dirty);
  typed.current = dirty;

  useEffect(() => {
    if (pack.version <= base.version || typed.current) return;
    setBase(pack);
    setDraft(draftOf(pack));
  }, [pack, base.version]);

  async function save(): Promise<PackVersion> {
    if (!dirty) return base;
    const sent = draft;
    try {
      const saved = await edit.ask({ params: { id: pack.id }, ifMatch: base.version, body: editOf(sent) });
      setBase(saved);
      setTheirs(null);
      // What was typed while it was being saved stays typed.
      setDraft((now) => (now === sent ? draftOf(saved) : now));
      return saved;
    } catch (error) {
      const { status, current } = toProblem(error);
      // With 412 the server sends the version as it is now.
      if (status === 412 && current) setTheirs(current as PackVersion);
      throw error;
    }
  }

  return {
    draft,
    change: (part) => setDraft((now) => ({ ...now, ...part })),
    dirty,
    theirs,
    theirParts: theirs ? differingParts(draftOf(base), draftOf(theirs)) : [],
    keepMine() {
      if (!theirs) return;
      setDraft((now) => mergedDraft({ base: draftOf(base), mine: now, theirs: draftOf(theirs) }));
      setBase(theirs);
      setTheirs(null);
      edit.reset();
    },
    takeTheirs() {
      if (!theirs) return;
      setBase(theirs);
      setDraft(draftOf(theirs));
      setTheirs(null);
      edit.reset();
    },
    save,
    edit,
  };
}
