import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { CheckVersion } from '../../../server/contract/check.js';
import { useAction } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { card as enCard } from '../../i18n/en/card.js';
import { card as hiCard } from '../../i18n/hi/card.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/dialog.js';
import { Note } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { Time } from '../../parts/values.js';
import { AnswerableClaims } from '../desk/answerable.js';
import { AnswerView, SourcesView } from './answer-view.js';
import { ClaimSide } from './claim-side.js';
import { History } from './history.js';
import { texts } from './texts.js';

const cardWords = { hi: hiCard, en: enCard };

function VerifiedActs({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  const can = useCan();
  const { route } = useLocation();
  const toast = useToast();
  const correct = useAction('checks.correct');
  const revoke = useAction('checks.void', ['claims.', 'library.', 'packs.']);
  const [asking, setAsking] = useState<'correct' | 'void' | null>(null);
  const words = useText(cardWords);
  const params = { id: check.id };
  return (
    <div class="row">
      {can('creatives.write') ? (
        <Button icon="image" href={`/studio?card=${check.id}`}>
          {words('make')}
        </Button>
      ) : null}
      {can('checks.write') ? (
        <Button icon="edit" onPress={() => setAsking('correct')}>
          {t('correct')}
        </Button>
      ) : null}
      {can('checks.verify') ? (
        <Button icon="recall" onPress={() => setAsking('void')}>
          {t('void')}
        </Button>
      ) : null}
      <Confirm
        open={asking === 'correct'}
        title={t('correctTitle')}
        text={<p>{t('correctText')}</p>}
        confirmLabel={t('correct')}
        busy={correct.pending}
        problem={correct.problem}
        onConfirm={() => correct.run({ params }, (next) => route(`/checks/${next.id}`))}
        onClose={() => setAsking(null)}
      />
      <Confirm
        strong
        open={asking === 'void'}
        title={t('voidTitleAsk')}
        text={<p>{t('voidText')}</p>}
        confirmLabel={t('void')}
        reason={{}}
        busy={revoke.pending}
        problem={revoke.problem}
        onConfirm={(reason) =>
          revoke.run({ params, body: { reason } }, () => {
            setAsking(null);
            toast(t('voidDone'));
          })
        }
        onClose={() => setAsking(null)}
      />
    </div>
  );
}

function Status({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  const can = useCan();
  if (check.state === 'void') {
    return (
      <Note tone="alert">
        <strong>{t('voidTitle')}</strong>
        <p class="original">{check.voidReason}</p>
      </Note>
    );
  }
  if (check.state === 'in_review') {
    return (
      <Note>
        <strong>{t('inReviewTitle')}</strong>
        <p>{t('inReviewText')}</p>
        {can('checks.verify') ? <a href={`/review?item=${check.id}`}>{t('toReview')}</a> : null}
      </Note>
    );
  }
  if (check.state === 'corrected') {
    const next = check.history.find(({ number }) => number === check.number + 1);
    return (
      <Note tone="alert">
        <strong>{t('correctedTitle')}</strong>
        {next ? (
          <p>
            <a href={`/checks/${next.id}`}>{t('version', { number: next.number })}</a>
          </p>
        ) : null}
      </Note>
    );
  }
  if (check.state === 'draft') return <Note>{t('readOnly')}</Note>;
  return null;
}

/** A version nobody edits now: in review, verified, or past. */
export function Finished({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  return (
    <div class="check-halves">
      <div class="check-aside">
        <ClaimSide check={check} />
      </div>
      <section class="check-work" aria-label={t('work')}>
        <Status check={check} />
        {check.state === 'draft' && check.returnComment ? (
          <Note tone="alert">
            <strong>{t('returnedTitle')}</strong>
            <p class="original">{check.returnComment}</p>
          </Note>
        ) : null}
        <AnswerView check={check} />
        {check.verifiedBy && check.verifiedAt ? (
          <p class="meta">
            <span>{t('verifiedBy', { name: check.verifiedBy.name })}</span>
            <Time at={check.verifiedAt} look="full" />
            <span>{t('contributors', { names: check.contributors.map(({ name }) => name).join(', ') })}</span>
          </p>
        ) : null}
        {check.state === 'verified' ? (
          <>
            <VerifiedActs check={check} />
            <AnswerableClaims factId={check.id} clusterId={check.clusterId} />
          </>
        ) : null}
        <SourcesView check={check} />
        <History check={check} />
      </section>
    </div>
  );
}
