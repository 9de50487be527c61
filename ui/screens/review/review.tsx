import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { type Reading, useRead } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { EmptyState, ErrorState, Note, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { SplitPane } from '../../parts/split-pane.js';
import { QueueList } from './queue-list.js';
import { ReviewCheck } from './review-check.js';
import { ReviewPack } from './review-pack.js';
import { texts } from './texts.js';
import { type QueueItem, useQueue } from './use-queue.js';
import './review.css';

/** Tells when what is shown is no longer what was first shown: then every tick starts again. */
function useChanged(hash: string | undefined): boolean {
  const first = useRef(hash);
  first.current ??= hash;
  return hash !== undefined && hash !== first.current;
}

interface OpenProps {
  id: string;
  onDecided: () => void;
}

function Gone() {
  const t = useText(texts);
  return (
    <EmptyState
      icon="check"
      title={t('goneTitle')}
      text={t('goneText')}
      action={<Button href="/review">{t('backToQueue')}</Button>}
    />
  );
}

/** An item as it stands: absent, loading, decided by someone else meanwhile, or changed since it was first shown. */
function Opened<T extends { state: string; hash: string }>({
  read: { data, problem, retry },
  children,
}: {
  read: Pick<Reading<T>, 'data' | 'problem' | 'retry'>;
  children: (item: T) => ComponentChildren;
}) {
  const t = useText(texts);
  const changed = useChanged(data?.hash);
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={4} />;
  if (data.state !== 'in_review') return <Gone />;
  return (
    <>
      {changed ? (
        <Note tone="alert" role="alert">
          {t('changed')}
        </Note>
      ) : null}
      {children(data)}
    </>
  );
}

function OpenCheck({ id, onDecided }: OpenProps) {
  const read = useRead('checks.read', { params: { id } });
  return (
    <Opened read={read}>
      {(check) => <ReviewCheck key={check.hash} check={check} onDecided={onDecided} onDiffers={read.retry} />}
    </Opened>
  );
}

function OpenPack({ id, onDecided }: OpenProps) {
  const read = useRead('packs.read', { params: { id } });
  return (
    <Opened read={read}>
      {(pack) => <ReviewPack key={pack.hash} pack={pack} onDecided={onDecided} onDiffers={read.retry} />}
    </Opened>
  );
}

/** One queue of everything that waits for a second person, the longest waiting first. */
export default function Review() {
  const t = useText(texts);
  const { query, route } = useLocation();
  const queue = useQueue();
  const list = useRef<HTMLDivElement>(null);
  // An item that was just decided leaves the queue a moment later.
  const [decided, setDecided] = useState<readonly string[]>([]);
  const items = queue.items.filter(({ id }) => !decided.includes(id));
  const known = queue.items.find(({ id }) => id === query.item);
  const shown = useRef<QueueItem | undefined>(known);
  if (known) shown.current = known;
  const chosen = query.item && shown.current?.id === query.item ? shown.current : undefined;

  function move(step: number): void {
    const at = items.findIndex(({ id }) => id === query.item);
    const next = items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))];
    if (!next) return;
    route(`/review?item=${next.id}`, Boolean(query.item));
    list.current?.querySelector<HTMLElement>(`[data-item="${next.id}"]`)?.focus();
  }
  useShortcuts([
    { key: 'j', label: t('keyNext'), run: () => move(1) },
    { key: 'k', label: t('keyPrevious'), run: () => move(-1) },
  ]);

  function next(id: string): void {
    const at = items.findIndex((item) => item.id === id);
    const following = items[at + 1] ?? items[at - 1];
    setDecided((now) => [...now, id]);
    route(following ? `/review?item=${following.id}` : '/review', true);
    scrollTo({ top: 0 });
  }

  const open = () => {
    if (!query.item) return null;
    if (!chosen) return queue.loading ? <Skeleton rows={4} /> : <Gone />;
    const props = { id: chosen.id, onDecided: () => next(chosen.id) };
    return chosen.kind === 'check' ? (
      <OpenCheck key={chosen.id} {...props} />
    ) : (
      <OpenPack key={chosen.id} {...props} />
    );
  };

  return (
    <SplitPane
      listLabel={t('queue')}
      backHref="/review"
      backLabel={t('backToQueue')}
      detail={open()}
      placeholder={
        items.length > 0 ? <EmptyState icon="review" title={t('chooseTitle')} text={t('chooseText')} /> : null
      }
      list={
        <div ref={list}>
          <Page title={t('title')} lead={items.length > 0 ? t('lead', { count: items.length }) : null}>
            {queue.problem && items.length === 0 ? (
              <ErrorState problem={queue.problem} onRetry={queue.retry} />
            ) : queue.loading ? (
              <Skeleton rows={4} />
            ) : items.length === 0 ? (
              <EmptyState icon="review" title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <QueueList items={items} chosen={query.item} />
            )}
          </Page>
        </div>
      }
    />
  );
}
