import { nameIn, useFormat, useLanguage } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { isShownPicture } from '../../parts/shown-types.js';
import type { DraftRendition } from './draft.js';

export interface RenditionTileProps {
  rendition: DraftRendition;
  checked?: boolean;
  onValue?: (checked: boolean) => void;
}

/** A finished file to look at; with `onValue` it can be chosen. */
export function RenditionTile({ rendition, checked = false, onValue }: RenditionTileProps) {
  const format = useFormat();
  const { language } = useLanguage();
  const { kind, name } = rendition.format;
  const picture = isShownPicture(rendition.mime) ? rendition.url : rendition.previewUrl;
  const alt = nameIn(
    {
      ...(rendition.texts.hi && { hi: rendition.texts.hi.altText }),
      ...(rendition.texts.en && { en: rendition.texts.en.altText }),
    },
    language,
  );
  const shown = (
    <span class="pack-file-picture">
      {picture ? (
        <img src={picture} alt={alt} loading="lazy" decoding="async" />
      ) : (
        <Icon name={kind} size={32} />
      )}
    </span>
  );
  const words = (
    <span>
      <span class="clamp">{nameIn(name, language)}</span>
      <small class="faint number">
        {rendition.size === null ? '' : format.bytes(rendition.size)}
        {rendition.durationMs ? ` · ${format.duration(rendition.durationMs)}` : ''}
      </small>
    </span>
  );
  if (!onValue) {
    return (
      <div class="pack-file">
        {shown}
        <span class="pack-file-foot">{words}</span>
      </div>
    );
  }
  return (
    <label class="pack-file">
      {shown}
      <span class="pack-file-foot">
        <input type="checkbox" checked={checked} onChange={(event) => onValue(event.currentTarget.checked)} />
        {words}
      </span>
    </label>
  );
}
