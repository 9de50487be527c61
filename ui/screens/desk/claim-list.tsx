import type { RefObject } from 'preact';
import type { ClaimSummary } from '../../../server/contract/claim.js';
import { claimStates } from '../../../server/contract/lists.js';
import type { Pages } from '../../api/queries.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Pager } from '../../parts/pager.js';
import { StateChip } from '../../parts/state-chip.js';
import { Tabs } from '../../parts/tabs.js';
import { Time } from '../../parts/values.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { type DeskFilter, deskAddress, owners } from './filters.js';
import { texts } from './texts.js';

function Row({ claim, href, current }: { claim: ClaimSummary; href: string; current: boolean }) {
  const t = useText(texts);
  const codes = useCodes();
  const me = useMe();
  const { cluster, assignee } = claim;
  return (
    <a class="claim-row" href={href} data-claim={claim.id} aria-current={current ? 'true' : undefined}>
      <span class="row between">
        <StateChip kind="claimState" code={claim.state} />
        <span class="faint claim-row-time">
          <Time at={cluster.lastSeen} />
        </span>
      </span>
      <span class="claim-row-text clamp" lang={claim.language}>
        {claim.text}
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

export function DeskFilters({
  filter,
  onFilter,
}: {
  filter: DeskFilter;
  onFilter: (filter: DeskFilter) => void;
}) {
  const t = useText(texts);
  const codes = useCodes();
  return (
    <>
      <Tabs
        label={t('whose')}
        value={filter.mine ?? 'everyone'}
        tabs={(['everyone', ...owners] as const).map((value) => ({ value, label: t(value) }))}
        onValue={(value) => onFilter({ ...filter, mine: owners.find((owner) => owner === value) })}
      />
      <fieldset class="state-facet filter-pills">
        <legend class="hidden">{t('byState')}</legend>
        {([undefined, ...claimStates] as const).map((state) => (
          <button
            key={state ?? 'all'}
            type="button"
            aria-pressed={filter.state === state}
            onClick={() => onFilter({ ...filter, state })}
          >
            {state ? codes.claimState[state] : t('allStates')}
          </button>
        ))}
      </fieldset>
    </>
  );
}

export interface ClaimListProps {
  pages: Pages<ClaimSummary>;
  /** Those of the loaded ones that are shown. */
  shown: readonly ClaimSummary[];
  filter: DeskFilter;
  chosen: string | undefined;
  typed: string;
  onTyped: (typed: string) => void;
  onFilter: (filter: DeskFilter) => void;
  searchRef: RefObject<HTMLInputElement>;
}

function Nothing({ filter, onFilter }: Pick<ClaimListProps, 'filter' | 'onFilter'>) {
  const t = useText(texts);
  const desk = useCan()('desk.read');
  if (filter.state || filter.mine) {
    return (
      <EmptyState
        icon="filter"
        title={t('nothingTitle')}
        text={t('nothingText')}
        action={
          <Button onPress={() => onFilter({ state: undefined, mine: undefined })}>{t('clearFilters')}</Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon="desk"
      title={t(desk ? 'emptyTitle' : 'reportsEmptyTitle')}
      text={t(desk ? 'emptyText' : 'reportsEmptyText')}
    />
  );
}

export function ClaimList(props: ClaimListProps) {
  const t = useText(texts);
  const { pages, shown, filter, typed } = props;
  if (pages.problem && pages.items.length === 0) {
    return <ErrorState problem={pages.problem} onRetry={pages.retry} />;
  }
  if (pages.loading) return <Skeleton rows={6} />;
  if (pages.items.length === 0) return <Nothing filter={filter} onFilter={props.onFilter} />;
  return (
    <>
      <search class="desk-search">
        <Icon name="search" />
        <input
          ref={props.searchRef}
          type="search"
          value={typed}
          aria-label={t('filter')}
          placeholder={t('filter')}
          aria-keyshortcuts="/"
          onInput={(event) => props.onTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </search>
      <p class="hint" role="status">
        {typed.trim() ? t('filtered', { count: shown.length }) : ''}
      </p>
      <ul class="claim-list">
        {shown.map((claim) => (
          <li key={claim.id}>
            <Row claim={claim} href={deskAddress(filter, claim.id)} current={claim.id === props.chosen} />
          </li>
        ))}
      </ul>
      <Pager {...pages} />
    </>
  );
}
