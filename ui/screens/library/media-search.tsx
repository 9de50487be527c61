import { useEffect, useState } from 'preact/hooks';
import type { MediaSearch as Result } from '../../../server/contract/media-match.js';
import { useCan } from '../../api/session.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { FileDrop } from '../../parts/file-drop.js';
import { MediaLikeness, mediaTexts } from '../../parts/media-likeness.js';
import { EmptyState, ErrorState, Note } from '../../parts/messages.js';
import { Progress } from '../../parts/progress.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { FactCard } from './fact-card.js';
import { useMediaSearch } from './use-media-search.js';
import './media-search.css';

/** A picture that was copied somewhere, pasted anywhere on the screen. */
function usePastedFile(onFile: (file: File) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const [file] = event.clipboardData?.files ?? [];
      if (!file) return;
      event.preventDefault();
      onFile(file);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [onFile]);
}

function Results({ result, chosen }: { result: Result; chosen: string | undefined }) {
  const t = useText(mediaTexts);
  const { language } = useLanguage();
  const may = useCan()('claims.report');
  const { items, failure, soundCompared } = result;
  return (
    <>
      <p class="hint" role="status">
        {items.length > 0 ? t('found', { count: items.length }) : ''}
      </p>
      {failure && items.length === 0 ? (
        <Note tone="alert" role="alert">
          <strong>{t('failedTitle')}</strong> {failure.text[language]}
        </Note>
      ) : null}
      {!failure && items.length === 0 ? (
        <EmptyState
          icon="image"
          title={t('nothingTitle')}
          text={t('nothingText')}
          action={
            may ? (
              <Button icon="plus" href="/desk?new=1">
                {t('report')}
              </Button>
            ) : null
          }
        />
      ) : null}
      <ul class="fact-list">
        {items.map(({ fact, likeness, fromMs }) => (
          <li key={fact.id} class="fact-item">
            <MediaLikeness likeness={likeness} fromMs={fromMs} />
            <FactCard
              item={{ fact, matched: [] }}
              href={`/library/${fact.id}`}
              current={fact.id === chosen}
            />
          </li>
        ))}
      </ul>
      {soundCompared ? null : <p class="hint">{t('soundOff')}</p>}
    </>
  );
}

/** Drop a file, get the facts: a picture, a film or a voice note that someone sent. */
export function MediaSearch({ chosen }: { chosen: string | undefined }) {
  const t = useText(mediaTexts);
  const [open, setOpen] = useState(false);
  const { state, search, stop } = useMediaSearch();
  function begin(file: File): void {
    setOpen(true);
    search(file);
  }
  function toggle(): void {
    if (open) stop();
    setOpen(!open);
  }
  usePastedFile(begin);
  useShortcuts([{ key: 'm', label: t('searchKey'), run: toggle }]);
  const busy = state.step === 'sending' || state.step === 'looking';
  return (
    <section class="media-search" aria-label={t('search')}>
      <Button look="quiet" icon={open ? 'close' : 'image'} expanded={open} shortcut="m" onPress={toggle}>
        {t(open ? 'searchClose' : 'search')}
      </Button>
      {open ? (
        <div class="media-search-panel stack-small">
          {state.step === 'refused' ? <ErrorState problem={state.problem} /> : null}
          {state.step === 'done' ? (
            <>
              <p class="media-search-name" lang="und">
                {state.name}
              </p>
              <Results result={state.result} chosen={chosen} />
            </>
          ) : null}
          {busy ? (
            <>
              <p class="media-search-name" lang="und">
                {state.name}
              </p>
              <Progress
                value={state.step === 'sending' ? state.progress : null}
                label={t(state.step === 'sending' ? 'sending' : 'looking')}
              />
              <div class="between">
                <span class="hint" role="status">
                  {t(state.step === 'sending' ? 'sending' : 'looking')}
                </span>
                <Button small look="quiet" onPress={stop}>
                  {t('stop')}
                </Button>
              </div>
            </>
          ) : (
            <FileDrop
              label={t(state.step === 'idle' ? 'drop' : 'another')}
              hint={t('dropHint')}
              accept="image/*,video/*,audio/*"
              multiple={false}
              onFiles={([file]) => {
                if (file) begin(file);
              }}
            />
          )}
        </div>
      ) : null}
    </section>
  );
}
