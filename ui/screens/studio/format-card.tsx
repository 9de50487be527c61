import { useId } from 'preact/hooks';
import type { Creative, FormatInfo, Rendition } from '../../../server/contract/creative.js';
import { type Framing, framings } from '../../../server/contract/lists.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { StateChip } from '../../parts/state-chip.js';
import { FramePreview } from './frame-preview.js';
import { frameOf, sameShape } from './framing.js';
import { texts } from './texts.js';

export interface FormatCardProps {
  format: FormatInfo;
  creative: Creative;
  focal: FocalPoint;
  framing: Framing;
  background: string;
  showSafe: boolean;
  chosen: boolean;
  canMake: boolean;
  /** The newest of this format. */
  latest: Rendition | undefined;
  onChosen: (chosen: boolean) => void;
  onFraming: (framing: Framing) => void;
}

/** Whether the framing makes any difference for this source in this format. */
export function isFramed(format: FormatInfo, creative: Pick<Creative, 'width' | 'height'>): boolean {
  const { width, height } = creative;
  if (format.kind === 'audio' || format.width === null || width === null || height === null) return false;
  const source = { width, height };
  return !sameShape(source, frameOf(format, source));
}

/** A voice note needs a sound. */
export function canBeMade(format: FormatInfo, creative: Pick<Creative, 'hasAudio'>): boolean {
  return format.kind !== 'audio' || creative.hasAudio !== false;
}

function Limits({ format, creative }: { format: FormatInfo; creative: Creative }) {
  const t = useText(texts);
  const { bytes, duration } = useFormat();
  const { width, height, maxBytes, maxDurationSeconds: most } = format;
  const size =
    format.kind === 'audio'
      ? t('soundOnly')
      : width !== null && height !== null
        ? t('frameOf', { width: String(width), height: String(height) })
        : t('ownShape');
  const long = most !== null && creative.durationMs !== null && creative.durationMs > most * 1000 + 500;
  return (
    <>
      <small class="format-line faint">
        {[size, maxBytes === null ? '' : `≤ ${bytes(maxBytes)}`].filter(Boolean).join(' · ')}
      </small>
      {long ? (
        <small class="format-line format-warning">
          {t('tooLong', { actual: duration(creative.durationMs ?? 0), limit: duration(most * 1000) })}
        </small>
      ) : null}
      {canBeMade(format, creative) ? null : <small class="format-line format-warning">{t('noSound')}</small>}
    </>
  );
}

/** One format: how it will look, how it is framed, and whether it is to be made. */
export function FormatCard(props: FormatCardProps) {
  const t = useText(texts);
  const codes = useCodes();
  const { language } = useLanguage();
  const { format, creative, framing, chosen, canMake, latest } = props;
  const name = nameIn(format.name, language);
  const id = useId();
  const source = { width: creative.width ?? 16, height: creative.height ?? 9 };
  const frame = (
    <FramePreview
      format={format}
      src={creative.previewUrl ?? ''}
      source={source}
      focal={props.focal}
      framing={framing}
      background={props.background}
      showSafe={props.showSafe}
    />
  );
  return (
    <li class={chosen ? 'format-card format-chosen' : 'format-card'}>
      {canMake ? (
        <label class="format-pick" for={id}>
          {frame}
          <span class="format-name">
            <input
              id={id}
              type="checkbox"
              checked={chosen}
              disabled={!canBeMade(format, creative)}
              onChange={(event) => props.onChosen(event.currentTarget.checked)}
            />
            <span>{name}</span>
          </span>
        </label>
      ) : (
        <>
          {frame}
          <span class="format-name">{name}</span>
        </>
      )}
      <Limits format={format} creative={creative} />
      {isFramed(format, creative) ? (
        <select
          class="format-framing"
          aria-label={t('framingOf', { format: name })}
          value={framing}
          onChange={({ currentTarget }) => {
            const next = framings.find((code) => code === currentTarget.value);
            if (next) props.onFraming(next);
          }}
        >
          {framings.map((code) => (
            <option key={code} value={code}>
              {codes.framing[code]}
            </option>
          ))}
        </select>
      ) : null}
      {latest ? (
        <span class="format-state">
          <StateChip kind="renditionState" code={latest.state} />
        </span>
      ) : null}
    </li>
  );
}
