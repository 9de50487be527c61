import { useState } from 'preact/hooks';
import type { Rendition } from '../../../server/contract/creative.js';
import { useAction } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { ProblemNote } from '../../parts/messages.js';
import { Progress } from '../../parts/progress.js';
import { isShownPicture } from '../../parts/shown-types.js';
import { StateChip } from '../../parts/state-chip.js';
import { framingTexts } from './framing-texts.js';
import { texts } from './texts.js';

/** The finished file itself. */
function Made({ rendition, name }: { rendition: Rendition; name: string }) {
  const t = useText(texts);
  const { url, format, mime, width, height } = rendition;
  if (url === null) return null;
  const ratio = { '--ratio': String((width ?? 16) / (height ?? 9)) };
  if (format.kind === 'image') {
    if (!isShownPicture(mime)) return <p class="hint">{t('notShown')}</p>;
    return (
      <img
        class="made"
        src={url}
        alt={name}
        width={width ?? undefined}
        height={height ?? undefined}
        style={ratio}
      />
    );
  }
  if (format.kind === 'video') {
    return (
      <video class="made" src={url} controls playsInline preload="metadata" aria-label={name} style={ratio}>
        {/* Empty: captions are made with the creative, not here. */}
        <track kind="captions" />
      </video>
    );
  }
  return (
    <audio src={url} controls preload="metadata" aria-label={name}>
      {/* Empty: captions are made with the creative, not here. */}
      <track kind="captions" />
    </audio>
  );
}

function Thumb({ rendition }: { rendition: Rendition }) {
  const { state, url, format, mime } = rendition;
  if (state === 'ready' && url && isShownPicture(mime)) {
    return <img src={url} alt="" loading="lazy" decoding="async" />;
  }
  return <Icon name={format.kind === 'video' && state === 'ready' ? 'play' : format.kind} size={24} />;
}

/** What is written over a rendition, in a word each. */
const kinds = {
  label: 'kindLabel',
  stamp: 'kindStamp',
  disclosure: 'kindDisclosure',
  subtitles: 'kindSubtitles',
  imprint: 'kindImprint',
} as const;

function RenditionRow(props: { rendition: Rendition; canMake: boolean; onShow: () => void }) {
  const t = useText(texts);
  const words = useText(framingTexts);
  const codes = useCodes();
  const { bytes, duration } = useFormat();
  const { language } = useLanguage();
  const retry = useAction('renditions.retry', ['creatives.']);
  const cancel = useAction('renditions.cancel', ['creatives.']);
  const { rendition, canMake, onShow } = props;
  const { id, state, failure, format, width, height, durationMs, size, url, progress } = rendition;
  const name = nameIn(format.name, language);
  const moving = state === 'queued' || state === 'processing';
  const again = state === 'failed' && (failure?.retryable || failure?.code === 'cancelled');
  const { recipe } = rendition;
  const facts = [
    format.kind === 'audio' ? '' : codes.framing[rendition.framing],
    recipe.crop ? words('byWindow') : '',
    width !== null && height !== null ? t('pixelsOf', { width: String(width), height: String(height) }) : '',
    durationMs === null ? '' : duration(durationMs),
    size === null ? '' : bytes(size),
  ].filter(Boolean);
  return (
    <li class="rendition">
      <button
        type="button"
        class="rendition-thumb"
        disabled={state !== 'ready'}
        aria-label={t('showRendition', { format: name })}
        onClick={onShow}
      >
        <Thumb rendition={rendition} />
      </button>
      <div class="rendition-words">
        <span class="row rendition-name">
          <strong>{name}</strong>
          <StateChip kind="renditionState" code={state} />
        </span>
        {state === 'processing' ? (
          <Progress value={progress} label={t('renditionProgress', { format: name })} />
        ) : (
          <small class="faint number">{facts.join(' · ')}</small>
        )}
        {recipe.overlays.length > 0 && state !== 'failed' ? (
          <small class="faint">
            {words('carries', { what: recipe.overlays.map(({ kind }) => words(kinds[kind])).join(', ') })}
          </small>
        ) : null}
        {rendition.unmarked && state === 'ready' ? (
          <p class="rendition-failure rendition-unmarked">{words('unmarked')}</p>
        ) : null}
        {failure && state === 'failed' ? <p class="rendition-failure">{failure.text[language]}</p> : null}
        <ProblemNote problem={retry.problem ?? cancel.problem} />
      </div>
      <div class="rendition-acts">
        {url ? (
          <Button
            look="quiet"
            icon="download"
            label={t('downloadRendition', { format: name })}
            href={url}
            download
          />
        ) : null}
        {again && canMake ? (
          <Button
            small
            icon="refresh"
            label={t('retryRendition', { format: name })}
            busy={retry.pending}
            onPress={() => retry.run({ params: { id } })}
          >
            {t('retryNow')}
          </Button>
        ) : null}
        {moving && canMake ? (
          <Button
            look="quiet"
            small
            icon="close"
            label={t('cancelRendition', { format: name })}
            busy={cancel.pending}
            onPress={() => cancel.run({ params: { id } })}
          >
            {t('stop')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** What was made of a creative, newest first. */
export function RenditionsList({
  renditions,
  canMake,
}: {
  renditions: readonly Rendition[];
  canMake: boolean;
}) {
  const t = useText(texts);
  const { language } = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const shown = renditions.find(({ id }) => id === open);
  const name = shown ? nameIn(shown.format.name, language) : '';
  return (
    <section class="renditions" id="renditions" tabIndex={-1} aria-labelledby="renditions-title">
      <h2 id="renditions-title">
        {t('renditions')}
        {renditions.length > 0 ? <span class="count">{renditions.length}</span> : null}
      </h2>
      {renditions.length === 0 ? (
        <p class="hint">{t('noRenditions')}</p>
      ) : (
        <ul class="rendition-list">
          {[...renditions].reverse().map((rendition) => (
            <RenditionRow
              key={rendition.id}
              rendition={rendition}
              canMake={canMake}
              onShow={() => setOpen(rendition.id)}
            />
          ))}
        </ul>
      )}
      <Dialog open={shown !== undefined} wide title={name} onClose={() => setOpen(null)}>
        {shown ? <Made rendition={shown} name={name} /> : null}
      </Dialog>
    </section>
  );
}
