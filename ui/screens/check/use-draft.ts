import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CheckVersion } from '../../../server/contract/check.js';
import { readLocal, writeLocal } from '../../api/local.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';
import { changedFields, type Draft, draftOf, editOf, type FieldKey, fieldKeys, rebase } from './draft.js';

const pauseMs = 1200;

export type SaveState = 'saved' | 'waiting' | 'saving' | 'incomplete' | 'failed' | 'conflict';

interface State {
  /** The number of the stored version `base` was read from. */
  version: number;
  base: Draft;
  mine: Draft;
  conflicts: FieldKey[];
}

const placeOf = (id: string) => `check.${id}`;

function remember(id: string, { base, mine }: State): void {
  const dirty = changedFields(base, mine).length > 0;
  writeLocal(placeOf(id), dirty ? JSON.stringify({ base, mine }) : null);
}

/** The stored state with what was typed on this device and never saved. */
function begin(version: CheckVersion): State {
  const theirs = draftOf(version);
  const fresh: State = { version: version.version, base: theirs, mine: theirs, conflicts: [] };
  try {
    // Written by `remember`.
    const kept = JSON.parse(readLocal(placeOf(version.id)) ?? 'null') as { base: Draft; mine: Draft } | null;
    return kept ? { ...fresh, ...rebase(kept.base, kept.mine, theirs) } : fresh;
  } catch {
    return fresh;
  }
}

function onto(state: State, version: CheckVersion): State {
  if (version.version <= state.version) return state;
  const theirs = draftOf(version);
  const { mine, conflicts } = rebase(state.base, state.mine, theirs);
  const open = new Set(
    [...state.conflicts, ...conflicts].filter((key) => mine[key].trim() !== theirs[key].trim()),
  );
  return { version: version.version, base: theirs, mine, conflicts: [...open] };
}

export interface Drafting {
  draft: Draft;
  base: Draft;
  set(key: FieldKey, value: string): void;
  conflicts: readonly FieldKey[];
  /** Settles a conflict. */
  keep(key: FieldKey, whose: 'mine' | 'theirs'): void;
  state: SaveState;
  problem: ProblemError | null;
  /** Saves now; gives the stored version's number when nothing is left unsaved, else null. */
  flush(): Promise<number | null>;
}

/**
 * Saves a draft a moment after the last keystroke, only the fields that changed, and with the version they were
 * changed on. When someone else saved first, their other fields come in and only a field both changed is asked about.
 */
export function useDraft(stored: CheckVersion, onStored: (version: CheckVersion) => void): Drafting {
  const client = useClient();
  const { id } = stored;
  const [state, setState] = useState(() => begin(stored));
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const latest = useRef(state);
  const running = useRef<Promise<void> | null>(null);

  const change = useCallback(
    (next: State) => {
      latest.current = next;
      remember(id, next);
      setState(next);
    },
    [id],
  );

  useEffect(() => {
    const next = onto(latest.current, stored);
    if (next !== latest.current) change(next);
  }, [stored, change]);

  const saveOnce = useCallback(async () => {
    const { version, base, mine, conflicts } = latest.current;
    const { body } = editOf(base, mine);
    if (Object.keys(body).length === 0 || conflicts.length > 0) return;
    setSaving(true);
    try {
      const answer = await client.call('checks.edit', { params: { id }, ifMatch: version, body });
      setProblem(null);
      // What was typed meanwhile, or could not be stored yet, stays unsaved on top of the answer.
      const theirs = draftOf(answer);
      const now = latest.current.mine;
      const kept = [...changedFields(mine, now), ...editOf(base, mine).waiting];
      const own = fieldKeys.filter((key) => kept.includes(key) || now[key].trim() === theirs[key]);
      const merged = { ...theirs, ...Object.fromEntries(own.map((key) => [key, now[key]])) };
      change({ version: answer.version, base: theirs, mine: merged, conflicts: [] });
      onStored(answer);
    } catch (error) {
      const refused = toProblem(error);
      if (refused.status !== 412 || !refused.current) return setProblem(refused);
      // The contract sends the version as it is now with a 412.
      setProblem(null);
      const current = refused.current as CheckVersion;
      change(onto(latest.current, current));
      onStored(current);
    } finally {
      setSaving(false);
    }
  }, [client, id, change, onStored]);

  const save = useCallback(async () => {
    while (running.current) await running.current;
    running.current = saveOnce().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [saveOnce]);

  const { body, waiting } = editOf(state.base, state.mine);
  const savable = Object.keys(body).length > 0;
  const content = JSON.stringify(body);
  useEffect(() => {
    if (!savable || state.conflicts.length > 0 || content === '{}') return;
    const timer = setTimeout(() => void save(), problem ? pauseMs * 5 : pauseMs);
    return () => clearTimeout(timer);
  }, [content, savable, state.version, state.conflicts.length, problem, save]);

  // Leaving the page saves what can be saved; the rest is kept on this device.
  useEffect(() => () => void save(), [save]);

  const saveState = (): SaveState => {
    if (state.conflicts.length > 0) return 'conflict';
    if (saving) return 'saving';
    if (problem && savable) return 'failed';
    if (savable) return 'waiting';
    return waiting.length > 0 ? 'incomplete' : 'saved';
  };

  return {
    draft: state.mine,
    base: state.base,
    conflicts: state.conflicts,
    state: saveState(),
    problem,
    set(key, value) {
      change({ ...latest.current, mine: { ...latest.current.mine, [key]: value } });
    },
    keep(key, whose) {
      const { base, mine, conflicts } = latest.current;
      change({
        ...latest.current,
        mine: whose === 'mine' ? mine : { ...mine, [key]: base[key] },
        conflicts: conflicts.filter((open) => open !== key),
      });
    },
    async flush() {
      await save();
      const { base, mine, conflicts, version } = latest.current;
      const left = editOf(base, mine);
      return conflicts.length === 0 && Object.keys(left.body).length === 0 ? version : null;
    },
  };
}
