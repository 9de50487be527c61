import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { FileDrop } from '../../parts/file-drop.js';
import { Icon } from '../../parts/icon.js';
import { Progress } from '../../parts/progress.js';
import { texts } from './texts.js';
import type { useAttachments } from './use-attachments.js';

/** Files to go with the claim, with how far each has got. */
export function Attachments(props: { files: ReturnType<typeof useAttachments>; locked: boolean }) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const { files, locked } = props;
  return (
    <div class="stack-small">
      {locked ? null : (
        <FileDrop
          label={t('attach')}
          hint={t('attachHint')}
          accept="image/*,video/*,audio/*,application/pdf"
          onFiles={files.add}
        />
      )}
      {files.items.length > 0 ? (
        <ul class="attachments">
          {files.items.map(({ key, file, state, progress, problem }) => (
            <li key={key} class="attachment">
              <Icon name={state === 'sent' ? 'check' : state === 'failed' ? 'alert' : 'file'} size={18} />
              <span class="attachment-name" lang="und">
                {file.name}
              </span>
              {state === 'sending' ? (
                <Progress value={progress} label={t('sendingFile', { name: file.name })} />
              ) : (
                <span class="faint number">{format.bytes(file.size)}</span>
              )}
              {state === 'waiting' || (state === 'failed' && !locked) ? (
                <Button
                  look="quiet"
                  small
                  icon="close"
                  label={t('removeFile', { name: file.name })}
                  onPress={() => files.remove(key)}
                />
              ) : null}
              {problem ? (
                <p class="field-error" role="alert">
                  {t('fileFailed', { name: file.name, reason: problem.details[language] })}
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
