import type { FactDetail } from '../../../server/contract/library.js';
import { useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { card as enCard } from '../../i18n/en/card.js';
import { card as hiCard } from '../../i18n/hi/card.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { ErrorState, Note, Skeleton } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { useCopy } from '../../parts/toast.js';
import { useTopics } from '../../parts/topics.js';
import { Time } from '../../parts/values.js';
import { AuthenticityMark, VerdictMark } from '../../parts/verdict-mark.js';
import { AnswerableClaims } from '../desk/answerable.js';
import { Sources } from './sources.js';
import { texts } from './texts.js';
import { useFactText } from './use-fact-text.js';
import { factAddress, textIn } from './words.js';

const cardWords = { hi: hiCard, en: enCard };

function Actions({ fact }: { fact: FactDetail }) {
  const t = useText(texts);
  const copy = useCopy();
  const can = useCan();
  const words = useText(cardWords);
  const address = factAddress(fact.id);
  const text = useFactText()(fact);
  useShortcuts([{ key: 'c', label: t('keyCopy'), run: () => void copy(text) }]);
  return (
    <div class="row fact-actions">
      <Button icon="copy" shortcut="c" onPress={() => void copy(text)}>
        {t('copyText')}
      </Button>
      <Button icon="link" onPress={() => void copy(address)}>
        {t('copyLink')}
      </Button>
      {can('creatives.write') ? (
        <Button icon="image" href={`/studio?card=${fact.id}`}>
          {words('make')}
        </Button>
      ) : null}
      {'share' in navigator ? (
        <Button
          icon="share"
          onPress={() => {
            // Closing the share sheet rejects; nothing was lost by it.
            navigator.share({ text }).catch(() => undefined);
          }}
        >
          {t('share')}
        </Button>
      ) : null}
    </div>
  );
}

function About({ fact }: { fact: FactDetail }) {
  const t = useText(texts);
  const format = useFormat();
  const topic = useTopics().find(({ code }) => code === fact.topic)?.label;
  return (
    <dl class="about" aria-label={t('about')}>
      {topic ? (
        <div>
          <dt>{t('facet_topic')}</dt>
          <dd>{topic}</dd>
        </div>
      ) : null}
      <div>
        <dt>{t('asOfLabel')}</dt>
        <dd>
          <Time at={fact.asOf} look="date" />
        </dd>
      </div>
      <div>
        <dt>{t('verifiedLabel')}</dt>
        <dd>
          <Time at={fact.verifiedAt} />
        </dd>
      </div>
      {fact.reviewBy ? (
        <div>
          <dt>{t('reviewByLabel')}</dt>
          <dd>
            <Time at={fact.reviewBy} look="date" />
          </dd>
        </div>
      ) : null}
      <div>
        <dt>{t('seenLabel')}</dt>
        <dd class="number">{format.number(fact.claim.seen)}</dd>
      </div>
      {fact.number > 1 ? (
        <div>
          <dt>{t('versionLabel')}</dt>
          <dd class="number">{format.number(fact.number)}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Shown({ fact }: { fact: FactDetail }) {
  const t = useText(texts);
  const codes = useCodes();
  const { language } = useLanguage();
  const words = textIn(fact.texts, language);
  useTitle(words?.text.headline ?? t('title'));
  return (
    <article class="fact">
      <header class="stack">
        <p class="row">
          <VerdictMark code={fact.verdict} size="large" />
          {fact.authenticity ? <AuthenticityMark code={fact.authenticity} /> : null}
        </p>
        {words ? (
          <h1 class="fact-truth" lang={words.language}>
            {words.text.headline}
          </h1>
        ) : null}
        <figure class="fact-claim">
          <figcaption>
            {t('claim')} · {codes.claimLanguage[fact.claim.language]}
          </figcaption>
          <blockquote class="original" lang={fact.claim.language}>
            {fact.claim.text}
          </blockquote>
        </figure>
        <Actions fact={fact} />
      </header>
      {words && words.language !== language ? (
        <Note>{t('otherLanguage', { language: codes.claimLanguage[words.language] })}</Note>
      ) : null}
      {words?.text.correctionNote ? (
        <Note>
          <strong>{t('correction')}</strong>
          <p lang={words.language}>{words.text.correctionNote}</p>
        </Note>
      ) : null}
      {words ? (
        <section class="stack">
          <h2>{t('summary')}</h2>
          <p class="original" lang={words.language}>
            {words.text.summary}
          </p>
        </section>
      ) : null}
      <Sources evidence={fact.evidence} />
      <About fact={fact} />
      <p class="hint">{nameIn(fact.issuedBy, language)}</p>
      <AnswerableClaims factId={fact.id} clusterId={fact.clusterId} quiet />
    </article>
  );
}

/** One fact with its sources. */
export function FactView({ id }: { id: string }) {
  const { data, problem, retry } = useRead('library.read', { params: { id } });
  if (data) return <Shown fact={data} />;
  if (problem) return <ErrorState problem={problem} onRetry={retry} />;
  return <Skeleton rows={4} />;
}
