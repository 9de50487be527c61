import { useEffect, useRef, useState } from 'preact/hooks';
import type { PackRendition } from '../../../server/contract/pack.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { isShownPicture } from '../../parts/shown-types.js';
import { StateChip } from '../../parts/state-chip.js';
import { MediaPreview } from '../desk/media-preview.js';
import { texts } from './texts.js';

/** A picture counts as seen when most of it was on screen for this long. */
const lookMs = 700;

/** Calls once when most of the element stood on screen for a moment. */
function useLooked(ready: boolean, onSeen: () => void) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(onSeen);
  latest.current = onSeen;
  useEffect(() => {
    if (!ready || !element.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer);
        if (entry?.isIntersecting) timer = setTimeout(() => latest.current(), lookMs);
      },
      { threshold: 0.6 },
    );
    watch.observe(element.current);
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [ready]);
  return element;
}

export interface RenditionViewProps {
  rendition: PackRendition;
  seen: boolean;
  onSeen: () => void;
}

/** One file as the districts will get it. A picture must be looked at, a film or sound played, a document opened. */
export function RenditionView({ rendition, seen, onSeen }: RenditionViewProps) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const { language } = useLanguage();
  const [loaded, setLoaded] = useState(false);
  const { kind, name } = rendition.format;
  const picture = isShownPicture(rendition.mime);
  /** What no browser draws is opened in a program of its own. */
  const opened = kind === 'document' || (kind === 'image' && !picture);
  const element = useLooked(picture && loaded, onSeen);
  const words = rendition.texts[language] ?? rendition.texts.hi ?? rendition.texts.en;
  const alt = words?.altText ?? '';
  const todo = picture ? t('toLook') : opened ? t('toOpen') : t('toPlay');
  return (
    <li class="review-file">
      <div ref={element} class="review-file-frame">
        {rendition.url ? (
          <MediaPreview
            kind={opened ? 'document' : kind}
            url={rendition.url}
            label={alt || nameIn(name, language)}
            onSeen={picture ? () => setLoaded(true) : onSeen}
          />
        ) : (
          <StateChip kind="renditionState" code={rendition.state} />
        )}
      </div>
      <p class="row between">
        <strong>{nameIn(name, language)}</strong>
        <span class={seen ? 'review-file-seen' : 'review-file-todo'}>
          <Icon name={seen ? 'check' : 'eye'} size={16} />
          {seen ? t('seen') : todo}
        </span>
      </p>
      <p class="meta">
        <span>{rendition.format.platforms.map((platform) => codes.platform[platform]).join(', ')}</span>
        {rendition.width && rendition.height ? (
          <span class="number">
            {rendition.width} × {rendition.height}
          </span>
        ) : null}
        {rendition.durationMs ? <span>{format.duration(rendition.durationMs)}</span> : null}
        {rendition.size ? <span>{format.bytes(rendition.size)}</span> : null}
        {rendition.url ? (
          <a href={rendition.url} target="_blank" rel="noreferrer" onClick={opened ? onSeen : undefined}>
            {t('openFile')}
          </a>
        ) : null}
      </p>
      {rendition.failure ? <p class="hint">{rendition.failure.text[language]}</p> : null}
      <p class="hint">{alt || t('noAlt')}</p>
    </li>
  );
}
