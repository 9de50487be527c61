import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';

/** The button below a list that brings the next page; nothing when there is none. */
export function Pager(props: { hasMore: boolean; loadingMore: boolean; more: () => void }) {
  const t = useText(common);
  if (!props.hasMore) return null;
  return (
    <div class="pager">
      <Button look="plain" icon="down" busy={props.loadingMore} onPress={props.more}>
        {t('more')}
      </Button>
    </div>
  );
}
