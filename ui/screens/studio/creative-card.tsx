import type { CreativeSummary } from '../../../server/contract/creative.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { StateChip } from '../../parts/state-chip.js';
import { Time } from '../../parts/values.js';
import { texts } from './texts.js';
import { titleOf } from './titles.js';

function Made({ counts }: { counts: CreativeSummary['renditionCounts'] }) {
  const t = useText(texts);
  const moving = counts.queued + counts.processing;
  const parts = [
    counts.ready > 0 ? t('madeReady', { count: counts.ready }) : '',
    moving > 0 ? t('madeMoving', { count: moving }) : '',
    counts.failed > 0 ? t('madeFailed', { count: counts.failed }) : '',
  ].filter(Boolean);
  return <>{parts.length > 0 ? parts.join(' · ') : t('madeNone')}</>;
}

/** One picture of the wall, in a box that keeps its place before the picture comes. */
export function CreativeCard({ creative, href }: { creative: CreativeSummary; href: string }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const { language } = useLanguage();
  const { kind, inspection, previewUrl, durationMs, failure } = creative;
  const title = titleOf(creative, language);
  return (
    <a
      class="creative-card"
      href={href}
      aria-label={t('openCreative', { kind: codes.mediaKind[kind], title: title.text })}
    >
      <span class={`creative-picture creative-picture-${kind}`}>
        {previewUrl ? (
          <img src={previewUrl} alt="" loading="lazy" decoding="async" />
        ) : (
          <Icon name={inspection === 'failed' ? 'alert' : kind} size={36} />
        )}
        {kind === 'image' ? null : (
          <span class="creative-kind">
            <Icon name={kind} size={16} />
            {durationMs === null ? null : <span class="number">{format.duration(durationMs)}</span>}
          </span>
        )}
      </span>
      <span class="creative-title clamp" lang={title.lang}>
        {title.text}
      </span>
      {inspection === 'ready' ? (
        <small class="creative-line">
          {kind === 'document' ? codes.mediaKind.document : <Made counts={creative.renditionCounts} />}
        </small>
      ) : (
        <span class="creative-line">
          <StateChip kind="inspectionState" code={inspection} />
        </span>
      )}
      {failure ? <small class="creative-line clamp">{failure.text[language]}</small> : null}
      <small class="creative-line faint">
        {t('by', { name: creative.createdBy.name })} · <Time at={creative.createdAt} />
      </small>
    </a>
  );
}
