import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { EmptyState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';

export default function Board() {
  const t = useText(common);
  return (
    <Page title={t('board')}>
      <EmptyState icon="packs" title={t('board')} text={t('soonText')} />
    </Page>
  );
}
