import type { Claim } from '../../../server/contract/claim.js';
import { useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { ErrorState, Note, ProblemNote, Skeleton } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { AnswerNote } from './answer-note.js';
import { ClaimActs } from './claim-acts.js';
import { Appearances, ClaimWords, MediaOfClaim } from './claim-pieces.js';
import { ClaimTopic } from './claim-topic.js';
import { ClusterNote } from './cluster-note.js';
import { MatchList } from './matches.js';
import { MediaMatches } from './media-matches.js';
import { texts } from './texts.js';
import { useCluster } from './use-cluster.js';
import { useMatches } from './use-matches.js';

function Shown({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const may = useCan()('claims.triage');
  const cluster = useCluster(claim);
  const matches = useMatches(claim.text, claim.id);
  useTitle(claim.text.slice(0, 60));
  return (
    <article class="claim-view">
      <header class="row">
        <h1 class="hidden">{t('claim')}</h1>
        <StateChip kind="claimState" code={claim.state} />
        {claim.restricted ? <Badge icon="lock">{t('restricted')}</Badge> : null}
      </header>
      {claim.stateReason ? <Note>{t('reason', { reason: claim.stateReason })}</Note> : null}
      <AnswerNote claim={claim} />
      <ClaimWords claim={claim} />
      <ClaimTopic claim={claim} />
      <ClusterNote claim={claim} cluster={cluster} />
      <ProblemNote problem={cluster.problem} />
      <ClaimActs claim={claim} />
      <div class="claim-below">
        <div class="stack">
          <section class="stack-small">
            <h3>{t('matches')}</h3>
            {may ? <p class="hint">{t('matchesHint')}</p> : null}
            <MatchList matches={matches} {...(may ? { onJoin: cluster.join, joining: cluster.busy } : {})} />
          </section>
          <MediaMatches claim={claim} cluster={cluster} />
        </div>
        <div class="stack">
          <Appearances claim={claim} />
          <MediaOfClaim claim={claim} />
        </div>
      </div>
    </article>
  );
}

/** One claim with everything needed to decide about it. */
export function ClaimView({ id }: { id: string }) {
  const { data, problem, retry } = useRead('claims.read', { params: { id } });
  if (data) return <Shown claim={data} />;
  if (problem) return <ErrorState problem={problem} onRetry={retry} />;
  return <Skeleton rows={4} />;
}
