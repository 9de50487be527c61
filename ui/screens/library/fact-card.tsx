import { useQueryClient } from '@tanstack/preact-query';
import type { LibraryResult } from '../../../server/contract/library.js';
import { keyOf, useClient } from '../../api/queries.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { fromMark, Highlight } from '../../parts/highlight.js';
import { useCopy } from '../../parts/toast.js';
import { useTopics } from '../../parts/topics.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';
import { useFactText } from './use-fact-text.js';
import { factAddress, hiddenPassage, textIn } from './words.js';

type Item = LibraryResult['items'][number];

export interface FactCardProps {
  item: Item;
  href: string;
  current: boolean;
}

function CopyActs({ id }: { id: string }) {
  const t = useText(texts);
  const copy = useCopy();
  const client = useClient();
  const queries = useQueryClient();
  const textOf = useFactText();
  const params = { id };
  // The sources come with the whole fact, which a list does not hold.
  const whole = async () =>
    textOf(
      await queries.fetchQuery({
        queryKey: keyOf('library.read', { params }),
        queryFn: ({ signal }) => client.call('library.read', { params, signal }),
      }),
    );
  return (
    <div class="fact-card-acts">
      <Button small look="quiet" icon="copy" label={t('copyText')} onPress={() => void copy(whole)} />
      <Button
        small
        look="quiet"
        icon="link"
        label={t('copyLink')}
        onPress={() => void copy(factAddress(id))}
      />
    </div>
  );
}

/** A fact in the list: what is true, what was claimed, why it was found; and both ways to copy it. */
export function FactCard({ item: { fact, matched }, href, current }: FactCardProps) {
  const t = useText(texts);
  const format = useFormat();
  const topics = useTopics();
  const { language } = useLanguage();
  const words = textIn(fact.texts, language);
  const hidden = hiddenPassage(fact, { matched, language });
  const topic = topics.find(({ code }) => code === fact.topic)?.label;
  return (
    <>
      <a class="card-link fact-card" href={href} aria-current={current ? 'true' : undefined}>
        <VerdictMark code={fact.verdict} />
        {words ? (
          <p class="fact-card-truth clamp" lang={words.language}>
            <Highlight text={words.text.headline} words={matched} />
          </p>
        ) : null}
        <p class="fact-card-claim clamp" lang={fact.claim.language}>
          <Highlight text={fromMark(fact.claim.text, matched) ?? fact.claim.text} words={matched} />
        </p>
        {hidden ? (
          <p class="fact-card-found clamp" lang={hidden.language}>
            <Highlight text={hidden.text} words={matched} />
          </p>
        ) : null}
        <p class="meta">
          {topic ? <span>{topic}</span> : null}
          <span>{t('asOf', { date: format.date(fact.asOf) })}</span>
          <span>{nameIn(fact.issuedBy, language)}</span>
          {fact.claim.seen > 1 ? <span>{t('seen', { count: fact.claim.seen })}</span> : null}
        </p>
      </a>
      <CopyActs id={fact.id} />
    </>
  );
}
