import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Inbox() {
  const t = useText(common);
  return (
    <Page title={t('inbox')}>
      <EmptyState icon="inbox" title={t('inbox')} text={t('soonText')} />
    </Page>
  );
}
