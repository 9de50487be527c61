import { useState } from 'preact/hooks';
import type { MediaKind } from '../../../server/contract/lists.js';
import type { InboxFile } from '../../../server/contract/release.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { savesData } from './line.js';
import { texts } from './texts.js';

function kindOf(mime: string): MediaKind {
  const kind = mime.split('/')[0];
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
}

export interface FileTileProps {
  file: InboxFile;
  /** It is in this page's memory and can be shared at once. */
  held: boolean;
  checked: boolean;
  onValue: (checked: boolean) => void;
}

/** A file to look at and to choose; on a thin line the picture comes when asked for. */
export function FileTile({ file, held, checked, onValue }: FileTileProps) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const [wanted, setWanted] = useState(!savesData());
  const kind = kindOf(file.mime);
  return (
    <div class="tile">
      <label>
        <span class="tile-picture">
          {file.previewUrl && wanted ? (
            <img src={file.previewUrl} alt={nameIn(file.altText, language)} loading="lazy" decoding="async" />
          ) : (
            <Icon name={kind} size={36} />
          )}
          {kind === 'video' && wanted && file.previewUrl ? (
            <span class="tile-play">
              <Icon name="play" size={22} />
            </span>
          ) : null}
        </span>
        <span class="tile-foot">
          <input
            type="checkbox"
            checked={checked}
            onChange={(event) => onValue(event.currentTarget.checked)}
          />
          <span class="tile-words">
            <span class="clamp">{nameIn(file.format.name, language)}</span>
            <span class="meta">
              <span class="number">{format.bytes(file.size)}</span>
              {file.durationMs ? <span class="number">{format.duration(file.durationMs)}</span> : null}
              {held ? (
                <span class="tile-held">
                  <Icon name="check" size={16} />
                  {t('kept')}
                </span>
              ) : null}
            </span>
          </span>
        </span>
      </label>
      {file.previewUrl && !wanted ? (
        <button type="button" class="tile-show" onClick={() => setWanted(true)}>
          {t('showPicture')}
        </button>
      ) : null}
    </div>
  );
}
