import { useRoute } from 'preact-iso';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { SplitPane } from '../../parts/split-pane.js';
import { InboxList } from './inbox-list.js';
import { PackPage } from './pack-page.js';
import { texts } from './texts.js';
import { useInbox } from './use-inbox.js';
import { useReceipts } from './use-receipts.js';
import { useInboxWorker } from './use-worker.js';
import './inbox.css';
import './pack-page.css';

/** What a district team holds on its phone. */
export default function Inbox() {
  const t = useText(texts);
  const { releaseId } = useRoute().params;
  useInboxWorker();
  const inbox = useInbox();
  const receipts = useReceipts();
  return (
    <SplitPane
      listLabel={t('title')}
      backHref="/inbox"
      backLabel={t('backToList')}
      placeholder={<EmptyState icon="inbox" title={t('chooseTitle')} text={t('chooseText')} />}
      detail={
        releaseId ? (
          <PackPage
            key={releaseId}
            releaseId={releaseId}
            recall={inbox.recalls.find((notice) => notice.releaseId === releaseId)}
            silentUntil={inbox.silentUntil}
            receipts={receipts}
          />
        ) : null
      }
      list={<InboxList inbox={inbox} receipts={receipts} chosen={releaseId} />}
    />
  );
}
