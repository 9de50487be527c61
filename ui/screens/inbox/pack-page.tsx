import { useEffect } from 'preact/hooks';
import type { InboxPack, RecallNotice } from '../../../server/contract/release.js';
import { addressOf } from '../../api/client.js';
import type { ProblemError } from '../../api/problem.js';
import { useRead } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { EmptyState, ErrorState, Note, Skeleton } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { useCopy } from '../../parts/toast.js';
import { Time } from '../../parts/values.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { Linked } from './linked.js';
import { ReachForm } from './reach-form.js';
import { RecallCard } from './recall-card.js';
import { SharePanel } from './share-panel.js';
import { texts } from './texts.js';
import type { Receipts } from './use-receipts.js';
import { useKept } from './use-worker.js';

function Head({ pack }: { pack: InboxPack }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const { language } = useLanguage();
  const names = {
    ...(pack.texts.hi && { hi: pack.texts.hi.title }),
    ...(pack.texts.en && { en: pack.texts.en.title }),
  };
  const title = nameIn(names, language);
  useTitle(title);
  return (
    <header class="stack">
      <div>
        <h1>{title}</h1>
        <p class="meta">
          <span>{nameIn(pack.issuedBy, language)}</span>
          <Time at={pack.releasedAt} />
          {pack.number > 1 ? <span>{t('version', { number: pack.number })}</span> : null}
          {pack.expiresAt ? <span>{t('expires', { date: format.date(pack.expiresAt) })}</span> : null}
        </p>
      </div>
      {pack.changeKind ? (
        <Note tone="alert">
          <strong>
            {codes.packChangeKind[pack.changeKind]}: {t('changed')}
          </strong>
          <p class="original">{pack.changeNote}</p>
          {pack.changeKind === 'correct' ? <p>{t('correctText')}</p> : null}
        </Note>
      ) : null}
      {pack.amber ? <Note tone="stop">{t('amber')}</Note> : null}
    </header>
  );
}

function Truth({ pack }: { pack: InboxPack }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <section class="truth" aria-label={t('truth')}>
      {pack.facts.map((fact) => {
        const own = fact.texts[language];
        const words = own ?? fact.texts[other];
        return (
          <article key={fact.id}>
            {fact.verdict ? <VerdictMark code={fact.verdict} /> : null}
            <p lang={own ? language : other}>{words?.headline}</p>
            <a href={`/library/${fact.id}`}>
              {t('openFact')}
              <Icon name="forward" size={16} />
            </a>
          </article>
        );
      })}
    </section>
  );
}

function Words({ pack }: { pack: InboxPack }) {
  const t = useText(texts);
  const copy = useCopy();
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  const own = pack.talkingPoints[language];
  const points = own && own.length > 0 ? own : (pack.talkingPoints[other] ?? []);
  const spoken = own && own.length > 0 ? language : other;
  const slip = pack.texts[language]?.sourcesSlip || pack.texts[other]?.sourcesSlip || '';
  return (
    <>
      {points.length > 0 ? (
        <section class="stack">
          <h2>{t('points')}</h2>
          <ul class="points" lang={spoken}>
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {slip ? (
        <section class="stack">
          <div class="row between">
            <h2>{t('sources')}</h2>
            <Button look="quiet" icon="copy" onPress={() => void copy(slip)}>
              {t('copySources')}
            </Button>
          </div>
          <p class="original slip">
            <Linked text={slip} />
          </p>
        </section>
      ) : null}
    </>
  );
}

function Shown({ pack, receipts }: { pack: InboxPack; receipts: Receipts }) {
  const { releaseId } = pack;
  const { mark } = receipts;
  const seen = pack.marks.includes('seen');
  useEffect(() => {
    if (!seen) mark(releaseId, 'seen');
  }, [seen, releaseId, mark]);
  return (
    <article class="held">
      <Head pack={pack} />
      <Truth pack={pack} />
      <SharePanel pack={pack} receipts={receipts} />
      <Words pack={pack} />
      <ReachForm releaseId={releaseId} />
    </article>
  );
}

function noticeIn(problem: ProblemError | null): RecallNotice | undefined {
  if (problem?.code !== 'recalled') return undefined;
  // The server sends the notice with this refusal.
  return (problem.current as RecallNotice | undefined) ?? undefined;
}

export interface PackPageProps {
  releaseId: string;
  /** The list already knows that it was taken back. */
  recall: RecallNotice | undefined;
  silentUntil: string | null;
  receipts: Receipts;
}

/** One pack; a refusal of the server outweighs whatever the phone still holds. */
export function PackPage({ releaseId, recall, silentUntil, receipts }: PackPageProps) {
  const t = useText(texts);
  const format = useFormat();
  const { data, problem, retry } = useRead('inbox.read', { params: { id: releaseId } });
  const kept = useKept<InboxPack>(addressOf('inbox.read', { id: releaseId }));
  const notice = recall ?? noticeIn(problem);
  if (notice) return <RecallCard notice={notice} receipts={receipts} />;
  if (silentUntil) {
    return (
      <EmptyState
        icon="clock"
        title={t('silenceTitle')}
        text={t('silenceText', { until: format.dateTime(silentUntil) })}
      />
    );
  }
  if (problem?.code === 'gone' || problem?.code === 'recalled') {
    return <EmptyState icon="recall" title={t('gone')} text={t('goneText')} />;
  }
  if (problem && !problem.mayPass) return <ErrorState problem={problem} />;
  const pack = data ?? kept;
  if (pack) return <Shown pack={pack} receipts={receipts} />;
  return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={4} />;
}
