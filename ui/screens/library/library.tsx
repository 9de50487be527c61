import { useRef } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { useCan } from '../../api/session.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { SearchBox } from '../../parts/search-box.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { SplitPane } from '../../parts/split-pane.js';
import { beginClaim } from '../desk/claim-draft.js';
import { FacetBar } from './facet-bar.js';
import { FactCard } from './fact-card.js';
import { FactView } from './fact-view.js';
import { MediaSearch } from './media-search.js';
import { addressFor, hasFilters, type LibrarySearch, noSearch, readSearch } from './search-state.js';
import { texts } from './texts.js';
import { useFacets } from './use-facets.js';
import { deepest, type Found, useLibrary } from './use-library.js';
import './library.css';

/** Nothing was found, or there is nothing yet: either way what to do next. */
function Nothing({ search, onSearch }: { search: LibrarySearch; onSearch: (search: LibrarySearch) => void }) {
  const t = useText(texts);
  const can = useCan();
  const desk = can('desk.read');
  const filtered = hasFilters(search);
  if (!search.q && !filtered) {
    return (
      <EmptyState icon="library" title={t('emptyTitle')} text={t(desk ? 'emptyText' : 'emptyTextDistrict')} />
    );
  }
  return (
    <EmptyState
      icon="search"
      title={t('nothingTitle')}
      text={t(filtered ? 'nothingTextFiltered' : 'nothingText')}
      action={
        <div class="row">
          {filtered ? (
            <Button onPress={() => onSearch({ ...noSearch, q: search.q })}>{t('clearFilters')}</Button>
          ) : (
            <Button onPress={() => onSearch(noSearch)}>{t('clear')}</Button>
          )}
          {can('claims.report') && search.q ? (
            <Button icon="plus" href="/desk?new=1" onPress={() => beginClaim(search.q)}>
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
  onSearch: (search: LibrarySearch) => void;
  onKey: (event: KeyboardEvent) => void;
}) {
  const t = useText(texts);
  const { found, search, chosen } = props;
  if (found.problem && found.items.length === 0) {
    return <ErrorState problem={found.problem} onRetry={found.retry} />;
  }
  if (found.loading) return <Skeleton rows={5} />;
  if (found.items.length === 0) return <Nothing search={search} onSearch={props.onSearch} />;
  return (
    <>
      <ul class="fact-list" aria-busy={found.old} onKeyDown={props.onKey}>
        {found.items.map((item) => (
          <li key={item.fact.id} class="fact-item">
            <FactCard item={item} href={addressFor(search, item.fact.id)} current={item.fact.id === chosen} />
          </li>
        ))}
      </ul>
      <Pager {...found} />
      {!found.hasMore && found.total > deepest ? (
        <p class="hint">{t('deepest', { count: deepest })}</p>
      ) : null}
    </>
  );
}

/** Find a verified fact while someone waits for the answer. */
export default function Library() {
  const t = useText(texts);
  const { language } = useLanguage();
  const { query, route } = useLocation();
  const { factId } = useRoute().params;
  const search = readSearch(query);
  const found = useLibrary(search);
  const facets = useFacets(search, found.facets);
  const pane = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  /** Typing goes on within one step of the way back; a choice is a step of its own. */
  const type = (q: string) => route(addressFor({ ...search, q }, factId), true);
  const choose = (next: LibrarySearch) => route(addressFor(next, factId));

  function move(step: number): void {
    const cards = [...(pane.current?.querySelectorAll<HTMLElement>('.fact-card') ?? [])];
    const at = cards.findIndex((card) => card.matches(':focus'));
    const from = at >= 0 ? at : cards.findIndex((card) => card.ariaCurrent === 'true');
    cards[Math.max(0, Math.min(cards.length - 1, from + step))]?.focus();
  }
  /** Arrows go through the list, and up from its first line back into the box. */
  function keyInList(event: KeyboardEvent): void {
    const first = pane.current?.querySelector('.fact-card');
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' || (step < 0 && first === document.activeElement)) box.current?.focus();
    else if (step !== 0) move(step);
    else return;
    event.preventDefault();
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
                onValue={type}
                onDown={() => move(1)}
              />
              <MediaSearch chosen={factId} />
              <FacetBar search={search} facets={facets} onSearch={choose} />
              <p class="hint" role="status">
                {found.total > 0 ? t('found', { count: found.total }) : ''}
              </p>
              {found.notice ? <p class="hint">{nameIn(found.notice, language)}</p> : null}
              <Results found={found} search={search} chosen={factId} onSearch={choose} onKey={keyInList} />
            </div>
          </Page>
        </div>
      }
    />
  );
}
