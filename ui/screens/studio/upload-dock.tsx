import { useState } from 'preact/hooks';
import type { ProblemError } from '../../api/problem.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { Progress } from '../../parts/progress.js';
import { FilePicker } from './file-picker.js';
import type { Remembered } from './remembered.js';
import { goesInParts } from './send-file.js';
import { texts } from './texts.js';
import { uploadTexts } from './upload-texts.js';
import { isUnderWay, type Upload, type Uploads } from './uploads.js';
import { useUploadItems } from './use-uploads.js';

function UploadState({ item }: { item: Upload }) {
  const t = useText(texts);
  const tu = useText(uploadTexts);
  const { language } = useLanguage();
  const { state, progress, problem, file } = item;
  if (state === 'sending' && progress < 1) {
    return <Progress value={progress} label={t('sending', { name: file.name })} />;
  }
  if (state === 'sending') return <Progress value={null} label={t('arriving')} />;
  if (state === 'failed') return <p class="field-error">{problem?.details[language]}</p>;
  if (state === 'paused') {
    return <small class="faint">{tu(goesInParts(file) ? 'pausedHere' : 'pausedOver')}</small>;
  }
  if (state === 'checking') return <small class="faint">{tu('looking')}</small>;
  if (state === 'known') return <small class="faint">{tu('stateKnown')}</small>;
  return <small class="faint">{t(state)}</small>;
}

/** Also when the file was changed on its way, or another window was at it. */
function mayTryAgain(problem: ProblemError | null): boolean {
  return problem !== null && (problem.mayPass || [409, 422, 423].includes(problem.status));
}

function UploadActs({ item, uploads }: { item: Upload; uploads: Uploads }) {
  const t = useText(texts);
  const { key, state, problem, file, creativeId } = item;
  const { name } = file;
  if (state === 'sent' || state === 'known') {
    return (
      <Button look="quiet" small href={`/studio/${creativeId}`}>
        {t('openOne')}
      </Button>
    );
  }
  return (
    <>
      {state === 'waiting' || state === 'sending' || state === 'checking' ? (
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
      {state === 'failed' && mayTryAgain(problem) ? (
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

/** Begun before the page was closed: the browser gives a file back only when it is chosen again. */
function Interrupted(props: { one: Remembered; uploads: Uploads; onFiles: (files: File[]) => void }) {
  const tu = useText(uploadTexts);
  const format = useFormat();
  const { name, kind, sent, size } = props.one;
  return (
    <li class="dock-item">
      <Icon name={kind} size={18} />
      <div class="dock-words">
        <span class="file-name" lang="und">
          {name}
        </span>
        <small class="faint">{tu('interrupted', { share: format.percent(sent / size) })}</small>
        <FilePicker what="file" small icon="play" label={tu('chooseAgain', { name })} onFiles={props.onFiles}>
          {tu('chooseShort')}
        </FilePicker>
      </div>
      <div class="dock-acts">
        <Button
          look="quiet"
          small
          icon="close"
          label={tu('giveUp', { name })}
          onPress={() => props.uploads.giveUp(props.one)}
        />
      </div>
    </li>
  );
}

function useDockWords(items: readonly Upload[], interrupted: number): string {
  const t = useText(texts);
  const tu = useText(uploadTexts);
  const countOf = (...states: Upload['state'][]) =>
    items.filter(({ state }) => states.includes(state)).length;
  const [done, failed] = [countOf('sent', 'known'), countOf('failed')];
  if (items.length === 0) return tu('interruptedTitle', { count: interrupted });
  if (items.some(isUnderWay)) {
    const moving = countOf('waiting', 'checking', 'sending');
    return moving === 0 ? t('uploadsPaused') : t('uploadsMoving', { total: items.length, done });
  }
  if (failed > 0) return t('uploadsFailed', { count: failed });
  return countOf('sent') === 0
    ? tu('allKnown', { count: done })
    : t('uploadsDone', { count: countOf('sent') });
}

export interface UploadDockProps {
  uploads: Uploads;
  /** On a creative's own page: there it leaves when all has arrived, or it would lie over the button that makes the formats. */
  aside: boolean;
  onFiles: (files: File[]) => void;
}

/** What is being sent, above every page of the studio; nothing while nothing was. */
export function UploadDock({ uploads, aside, onFiles }: UploadDockProps) {
  const t = useText(texts);
  const { items, interrupted } = useUploadItems(uploads);
  const [open, setOpen] = useState(true);
  const words = useDockWords(items, interrupted.length);
  if (items.length === 0 && (aside || interrupted.length === 0)) return null;
  const failed = items.some(({ state }) => state === 'failed');
  const moving = items.some((item) => isUnderWay(item) && item.state !== 'paused');
  const under = items.some(isUnderWay);
  if (aside && !under && !failed) return null;
  const bytes = items.reduce((sum, { file }) => sum + file.size, 0);
  const left = items.reduce((sum, { file, progress }) => sum + file.size * progress, 0);
  return (
    <section class="dock" aria-label={t('uploads')}>
      <header class="dock-head">
        <Icon name={under ? 'upload' : failed || items.length === 0 ? 'alert' : 'check'} />
        <strong role="status">{words}</strong>
        <Button
          look="quiet"
          small
          icon={open ? 'down' : 'menu'}
          label={open ? t('hideUploads') : t('showUploads')}
          expanded={open}
          onPress={() => setOpen(!open)}
        />
        {under || items.length === 0 ? null : (
          <Button look="quiet" small icon="close" label={t('clearDone')} onPress={uploads.clear} />
        )}
      </header>
      {under && items.length > 1 ? (
        <div class="dock-whole">
          <Progress value={bytes > 0 ? left / bytes : 0} label={words} />
          <Button look="quiet" small onPress={moving ? uploads.pauseAll : uploads.resumeAll}>
            {moving ? t('pauseAll') : t('resumeAll')}
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
          {interrupted.map((one) => (
            <Interrupted key={one.fingerprint} one={one} uploads={uploads} onFiles={onFiles} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
