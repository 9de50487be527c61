import type { InboxItem } from '../../../server/contract/release.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Icon } from '../../parts/icon.js';
import { Time } from '../../parts/values.js';
import { savesData } from './line.js';
import { texts } from './texts.js';
import { Ticks } from './ticks.js';

export interface InboxRowProps {
  item: InboxItem;
  href: string;
  current: boolean;
}

/** One pack as a messenger lists a chat: picture, title, when, how far it went. */
export function InboxRow({ item, href, current }: InboxRowProps) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const { language } = useLanguage();
  const unread = item.marks.length === 0;
  return (
    <a
      class={unread ? 'inbox-row inbox-unread' : 'inbox-row'}
      href={href}
      aria-current={current ? 'true' : undefined}
    >
      <span class="inbox-picture">
        {item.previewUrl && !savesData() ? (
          <img src={item.previewUrl} alt="" loading="lazy" decoding="async" />
        ) : (
          <Icon name="packs" size={26} />
        )}
      </span>
      <span class="inbox-words">
        <span class="inbox-title clamp">{nameIn(item.title, language)}</span>
        <span class="meta">
          {unread ? (
            <span class="inbox-new">
              <span class="dot" aria-hidden="true" />
              {t('unread')}
            </span>
          ) : (
            <Ticks marks={item.marks} />
          )}
          <Time at={item.releasedAt} />
          <span>
            {t('files', { count: item.files })}
            {item.bytes > 0 ? `, ${format.bytes(item.bytes)}` : ''}
          </span>
        </span>
        {item.changeKind || item.amber ? (
          <span class="row">
            {item.changeKind ? <Badge accent>{codes.packChangeKind[item.changeKind]}</Badge> : null}
            {item.amber ? <Badge icon="alert">{t('pause')}</Badge> : null}
          </span>
        ) : null}
      </span>
    </a>
  );
}
