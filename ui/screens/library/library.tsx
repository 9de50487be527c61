import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Library() {
  const t = useText(common);
  return (
    <Page title={t('library')}>
      <EmptyState icon="library" title={t('library')} text={t('soonText')} />
    </Page>
  );
}
