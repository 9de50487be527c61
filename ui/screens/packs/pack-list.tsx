import type { RefObject } from 'preact';
import { useLocation } from 'preact-iso';
import { type PackState, packStates } from '../../../server/contract/lists.js';
import type { PackSummary } from '../../../server/contract/pack.js';
import { usePages } from '../../api/queries.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Select } from '../../parts/choice.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { needOf } from './need.js';
import { PackCard } from './pack-card.js';
import { texts } from './texts.js';

export function addressFor(state: PackState | undefined, versionId = ''): string {
  const path = versionId ? `/packs/${versionId}` : '/packs';
  return state ? `${path}?state=${state}` : path;
}

function Group(props: {
  title: string | null;
  packs: readonly PackSummary[];
  state: PackState | undefined;
  chosen: string | undefined;
}) {
  const me = useMe();
  const can = useCan();
  if (props.packs.length === 0) return null;
  return (
    <section class="pack-group">
      {props.title ? <h2>{props.title}</h2> : null}
      <ul>
        {props.packs.map((pack) => (
          <li key={pack.id}>
            <PackCard
              pack={pack}
              need={needOf(pack, { id: me.member.id, can })}
              href={addressFor(props.state, pack.id)}
              current={pack.id === props.chosen}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

export interface PackListProps {
  state: PackState | undefined;
  chosen: string | undefined;
  paneRef: RefObject<HTMLDivElement>;
}

/** Packs, those that wait for this person first. */
export function PackList({ state, chosen, paneRef }: PackListProps) {
  const t = useText(texts);
  const codes = useCodes();
  const me = useMe();
  const can = useCan();
  const { route } = useLocation();
  const pages = usePages('packs.list', { query: { state } });
  const reader = { id: me.member.id, can };
  const waiting = pages.items.filter((pack) => needOf(pack, reader) !== null);
  const others = pages.items.filter((pack) => needOf(pack, reader) === null);
  const create = can('packs.compose') ? (
    <Button look="main" icon="plus" href="/packs/new" shortcut="n">
      {t('newPack')}
    </Button>
  ) : null;

  function body() {
    if (pages.problem && pages.items.length === 0) {
      return <ErrorState problem={pages.problem} onRetry={pages.retry} />;
    }
    if (pages.loading) return <Skeleton rows={4} />;
    if (pages.items.length === 0) {
      return state ? (
        <EmptyState
          icon="packs"
          title={t('emptyState')}
          text={t('emptyStateText')}
          action={<Button href="/packs">{t('all')}</Button>}
        />
      ) : (
        <EmptyState icon="packs" title={t('emptyTitle')} text={t('emptyText')} action={create} />
      );
    }
    return (
      <>
        <Group title={t('needsYou')} packs={waiting} state={state} chosen={chosen} />
        <Group title={waiting.length > 0 ? t('others') : null} packs={others} state={state} chosen={chosen} />
        <Pager {...pages} />
      </>
    );
  }

  return (
    <div ref={paneRef}>
      <Page title={t('title')} actions={pages.items.length > 0 || state ? create : null}>
        <div class="stack">
          <Select<PackState | 'all'>
            label={t('byState')}
            name="state"
            value={state ?? 'all'}
            options={[
              { value: 'all', label: t('all') },
              ...packStates.map((code) => ({ value: code, label: codes.packState[code] })),
            ]}
            onValue={(code) => route(addressFor(code === 'all' ? undefined : code, chosen), true)}
          />
          {body()}
        </div>
      </Page>
    </div>
  );
}
