import { useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { addressOf } from '../../api/client.js';
import type { ProblemError } from '../../api/problem.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { FocalPicker } from './focal-picker.js';
import { texts } from './texts.js';
import { altOf, titleOf } from './titles.js';

export interface PreviewPanelProps {
  creative: Creative;
  focal: FocalPoint;
  moved: boolean;
  canEdit: boolean;
  saving: boolean;
  problem: ProblemError | null;
  onFocal: (focal: FocalPoint | null) => void;
  onSave: () => void;
}

function Player({ creative }: { creative: Creative }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const [failed, setFailed] = useState(false);
  if (failed) return <Note>{t('cannotPlay')}</Note>;
  const shared = {
    src: addressOf('creatives.file', { id: creative.id }),
    controls: true,
    preload: 'metadata',
    'aria-label': titleOf(creative, language).text,
    onError: () => setFailed(true),
  } as const;
  if (creative.kind === 'audio') {
    return (
      <audio {...shared}>
        {/* Empty: captions are made with the creative, not here. */}
        <track kind="captions" />
      </audio>
    );
  }
  const { width, height, previewUrl } = creative;
  return (
    <video
      {...shared}
      class="player"
      playsInline
      {...(previewUrl ? { poster: previewUrl } : {})}
      style={{ '--ratio': String((width ?? 16) / (height ?? 9)) }}
    >
      {/* Empty: captions are made with the creative, not here. */}
      <track kind="captions" />
    </video>
  );
}

function FocalState(props: PreviewPanelProps) {
  const t = useText(texts);
  const { creative, moved, canEdit } = props;
  const words = moved
    ? t('focalMoved')
    : creative.focal.confirmed
      ? t('focalConfirmed')
      : t('focalSuggested');
  return (
    <div class="focal-state">
      <p role="status">
        <strong>{words}</strong>
      </p>
      {canEdit ? (
        <>
          <p class="hint" id="focal-hint">
            {t('focalHint')}
          </p>
          {moved || !creative.focal.confirmed ? (
            <div class="row">
              <Button look="main" icon="check" busy={props.saving} onPress={props.onSave}>
                {moved ? t('focalSave') : t('focalConfirm')}
              </Button>
              {moved ? (
                <Button look="quiet" icon="undo" onPress={() => props.onFocal(null)}>
                  {t('discard')}
                </Button>
              ) : null}
            </div>
          ) : null}
        </>
      ) : null}
      <ProblemNote problem={props.problem} />
    </div>
  );
}

/** The creative itself, and where its eye-catcher lies. */
export function PreviewPanel(props: PreviewPanelProps) {
  const t = useText(texts);
  const { language } = useLanguage();
  const [playing, setPlaying] = useState(false);
  const { creative } = props;
  const { kind, previewUrl, width, height } = creative;
  if (!previewUrl) {
    return (
      <div class="no-preview">
        <Icon name={kind} size={48} />
        <p class="hint">{kind === 'document' ? t('documentNote') : t('noPreview')}</p>
      </div>
    );
  }
  if (kind === 'audio') {
    return (
      <section class="stack-small" aria-label={t('preview')}>
        <img class="waveform" src={previewUrl} alt="" width={640} height={160} />
        <Player creative={creative} />
      </section>
    );
  }
  const size = { width: width ?? 16, height: height ?? 9 };
  return (
    <section class="stack-small" aria-label={t('preview')}>
      {playing ? (
        <Player creative={creative} />
      ) : (
        <FocalPicker
          src={previewUrl}
          alt={altOf(creative, language) || titleOf(creative, language).text}
          size={size}
          value={props.focal}
          suggested={!creative.focal.confirmed && !props.moved}
          disabled={!props.canEdit}
          onValue={props.onFocal}
        />
      )}
      {kind === 'video' ? (
        <div class="row">
          <Button icon={playing ? 'image' : 'play'} onPress={() => setPlaying(!playing)}>
            {playing ? t('showStill') : t('play')}
          </Button>
        </div>
      ) : null}
      {playing ? null : <FocalState {...props} />}
    </section>
  );
}
