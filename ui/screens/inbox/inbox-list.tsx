import { useCan } from '../../api/session.js';
import { useFormat, useText } from '../../i18n/language.js';
import { AnswersCame } from '../../parts/answers-came.js';
import { Button } from '../../parts/button.js';
import { EmptyState, ErrorState, Note, Skeleton } from '../../parts/messages.js';
import { useNow } from '../../parts/now.js';
import { Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { InboxRow } from './inbox-row.js';
import { RecallCard } from './recall-card.js';
import { texts } from './texts.js';
import type { InboxState } from './use-inbox.js';
import type { Receipts } from './use-receipts.js';

const tickMs = 30_000;

function Updated({ inbox }: { inbox: InboxState }) {
  const t = useText(texts);
  const format = useFormat();
  const now = useNow(tickMs);
  return (
    <div class="inbox-updated">
      <p class="hint" role="status">
        {inbox.at ? t('updated', { ago: format.relative(inbox.at, now) }) : ''}
      </p>
      <Button
        look="quiet"
        small
        icon="refresh"
        busy={inbox.fetching}
        label={t('refresh')}
        onPress={inbox.retry}
      />
    </div>
  );
}

function Packs({ inbox, chosen }: { inbox: InboxState; chosen: string | undefined }) {
  const t = useText(texts);
  const format = useFormat();
  if (inbox.silentUntil) {
    return (
      <EmptyState
        icon="clock"
        title={t('silenceTitle')}
        text={t('silenceText', { until: format.dateTime(inbox.silentUntil) })}
      />
    );
  }
  if (inbox.at === undefined) {
    return inbox.problem ? (
      <ErrorState problem={inbox.problem} onRetry={inbox.retry} />
    ) : (
      <Skeleton rows={4} />
    );
  }
  if (inbox.items.length === 0) {
    return <EmptyState icon="inbox" title={t('emptyTitle')} text={t('emptyText')} />;
  }
  return (
    <>
      <ul class="inbox-list">
        {inbox.items.map((item) => (
          <li key={item.releaseId}>
            <InboxRow item={item} href={`/inbox/${item.releaseId}`} current={item.releaseId === chosen} />
          </li>
        ))}
      </ul>
      <Pager {...inbox} />
    </>
  );
}

export interface InboxListProps {
  inbox: InboxState;
  receipts: Receipts;
  chosen: string | undefined;
}

/** Recalls first, then packs; silence shows recalls only. */
export function InboxList({ inbox, receipts, chosen }: InboxListProps) {
  const t = useText(texts);
  const can = useCan();
  const open = inbox.recalls.filter(({ acknowledged }) => !acknowledged);
  const done = inbox.recalls.filter(({ acknowledged }) => acknowledged);
  return (
    <Page
      title={t('title')}
      actions={
        can('claims.report') ? (
          <Button icon="flag" href="/desk?new=1">
            {t('report')}
          </Button>
        ) : null
      }
    >
      {open.length > 0 ? (
        <section class="recalls" role="alert">
          {open.map((notice) => (
            <RecallCard key={notice.releaseId} notice={notice} receipts={receipts} />
          ))}
        </section>
      ) : null}
      <AnswersCame />
      <Updated inbox={inbox} />
      {receipts.waiting.length > 0 ? (
        <Note>{t('receiptsWaiting', { count: receipts.waiting.length })}</Note>
      ) : null}
      <Packs inbox={inbox} chosen={chosen} />
      {done.length > 0 ? (
        <details class="recalls-done">
          <summary>{t('recallsDone', { count: done.length })}</summary>
          <div class="stack">
            {done.map((notice) => (
              <RecallCard key={notice.releaseId} notice={notice} receipts={receipts} />
            ))}
          </div>
        </details>
      ) : null}
    </Page>
  );
}
