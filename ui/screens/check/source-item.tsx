import type { ComponentChildren } from 'preact';
import type { Evidence } from '../../../server/contract/check.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { texts } from './texts.js';
import './source-item.css';

export function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
}

/** One source with its weight, its words and where to see it. */
export function SourceItem({ source, acts }: { source: Evidence; acts?: ComponentChildren }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const strong = source.tier === 'primary' || source.tier === 'official';
  return (
    <li class="source-item">
      <p class="row between">
        <strong>{source.publisher}</strong>
        <span class="row">
          <Badge {...(strong ? { icon: 'check' as const } : {})}>{codes.tier[source.tier]}</Badge>
          <Badge>{codes.stance[source.stance]}</Badge>
        </span>
      </p>
      {source.quote ? <blockquote class="original">{source.quote}</blockquote> : null}
      {source.interestNote ? <p class="hint">{t('interestShown', { note: source.interestNote })}</p> : null}
      <div class="source-item-links">
        {source.url ? (
          <a href={source.url} target="_blank" rel="noreferrer" title={t('openSource')}>
            <Icon name="external" size={18} />
            <span lang="en">{hostOf(source.url)}</span>
          </a>
        ) : null}
        {source.file ? (
          <a href={source.file.url} download>
            <Icon name="file" size={18} />
            {t('openCopy', { size: format.bytes(source.file.size) })}
          </a>
        ) : null}
        <span class="faint">
          {t('capturedOn', { date: format.date(source.capturedAt), name: source.createdBy.name })}
        </span>
        {acts}
      </div>
    </li>
  );
}
