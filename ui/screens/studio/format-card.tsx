import { useId } from 'preact/hooks';
import type { Creative, FormatFraming, FormatInfo, Rendition } from '../../../server/contract/creative.js';
import { framings } from '../../../server/contract/lists.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { isShownPicture } from '../../parts/shown-types.js';
import { StateChip } from '../../parts/state-chip.js';
import { cardTexts } from './card-texts.js';
import { FramePreview } from './frame-preview.js';
import { isFramed, sourceSize } from './framing.js';
import { framingTexts } from './framing-texts.js';
import { texts } from './texts.js';
import { type FormatRecipe, isComing } from './use-recipes.js';

export interface FormatCardProps {
  format: FormatInfo;
  creative: Creative;
  focal: FocalPoint;
  framing: FormatFraming;
  recipe: FormatRecipe | null;
  showSafe: boolean;
  chosen: boolean;
  canMake: boolean;
  /** The newest of this format. */
  latest: Rendition | undefined;
  onChosen: (chosen: boolean) => void;
  onFraming: (framing: FormatFraming) => void;
  onOpen: () => void;
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

/**
 * The picture of it, and its size: a card as the worker laid it out in this very frame, or what was made of it; until
 * then, and for all else, the creative itself.
 */
function pictureOf({ format, creative, recipe, latest }: FormatCardProps) {
  const drawn = recipe?.preview?.url;
  if (drawn) {
    const { width, height } = format;
    // A format without a shape of its own shows a card in the card's.
    const source = width !== null && height !== null ? { width, height } : sourceSize(creative);
    return { src: drawn, source };
  }
  if (creative.card && latest?.state === 'ready' && latest.url && isShownPicture(latest.mime)) {
    return { src: latest.url, source: sourceSize(latest) };
  }
  return { src: creative.previewUrl ?? '', source: sourceSize(creative) };
}

/** One format: how it will look, how it is framed, and whether it is to be made. */
export function FormatCard(props: FormatCardProps) {
  const t = useText(texts);
  const codes = useCodes();
  const { language } = useLanguage();
  const { format, creative, framing, recipe, chosen, canMake, latest } = props;
  const name = nameIn(format.name, language);
  const id = useId();
  const words = useText(framingTexts);
  const cards = useText(cardTexts);
  const card = creative.card !== null;
  const coming = recipe !== null && isComing(creative, recipe);
  const failure = recipe?.preview?.failure;
  const frame = (
    <FramePreview
      format={format}
      {...pictureOf(props)}
      framed={{ ...framing, ...(card ? { framing: 'fit' as const, crop: null } : {}), focal: props.focal }}
      recipe={recipe?.recipe ?? null}
      showSafe={props.showSafe}
    />
  );
  const classes = ['format-card', chosen ? 'format-chosen' : '', coming || failure ? 'format-undrawn' : ''];
  return (
    <li class={classes.filter(Boolean).join(' ')}>
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
      {coming ? <small class="format-line faint">{cards('coming')}</small> : null}
      {failure ? <small class="format-line format-warning">{failure.text[language]}</small> : null}
      {canMake && isFramed(format, creative) ? (
        <select
          class="format-framing"
          aria-label={t('framingOf', { format: name })}
          value={framing.framing}
          onChange={({ currentTarget }) => {
            const next = framings.find((code) => code === currentTarget.value);
            if (next) props.onFraming({ ...framing, framing: next, crop: null });
          }}
        >
          {framings.map((code) => (
            <option key={code} value={code}>
              {codes.framing[code]}
            </option>
          ))}
        </select>
      ) : null}
      {format.kind === 'audio' || card ? null : (
        <Button
          look="quiet"
          small
          icon="eye"
          label={words('adjustOf', { format: name })}
          onPress={props.onOpen}
        >
          {words(canMake ? 'adjust' : 'look')}
        </Button>
      )}
      {framing.crop ? <small class="format-line faint">{words('windowSet')}</small> : null}
      {latest ? (
        <span class="format-state">
          <StateChip kind="renditionState" code={latest.state} />
        </span>
      ) : null}
    </li>
  );
}
