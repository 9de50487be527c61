import type { LibraryResult } from '../../../server/contract/library.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Highlight } from '../../parts/highlight.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';
import { textIn } from './words.js';

export interface FactCardProps {
  item: LibraryResult['items'][number];
  href: string;
  current: boolean;
}

export function FactCard({ item: { fact, matched }, href, current }: FactCardProps) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const words = textIn(fact.texts, language);
  return (
    <a class="card-link fact-card" href={href} aria-current={current ? 'true' : undefined}>
      <VerdictMark code={fact.verdict} />
      {words ? (
        <p class="fact-card-truth clamp" lang={words.language}>
          <Highlight text={words.text.headline} words={matched} />
        </p>
      ) : null}
      <p class="fact-card-claim clamp" lang={fact.claim.language}>
        <Highlight text={fact.claim.text} words={matched} />
      </p>
      <p class="meta">
        <span>{t('asOf', { date: format.date(fact.asOf) })}</span>
        <span>{nameIn(fact.issuedBy, language)}</span>
        {fact.claim.seen > 1 ? <span>{t('seen', { count: fact.claim.seen })}</span> : null}
      </p>
    </a>
  );
}
