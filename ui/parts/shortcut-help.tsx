import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Checkbox } from './choice.js';
import { Dialog } from './dialog.js';
import type { Shortcut } from './shortcut.js';

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

export interface ShortcutHelpProps {
  shortcuts: readonly Shortcut[];
  on: boolean;
  onValue: (on: boolean) => void;
  onClose: () => void;
}

/** What every key does on this screen, and the switch that lets them rest. */
export function ShortcutHelp({ shortcuts, on, onValue, onClose }: ShortcutHelpProps) {
  const t = useText(common);
  return (
    <Dialog open title={t('shortcutsTitle')} onClose={onClose}>
      {shortcuts.length === 0 ? <p>{t('shortcutsNone')}</p> : null}
      <dl class="keys">
        {[...shortcuts, { key: '?', label: t('shortcutsHelp') }].map(({ key, label }) => (
          <div key={key + label}>
            <dt>
              <kbd>{drawn[key] ?? key}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <Checkbox label={t('shortcutsOn')} checked={on} onValue={onValue} />
    </Dialog>
  );
}
