import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Check() {
  const t = useText(common);
  return (
    <Page title={t('check')}>
      <EmptyState icon="review" title={t('check')} text={t('soonText')} />
    </Page>
  );
}
