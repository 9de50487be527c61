import { useRef } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { usePages } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { AnswersCame } from '../../parts/answers-came.js';
import { Button } from '../../parts/button.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { SearchBox } from '../../parts/search-box.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { SplitPane } from '../../parts/split-pane.js';
import { ClaimForm } from './claim-form.js';
import { ClaimList } from './claim-list.js';
import { ClaimView } from './claim-view.js';
import { Filters } from './desk-filters.js';
import { type DeskFilter, deskAddress, readFilter } from './filters.js';
import { texts } from './texts.js';
import './desk.css';

/** Triage: every claim, and for the one that is open what resembles it and what to do next. */
export default function Desk() {
  const t = useText(texts);
  const desk = useCan()('desk.read');
  const mayLog = useCan()('claims.report');
  const { query, route } = useLocation();
  const { claimId } = useRoute().params;
  const filter = readFilter(query);
  const { state, mine, q } = filter;
  const pages = usePages('claims.list', { query: { state, mine, q } }, { keepPrevious: true });
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const shown = pages.items;
  const writing = mayLog && query.new !== undefined && !claimId;
  const ask = (next: DeskFilter) => route(deskAddress(next, claimId), true);
  const open = (id: string) => route(deskAddress(filter, id), Boolean(claimId));

  function rowOf(id: string): HTMLElement | null {
    return list.current?.querySelector<HTMLElement>(`[data-claim="${id}"]`) ?? null;
  }
  /** With a claim open the next one opens; else only the focus moves. */
  function move(step: number): void {
    const focused = document.activeElement?.closest<HTMLElement>('[data-claim]')?.dataset.claim;
    const at = shown.findIndex(({ id }) => id === (claimId ?? focused));
    const next = shown[at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + step))];
    if (!next) return;
    rowOf(next.id)?.focus();
    if (claimId && next.id !== claimId) open(next.id);
  }

  useShortcuts([
    { key: 'j', label: t('keyNext'), run: () => move(1) },
    { key: 'k', label: t('keyPrevious'), run: () => move(-1) },
    { key: 'Enter', label: t('keyOpen'), run: () => shown[0] && !claimId && open(shown[0].id) },
    { key: '/', label: t('keyFilter'), run: () => search.current?.focus() },
    ...(mayLog ? [{ key: 'n', label: t('keyNew'), run: () => route('/desk?new=1') }] : []),
  ]);

  const detail = writing ? <ClaimForm /> : claimId ? <ClaimView key={claimId} id={claimId} /> : null;

  return (
    <SplitPane
      listLabel={t(desk ? 'title' : 'reportsTitle')}
      backHref={deskAddress(filter)}
      backLabel={t('backToList')}
      detail={detail}
      placeholder={<EmptyState icon="desk" title={t('chooseTitle')} text={t('chooseText')} />}
      list={
        <div ref={list}>
          <Page
            title={t(desk ? 'title' : 'reportsTitle')}
            actions={
              mayLog ? (
                <Button look="main" icon="plus" shortcut="n" href="/desk?new=1">
                  {t('logClaim')}
                </Button>
              ) : null
            }
          >
            <div class="stack-small">
              {mine === 'unread' ? null : <AnswersCame />}
              <SearchBox
                inputRef={search}
                label={t('searchClaims')}
                hint={t('searchClaimsHint')}
                value={q}
                busy={pages.fetching && pages.old}
                onValue={(words) => ask({ ...filter, q: words })}
                onDown={() => rowOf(shown[0]?.id ?? '')?.focus()}
              />
            </div>
            <Filters desk={desk} filter={filter} onFilter={ask} />
            <ClaimList pages={pages} filter={filter} chosen={claimId} onFilter={ask} />
          </Page>
        </div>
      }
    />
  );
}
