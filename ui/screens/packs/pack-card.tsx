import type { PackSummary } from '../../../server/contract/pack.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { StateChip } from '../../parts/state-chip.js';
import { Time } from '../../parts/values.js';
import type { Need } from './need.js';
import { texts } from './texts.js';

export interface PackCardProps {
  pack: PackSummary;
  need: Need | null;
  href: string;
  current: boolean;
}

export function PackCard({ pack, need, href, current }: PackCardProps) {
  const t = useText(texts);
  const { language } = useLanguage();
  return (
    <a class="card-link pack-card" href={href} aria-current={current ? 'true' : undefined}>
      <span class="row">
        <StateChip kind="packState" code={pack.state} />
        {pack.amber ? <Badge icon="alert">{t('amber')}</Badge> : null}
        {need ? <Badge accent>{t(need)}</Badge> : null}
      </span>
      <span class="pack-card-title clamp">{nameIn(pack.title, language) || t('untitled')}</span>
      <span class="meta">
        {pack.number > 1 ? <span>{t('version', { number: pack.number })}</span> : null}
        <span>{t('facts', { count: pack.facts })}</span>
        <span>{t('files', { count: pack.renditions })}</span>
        <span>{pack.createdBy.name}</span>
        <Time at={pack.createdAt} />
      </span>
    </a>
  );
}
