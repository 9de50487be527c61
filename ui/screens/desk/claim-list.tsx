import type { FoundClaim } from '../../../server/contract/claim.js';
import type { Pages } from '../../api/queries.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { fromMark, Highlight } from '../../parts/highlight.js';
import { Icon } from '../../parts/icon.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Pager } from '../../parts/pager.js';
import { StateChip } from '../../parts/state-chip.js';
import { Time } from '../../parts/values.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { type DeskFilter, deskAddress, noFilter } from './filters.js';
import { texts } from './texts.js';

function Row({ claim, href, current }: { claim: FoundClaim; href: string; current: boolean }) {
  const t = useText(texts);
  const codes = useCodes();
  const me = useMe();
  const { cluster, assignee, matched } = claim;
  return (
    <a
      class={claim.unreadAnswer ? 'claim-row claim-row-unread' : 'claim-row'}
      href={href}
      data-claim={claim.id}
      aria-current={current ? 'true' : undefined}
    >
      <span class="row between">
        {claim.unreadAnswer ? (
          <Badge icon="check" accent>
            {t('newAnswer')}
          </Badge>
        ) : (
          <StateChip kind="claimState" code={claim.state} />
        )}
        <span class="faint claim-row-time">
          <Time at={cluster.lastSeen} />
        </span>
      </span>
      <span class="claim-row-text clamp" lang={claim.language}>
        <Highlight text={fromMark(claim.text, matched) ?? claim.text} words={matched} />
      </span>
      <span class="meta">
        {cluster.verdict ? <VerdictMark code={cluster.verdict} /> : null}
        {cluster.claims > 1 ? <strong>{t('seenTimes', { count: cluster.claims })}</strong> : null}
        {claim.channels.length > 0 ? (
          <span>{claim.channels.map((channel) => codes.channel[channel]).join(', ')}</span>
        ) : null}
        {assignee ? (
          <span class="claim-row-holder">
            <Icon name="person" size={16} />
            {assignee.id === me.member.id ? t('heldByMe') : assignee.name}
          </span>
        ) : null}
        {claim.restricted ? (
          <span class="claim-row-holder">
            <Icon name="lock" size={16} />
            {t('restricted')}
          </span>
        ) : null}
      </span>
    </a>
  );
}

export interface ClaimListProps {
  pages: Pages<FoundClaim>;
  filter: DeskFilter;
  chosen: string | undefined;
  onFilter: (filter: DeskFilter) => void;
}

function Nothing({ filter, onFilter }: Pick<ClaimListProps, 'filter' | 'onFilter'>) {
  const t = useText(texts);
  const desk = useCan()('desk.read');
  const clear = <Button onPress={() => onFilter(noFilter)}>{t('clearFilters')}</Button>;
  if (filter.q) {
    return (
      <EmptyState icon="search" title={t('foundNothingTitle')} text={t('foundNothingText')} action={clear} />
    );
  }
  if (filter.state || filter.mine) {
    return <EmptyState icon="filter" title={t('nothingTitle')} text={t('nothingText')} action={clear} />;
  }
  return (
    <EmptyState
      icon="desk"
      title={t(desk ? 'emptyTitle' : 'reportsEmptyTitle')}
      text={t(desk ? 'emptyText' : 'reportsEmptyText')}
    />
  );
}

export function ClaimList({ pages, filter, chosen, onFilter }: ClaimListProps) {
  if (pages.problem && pages.items.length === 0) {
    return <ErrorState problem={pages.problem} onRetry={pages.retry} />;
  }
  if (pages.loading) return <Skeleton rows={6} />;
  if (pages.items.length === 0) return <Nothing filter={filter} onFilter={onFilter} />;
  return (
    <>
      <ul class="claim-list" aria-busy={pages.old}>
        {pages.items.map((claim) => (
          <li key={claim.id}>
            <Row claim={claim} href={deskAddress(filter, claim.id)} current={claim.id === chosen} />
          </li>
        ))}
      </ul>
      <Pager {...pages} />
    </>
  );
}
