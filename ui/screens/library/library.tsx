import { useRef } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { verdictCodes } from '../../../server/contract/lists.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { SearchBox } from '../../parts/search-box.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { SplitPane } from '../../parts/split-pane.js';
import { FactCard } from './fact-card.js';
import { FactView } from './fact-view.js';
import { texts } from './texts.js';
import { type Found, type LibrarySearch, useLibrary } from './use-library.js';
import { VerdictFacet } from './verdict-facet.js';
import './library.css';

/** The question stands in the address, so that it can be sent to someone and survives the way back. */
function addressFor(search: LibrarySearch, factId?: string): string {
  const query = new URLSearchParams();
  if (search.q) query.set('q', search.q);
  if (search.verdict) query.set('verdict', search.verdict);
  const path = factId ? `/library/${factId}` : '/library';
  return query.size > 0 ? `${path}?${query}` : path;
}

function Nothing({ search, onClear }: { search: LibrarySearch; onClear: () => void }) {
  const t = useText(texts);
  const can = useCan();
  if (!search.q && !search.verdict) {
    return <EmptyState icon="library" title={t('emptyTitle')} text={t('emptyText')} />;
  }
  return (
    <EmptyState
      icon="search"
      title={t('nothingTitle')}
      text={t('nothingText')}
      action={
        <div class="row">
          <Button onPress={onClear}>{t('clear')}</Button>
          {can('claims.report') ? (
            <Button icon="plus" href="/desk">
              {t('report')}
            </Button>
          ) : null}
        </div>
      }
    />
  );
}

function Results(props: {
  found: Found;
  search: LibrarySearch;
  chosen: string | undefined;
  onClear: () => void;
}) {
  const { found, search, chosen } = props;
  if (found.problem && found.items.length === 0) {
    return <ErrorState problem={found.problem} onRetry={found.retry} />;
  }
  if (found.loading) return <Skeleton rows={5} />;
  if (found.items.length === 0) return <Nothing search={search} onClear={props.onClear} />;
  return (
    <>
      <ul class="fact-list" aria-busy={found.old}>
        {found.items.map((item) => (
          <li key={item.fact.id}>
            <FactCard item={item} href={addressFor(search, item.fact.id)} current={item.fact.id === chosen} />
          </li>
        ))}
      </ul>
      <Pager {...found} />
    </>
  );
}

/** Find a verified fact while someone waits for the answer. */
export default function Library() {
  const t = useText(texts);
  const { query, route } = useLocation();
  const { factId } = useRoute().params;
  const verdict = verdictCodes.find((code) => code === query.verdict);
  const search: LibrarySearch = { q: query.q ?? '', verdict };
  const found = useLibrary(search);
  const pane = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const ask = (change: Partial<LibrarySearch>) => route(addressFor({ ...search, ...change }, factId), true);

  function move(step: number): void {
    const cards = [...(pane.current?.querySelectorAll<HTMLElement>('.fact-card') ?? [])];
    const at = cards.findIndex((card) => card.matches(':focus'));
    const from = at >= 0 ? at : cards.findIndex((card) => card.ariaCurrent === 'true');
    cards[Math.max(0, Math.min(cards.length - 1, from + step))]?.focus();
  }

  useShortcuts([
    { key: '/', label: t('keySearch'), run: () => box.current?.focus() },
    { key: 'j', label: t('keyNext'), run: () => move(1) },
    { key: 'k', label: t('keyPrevious'), run: () => move(-1) },
    {
      key: 'Enter',
      label: t('keyOpen'),
      run: () => pane.current?.querySelector<HTMLElement>('.fact-card')?.click(),
    },
  ]);

  return (
    <SplitPane
      listLabel={t('title')}
      backHref={addressFor(search)}
      backLabel={t('backToList')}
      detail={factId ? <FactView key={factId} id={factId} /> : null}
      placeholder={<EmptyState icon="library" title={t('chooseTitle')} text={t('chooseText')} />}
      list={
        <div ref={pane}>
          <Page title={t('title')}>
            <div class="stack">
              <SearchBox
                inputRef={box}
                label={t('search')}
                hint={t('searchHint')}
                value={search.q}
                busy={found.fetching}
                onValue={(q) => ask({ q })}
                onDown={() => move(1)}
              />
              <VerdictFacet
                value={verdict}
                counts={found.verdictCounts}
                onValue={(next) => ask({ verdict: next })}
              />
              <p class="hint" role="status">
                {found.total > 0 ? t('found', { count: found.total }) : ''}
              </p>
              <Results
                found={found}
                search={search}
                chosen={factId}
                onClear={() => route('/library', true)}
              />
            </div>
          </Page>
        </div>
      }
    />
  );
}
