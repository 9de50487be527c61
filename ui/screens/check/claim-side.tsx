import type { CheckVersion } from '../../../server/contract/check.js';
import { useRead } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { ErrorState, Skeleton } from '../../parts/messages.js';
import { Appearances, ClaimWords, MediaOfClaim } from '../desk/claim-pieces.js';
import { ClaimTopic } from '../desk/claim-topic.js';
import { texts } from './texts.js';
import './claim-side.css';

/** What is being checked, as it came. */
export function ClaimSide({ check, link = true }: { check: CheckVersion; link?: boolean }) {
  const t = useText(texts);
  const { data, problem, retry } = useRead('claims.read', { params: { id: check.leadClaim.id } });
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={2} />;
  return (
    <section class="claim-side" aria-label={t('claimSide')}>
      <header class="row between">
        <h2>{t('claims')}</h2>
        {data.cluster.claims > 1 ? (
          <span class="faint">{t('seen', { count: data.cluster.claims })}</span>
        ) : null}
      </header>
      <ClaimWords claim={data} />
      <ClaimTopic claim={data} />
      <MediaOfClaim claim={data} />
      <Appearances claim={data} />
      {link ? (
        <Button small look="quiet" icon="desk" href={`/desk/${data.id}`}>
          {t('openClaim')}
        </Button>
      ) : null}
    </section>
  );
}
