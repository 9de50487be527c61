import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Time } from '../../parts/values.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';
import type { QueueItem } from './use-queue.js';

function wordsOf(item: QueueItem, language: 'hi' | 'en'): { text: string; lang: string } {
  if (item.kind === 'pack') return { text: nameIn(item.pack.title, language), lang: language };
  const { texts: own, leadClaim } = item.check;
  const text = own[language] ?? own.hi ?? own.en;
  return text
    ? { text: text.headline, lang: own[language] ? language : own.hi ? 'hi' : 'en' }
    : { text: leadClaim.text, lang: leadClaim.language };
}

export function QueueList({ items, chosen }: { items: readonly QueueItem[]; chosen: string | undefined }) {
  const t = useText(texts);
  const { language } = useLanguage();
  return (
    <ol class="queue">
      {items.map((item) => {
        const { text, lang } = wordsOf(item, language);
        const { createdBy } = item.kind === 'check' ? item.check : item.pack;
        return (
          <li key={item.id}>
            <a
              class="queue-item"
              href={`/review?item=${item.id}`}
              data-item={item.id}
              aria-current={item.id === chosen ? 'true' : undefined}
            >
              <span class="row between">
                <Badge icon={item.kind === 'check' ? 'review' : 'packs'}>{t(item.kind)}</Badge>
                <span class="faint queue-time">
                  <Time at={item.at} />
                </span>
              </span>
              <span class="clamp" lang={lang}>
                {text}
              </span>
              <span class="meta">
                {item.kind === 'check' && item.check.verdict ? (
                  <VerdictMark code={item.check.verdict} />
                ) : null}
                <span>{t('submittedBy', { name: createdBy.name })}</span>
              </span>
            </a>
          </li>
        );
      })}
    </ol>
  );
}
