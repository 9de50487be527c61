import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readLocal, writeLocal } from '../api/local.js';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Checkbox } from './choice.js';
import { Dialog } from './dialog.js';

export interface Shortcut {
  /** As `KeyboardEvent.key`: `j`, `/`, `Enter`. */
  key: string;
  label: string;
  run: () => void;
}

interface Registry {
  add(list: { current: readonly Shortcut[] }): () => void;
  showHelp(): void;
}

const ShortcutsContext = createContext<Registry>({ add: () => () => {}, showHelp: () => {} });

/** Single keys of the part on screen. They rest while someone types, in dialogs, and when switched off. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = useContext(ShortcutsContext);
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => add(latest), [add]);
}

export function useShortcutHelp(): () => void {
  return useContext(ShortcutsContext).showHelp;
}

/** Keys whose names are words are drawn. */
const drawn: Readonly<Record<string, string>> = {
  Enter: '↵',
  ' ': '␣',
  Escape: '⎋',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

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
  const t = useText(common);
  const lists = useRef(new Set<{ current: readonly Shortcut[] }>());
  const [help, setHelp] = useState<readonly Shortcut[] | null>(null);
  const [on, setOn] = useState(() => readLocal('shortcuts') !== 'off');
  const registry = useMemo<Registry>(
    () => ({
      add(list) {
        lists.current.add(list);
        return () => lists.current.delete(list);
      },
      showHelp: () => setHelp([...lists.current].flatMap((list) => list.current)),
    }),
    [],
  );
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.key === '?') return registry.showHelp();
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
      <Dialog open={help !== null} title={t('shortcutsTitle')} onClose={() => setHelp(null)}>
        {help?.length === 0 ? <p>{t('shortcutsNone')}</p> : null}
        <dl class="keys">
          {[...(help ?? []), { key: '?', label: t('shortcutsHelp') }].map(({ key, label }) => (
            <div key={key + label}>
              <dt>
                <kbd>{drawn[key] ?? key}</kbd>
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
        <Checkbox
          label={t('shortcutsOn')}
          checked={on}
          onValue={(next) => {
            setOn(next);
            writeLocal('shortcuts', next ? null : 'off');
          }}
        />
      </Dialog>
    </ShortcutsContext.Provider>
  );
}
