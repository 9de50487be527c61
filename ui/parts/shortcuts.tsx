import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readLocal, writeLocal } from '../api/local.js';
import type { Shortcut } from './shortcut.js';
import type { ShortcutHelp } from './shortcut-help.js';

interface Registry {
  add(list: { current: readonly Shortcut[] }): () => void;
  showHelp(): Promise<void>;
}

const ShortcutsContext = createContext<Registry>({ add: () => () => {}, showHelp: async () => {} });

/** Single keys of the part on screen. They rest while someone types, in dialogs, and when switched off. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useContext(ShortcutsContext);
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => add(latest), [add]);
}

export function useShortcutHelp(): () => void {
  const { showHelp } = useContext(ShortcutsContext);
  return () => void showHelp();
}

const ownKeys = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';
const activated = 'button, a, summary, [role=tab], input';

/** Whether the key belongs to what has the focus. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return true;
  if (document.querySelector('dialog[open]')) return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest(ownKeys)) return true;
  return (event.key === 'Enter' || event.key === ' ') && event.target.closest(activated) !== null;
}

export function ShortcutsProvider({ children }: { children: ComponentChildren }) {
  const lists = useRef(new Set<{ current: readonly Shortcut[] }>());
  const [help, setHelp] = useState<{ Help: typeof ShortcutHelp; shortcuts: readonly Shortcut[] } | null>(
    null,
  );
  const [on, setOn] = useState(() => readLocal('shortcuts') !== 'off');
  const registry = useMemo<Registry>(
    () => ({
      add(list) {
        lists.current.add(list);
        return () => lists.current.delete(list);
      },
      // Few ask for the list, so its dialog is fetched when they do.
      async showHelp() {
        const { ShortcutHelp: Help } = await import('./shortcut-help.js');
        setHelp({ Help, shortcuts: [...lists.current].flatMap((list) => list.current) });
      },
    }),
    [],
  );
  function switchTo(next: boolean): void {
    setOn(next);
    writeLocal('shortcuts', next ? null : 'off');
  }
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.key === '?') return void registry.showHelp();
      // The newest part on screen comes first.
      const found = [...lists.current]
        .reverse()
        .flatMap((list) => list.current)
        .find(({ key }) => key === event.key);
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on, registry]);
  return (
    <ShortcutsContext.Provider value={registry}>
      {children}
      {help ? (
        <help.Help shortcuts={help.shortcuts} on={on} onValue={switchTo} onClose={() => setHelp(null)} />
      ) : null}
    </ShortcutsContext.Provider>
  );
}
