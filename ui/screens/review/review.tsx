import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Review() {
  const t = useText(common);
  return (
    <Page title={t('review')}>
      <EmptyState icon="review" title={t('review')} text={t('soonText')} />
    </Page>
  );
}
