import type { Claim } from '../../../server/contract/claim.js';
import { useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { ErrorState, Note, ProblemNote, Skeleton } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { ClaimActs } from './claim-acts.js';
import { Appearances, ClaimWords, MediaOfClaim } from './claim-pieces.js';
import { ClusterDetails } from './cluster-details.js';
import { MatchList } from './matches.js';
import { texts } from './texts.js';
import { type Cluster, useCluster } from './use-cluster.js';
import { useMatches } from './use-matches.js';

/** The group this claim is in, and the answer the group has. */
function ClusterNote({ claim, cluster }: { claim: Claim; cluster: Cluster }) {
  const t = useText(texts);
  const format = useFormat();
  const may = useCan()('claims.triage');
  const { factId, verdict, claims, firstSeen, lastSeen } = claim.cluster;
  if (!factId && claims < 2) return null;
  return (
    <div class={factId ? 'cluster cluster-answered' : 'cluster'}>
      <div class="stack-small">
        {factId ? (
          <p class="row">
            {verdict ? <VerdictMark code={verdict} /> : null}
            <strong>{t('answeredTitle', { count: claims })}</strong>
          </p>
        ) : (
          <strong>{t('together', { count: claims })}</strong>
        )}
        <p class="meta">
          <span>{t('since', { date: format.date(firstSeen) })}</span>
          {claims > 1 ? <span>{t('lastSeen', { date: format.date(lastSeen) })}</span> : null}
        </p>
      </div>
      <div class="row">
        {factId ? (
          <Button small icon="library" href={`/library/${factId}`}>
            {t('openFact')}
          </Button>
        ) : null}
        {may && claims > 1 ? (
          <Button small look="quiet" icon="undo" busy={cluster.busy === 'leave'} onPress={cluster.leave}>
            {t('leave')}
          </Button>
        ) : null}
      </div>
      <ClusterDetails claim={claim} />
    </div>
  );
}

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
      <ClaimWords claim={claim} />
      <ClusterNote claim={claim} cluster={cluster} />
      <ProblemNote problem={cluster.problem} />
      <ClaimActs claim={claim} />
      <div class="claim-below">
        <section class="stack-small">
          <h3>{t('matches')}</h3>
          {may ? <p class="hint">{t('matchesHint')}</p> : null}
          <MatchList matches={matches} {...(may ? { onJoin: cluster.join, joining: cluster.busy } : {})} />
        </section>
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
