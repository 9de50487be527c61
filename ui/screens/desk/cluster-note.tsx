import type { Claim } from '../../../server/contract/claim.js';
import { useCan } from '../../api/session.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { ClusterDetails } from './cluster-details.js';
import { texts } from './texts.js';
import type { Cluster } from './use-cluster.js';

/** The group this claim is in, and the answer the group has. */
export function ClusterNote({ claim, cluster }: { claim: Claim; cluster: Cluster }) {
  const t = useText(texts);
  const format = useFormat();
  const may = useCan()('claims.triage');
  const { factId, verdict, claims, units, firstSeen, lastSeen } = claim.cluster;
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
          {units > 1 ? <span>{t('fromUnitsCount', { count: units })}</span> : null}
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
