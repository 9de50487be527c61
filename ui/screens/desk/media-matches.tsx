import type { Claim } from '../../../server/contract/claim.js';
import type { MediaMatch } from '../../../server/contract/media-match.js';
import { useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { MediaLikeness, mediaTexts } from '../../parts/media-likeness.js';
import { ErrorState } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import type { Cluster } from './use-cluster.js';
import './media-matches.css';

const places = { fact: '/library/', claim: '/desk/', creative: '/studio/' } as const;

function Found({ match, cluster }: { match: MediaMatch; cluster: Cluster }) {
  const t = useText(mediaTexts);
  const may = useCan()('claims.triage');
  const { kind, objectId, clusterId, band, likeness, fromMs, headline, verdict } = match;
  return (
    <li class="match">
      <p class="row">
        {verdict ? <VerdictMark code={verdict} /> : null}
        <span class="faint match-kind">{t(kind)}</span>
        <Badge accent={band === 'same'}>{t(`band_${band}`)}</Badge>
      </p>
      <p class="match-words clamp" lang={kind === 'creative' ? 'und' : undefined}>
        {headline}
      </p>
      <MediaLikeness likeness={likeness} fromMs={fromMs} />
      <p class="row">
        <Button small href={`${places[kind]}${objectId}`}>
          {t('open')}
        </Button>
        {may && clusterId !== null ? (
          <Button
            small
            look="quiet"
            icon="link"
            busy={cluster.busy === clusterId}
            disabled={Boolean(cluster.busy)}
            onPress={() => cluster.joinByFile(clusterId)}
          >
            {t(kind === 'fact' ? 'joinFact' : 'join')}
          </Button>
        ) : null}
      </p>
    </li>
  );
}

/** What carried the same media as this claim; nothing at all for a claim without any. */
export function MediaMatches({ claim, cluster }: { claim: Claim; cluster: Cluster }) {
  const t = useText(mediaTexts);
  const { language } = useLanguage();
  const asked = claim.media.some(({ kind }) => kind !== 'document');
  const { data, problem, retry } = useRead(
    'claims.mediaMatches',
    { params: { id: claim.id } },
    { enabled: claim.media.length > 0, keepPrevious: true },
  );
  if (claim.media.length === 0 || (!asked && data?.items.length === 0)) return null;
  const failed = data?.media.find(({ failure }) => failure !== null)?.failure;
  const waiting = data === undefined || data.media.some(({ state }) => state === 'queued');
  return (
    <section class="stack-small">
      <h3>{t('title')}</h3>
      <p class="hint">{t('hint')}</p>
      {problem && !data ? <ErrorState problem={problem} onRetry={retry} /> : null}
      {data && data.items.length > 0 ? (
        <ul class="media-matches">
          {data.items.map((match) => (
            <Found key={`${match.kind}${match.objectId}`} match={match} cluster={cluster} />
          ))}
        </ul>
      ) : null}
      <p class="hint" role="status">
        {problem ? '' : waiting ? t('comparing') : data.items.length === 0 ? t('none') : ''}
      </p>
      {failed ? <p class="hint">{t('notCompared', { reason: failed.text[language] })}</p> : null}
      {data?.media.some(({ soundCompared }) => !soundCompared) ? <p class="hint">{t('soundOff')}</p> : null}
    </section>
  );
}
