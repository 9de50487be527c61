import { useState } from 'preact/hooks';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { Progress } from '../../parts/progress.js';
import { texts } from './texts.js';
import { isUnderWay, type Upload, type Uploads } from './uploads.js';
import { useUploadItems } from './use-uploads.js';

function UploadState({ item }: { item: Upload }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const { state, progress, problem, file } = item;
  if (state === 'sending' && progress < 1) {
    return <Progress value={progress} label={t('sending', { name: file.name })} />;
  }
  if (state === 'sending') return <Progress value={null} label={t('arriving')} />;
  if (state === 'failed') return <p class="field-error">{problem?.details[language]}</p>;
  return <small class="faint">{t(state)}</small>;
}

function UploadActs({ item, uploads }: { item: Upload; uploads: Uploads }) {
  const t = useText(texts);
  const { key, state, problem, file, creativeId } = item;
  const { name } = file;
  if (state === 'sent') {
    return (
      <Button look="quiet" small href={`/studio/${creativeId}`}>
        {t('openOne')}
      </Button>
    );
  }
  return (
    <>
      {state === 'waiting' || state === 'sending' ? (
        <Button
          look="quiet"
          small
          icon="pause"
          label={t('pauseOne', { name })}
          onPress={() => uploads.pause(key)}
        />
      ) : null}
      {state === 'paused' ? (
        <Button
          look="quiet"
          small
          icon="play"
          label={t('resumeOne', { name })}
          onPress={() => uploads.resume(key)}
        />
      ) : null}
      {state === 'failed' && problem?.mayPass ? (
        <Button
          look="quiet"
          small
          icon="refresh"
          label={t('retryOne', { name })}
          onPress={() => uploads.resume(key)}
        />
      ) : null}
      <Button
        look="quiet"
        small
        icon="close"
        label={t(state === 'failed' ? 'removeFile' : 'cancelOne', { name })}
        onPress={() => uploads.cancel(key)}
      />
    </>
  );
}

/**
 * What is being sent, above every page of the studio; nothing while nothing was. On a creative's own page (`aside`) it
 * leaves when all has arrived: there it would lie over the button that makes the formats.
 */
export function UploadDock({ uploads, aside }: { uploads: Uploads; aside: boolean }) {
  const t = useText(texts);
  const items = useUploadItems(uploads);
  const [open, setOpen] = useState(true);
  if (items.length === 0) return null;
  const done = items.filter(({ state }) => state === 'sent').length;
  const failed = items.filter(({ state }) => state === 'failed').length;
  const moving = items.filter(({ state }) => state === 'waiting' || state === 'sending').length;
  const under = items.some(isUnderWay);
  if (aside && !under && failed === 0) return null;
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0);
  const left = items.reduce((sum, { file, progress }) => sum + file.size * progress, 0);
  const words = !under
    ? failed > 0
      ? t('uploadsFailed', { count: failed })
      : t('uploadsDone', { count: done })
    : moving === 0
      ? t('uploadsPaused')
      : t('uploadsMoving', { total: items.length, done });
  return (
    <section class="dock" aria-label={t('uploads')}>
      <header class="dock-head">
        <Icon name={under ? 'upload' : failed > 0 ? 'alert' : 'check'} />
        <strong role="status">{words}</strong>
        <Button
          look="quiet"
          small
          icon={open ? 'down' : 'menu'}
          label={open ? t('hideUploads') : t('showUploads')}
          expanded={open}
          onPress={() => setOpen(!open)}
        />
        {under ? null : (
          <Button look="quiet" small icon="close" label={t('clearDone')} onPress={uploads.clear} />
        )}
      </header>
      {under && items.length > 1 ? (
        <div class="dock-whole">
          <Progress value={bytes > 0 ? left / bytes : 0} label={words} />
          <Button look="quiet" small onPress={moving > 0 ? uploads.pauseAll : uploads.resumeAll}>
            {moving > 0 ? t('pauseAll') : t('resumeAll')}
          </Button>
        </div>
      ) : null}
      {open ? (
        <ul class="dock-list">
          {items.map((item) => (
            <li key={item.key} class="dock-item">
              <Icon name={item.kind} size={18} />
              <div class="dock-words">
                <span class="file-name" lang="und">
                  {item.file.name}
                </span>
                <UploadState item={item} />
              </div>
              <div class="dock-acts">
                <UploadActs item={item} uploads={uploads} />
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
