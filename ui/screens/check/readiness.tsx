import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import type { Readiness } from './meter.js';
import { texts } from './texts.js';
import type { SaveState } from './use-draft.js';

export function SaveMark({ state }: { state: SaveState }) {
  const t = useText(texts);
  const words: Readonly<Record<SaveState, string>> = {
    saved: t('saved'),
    waiting: t('waiting'),
    saving: t('saving'),
    incomplete: t('incomplete'),
    failed: t('saveFailed'),
    conflict: t('conflictTitle'),
  };
  return (
    <p class="save-mark" role="status">
      {state === 'saved' ? (
        <Icon name="check" size={18} />
      ) : state === 'saving' || state === 'waiting' ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <Icon name="alert" size={18} />
      )}
      {words[state]}
    </p>
  );
}

/** What is missing, in words, and the way to review once nothing is. */
export function ReadinessCard(props: {
  readiness: Readiness;
  saveState: SaveState;
  busy: boolean;
  onSubmit: () => void;
}) {
  const t = useText(texts);
  const { needs, byException, ready } = props.readiness;
  const sources = needs.some((need) => need === 'two' || need === 'strong');
  return (
    <section class="readiness sheet" aria-label={t('meterTitle')}>
      <h2>{ready ? t('meterReady') : t('meterTitle')}</h2>
      {needs.length > 0 ? (
        <ul>
          {needs.map((need) => (
            <li key={need}>{t(`need_${need}`)}</li>
          ))}
        </ul>
      ) : null}
      {sources ? <p class="hint">{t('orException')}</p> : null}
      {byException ? <p class="hint">{t('exceptionUsed')}</p> : null}
      <Button
        look="main"
        wide
        icon="send"
        shortcut="s"
        busy={props.busy}
        disabled={!ready || props.saveState === 'conflict' || props.saveState === 'incomplete'}
        onPress={props.onSubmit}
      >
        {t('submit')}
      </Button>
      <SaveMark state={props.saveState} />
    </section>
  );
}
