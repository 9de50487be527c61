import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Packs() {
  const t = useText(common);
  return (
    <Page title={t('packs')}>
      <EmptyState icon="packs" title={t('packs')} text={t('soonText')} />
    </Page>
  );
}
