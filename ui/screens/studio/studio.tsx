import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Studio() {
  const t = useText(common);
  return (
    <Page title={t('studio')}>
      <EmptyState icon="studio" title={t('studio')} text={t('soonText')} />
    </Page>
  );
}
