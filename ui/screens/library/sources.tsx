import type { Evidence } from '../../../server/contract/check.js';
import { useCan } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { texts } from './texts.js';

function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
}

function Source({ source }: { source: Evidence }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const can = useCan();
  return (
    <li class="source">
      <p class="row between">
        <strong>{source.publisher}</strong>
        <span class="row">
          <Badge>{codes.tier[source.tier]}</Badge>
          <Badge>{codes.stance[source.stance]}</Badge>
        </span>
      </p>
      {source.quote ? <blockquote class="original">{source.quote}</blockquote> : null}
      {source.interestNote ? <p class="hint">{t('interest', { note: source.interestNote })}</p> : null}
      <p class="source-links">
        {source.url ? (
          <a href={source.url} target="_blank" rel="noreferrer" title={t('openSource')}>
            <Icon name="external" size={18} />
            <span lang="en">{hostOf(source.url)}</span>
          </a>
        ) : null}
        {source.file && can('desk.read') ? (
          <a href={source.file.url} download>
            <Icon name="file" size={18} />
            {t('openCopy', { size: format.bytes(source.file.size) })}
          </a>
        ) : null}
        <span class="faint">{t('captured', { date: format.date(source.capturedAt) })}</span>
      </p>
    </li>
  );
}

export function Sources({ evidence }: { evidence: readonly Evidence[] }) {
  const t = useText(texts);
  return (
    <section class="stack">
      <h2>{t('sources', { count: evidence.length })}</h2>
      <ol class="sources">
        {evidence.map((source) => (
          <Source key={source.id} source={source} />
        ))}
      </ol>
    </section>
  );
}
