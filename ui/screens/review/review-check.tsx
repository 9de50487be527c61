import type { CheckVersion } from '../../../server/contract/check.js';
import { useAction, useRead } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Skeleton } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { AnswerView, SourcesView } from '../check/answer-view.js';
import { ClaimSide } from '../check/claim-side.js';
import { Difference, lastKnownTo } from '../check/difference.js';
import { sourceNeeds } from '../check/meter.js';
import { checkTicks, Decision } from './decision.js';
import { texts } from './texts.js';

/** Whether the claim, and what readers had before, stand on the screen: only then is there something to decide on. */
function useAllShown(check: CheckVersion, beforeId: string | undefined): boolean {
  const claim = useRead('claims.read', { params: { id: check.leadClaim.id } });
  const before = useRead('checks.read', { params: { id: beforeId ?? check.id } });
  return claim.data !== undefined && before.data !== undefined;
}

/** A check with its claim, words and sources on one screen, and the decision. */
export function ReviewCheck(props: { check: CheckVersion; onDecided: () => void; onDiffers: () => void }) {
  const t = useText(texts);
  const toast = useToast();
  const { check } = props;
  const verify = useAction('checks.verify', ['claims.', 'library.']);
  const giveBack = useAction('checks.return');
  const params = { id: check.id };
  const before = lastKnownTo(check);
  const allShown = useAllShown(check, before?.id);
  const short = sourceNeeds(check.evidence).length > 0;
  const exception = short && check.sourceException !== null;

  async function accept(acceptException: boolean): Promise<void> {
    try {
      await verify.ask({
        params,
        body: { hash: check.hash, ...(acceptException ? { acceptException } : {}) },
      });
    } catch {
      // The refusal stands beside the button; a changed version is also shown anew.
      return props.onDiffers();
    }
    toast(t('verified'));
    props.onDecided();
  }

  return (
    <div class="review-halves">
      <h1 class="hidden">{t('check')}</h1>
      <div class="review-claim">
        <ClaimSide check={check} link={false} />
      </div>
      <div class="stack review-material">
        <AnswerView check={check} />
        <SourcesView check={check} />
        {before ? <Difference check={check} beforeId={before.id} /> : null}
        <p class="meta">
          <span>{t('contributors', { names: check.contributors.map(({ name }) => name).join(', ') })}</span>
        </p>
      </div>
      <div class="stack review-side">
        {allShown ? (
          <Decision
            ticks={checkTicks}
            contributors={[check.createdBy, ...check.contributors]}
            acceptLabel={t('verify')}
            hindrances={short && !exception ? [t('sourcesShort')] : []}
            exception={exception}
            accepting={verify.pending}
            returning={giveBack.pending}
            problem={verify.problem}
            returnProblem={giveBack.problem}
            onAccept={(accepted) => void accept(accepted)}
            onReturn={(comment) =>
              giveBack.run({ params, body: { comment } }, () => {
                toast(t('returned'));
                props.onDecided();
              })
            }
          />
        ) : (
          <Skeleton rows={2} />
        )}
        <Button small look="quiet" icon="review" href={`/checks/${check.id}`}>
          {t('openDraft')}
        </Button>
      </div>
    </div>
  );
}
