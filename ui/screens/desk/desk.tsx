import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Desk() {
  const t = useText(common);
  return (
    <Page title={t('desk')}>
      <EmptyState icon="desk" title={t('desk')} text={t('soonText')} />
    </Page>
  );
}
