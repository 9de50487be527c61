import { useState } from 'preact/hooks';
import type { Claim, ClusterDetail } from '../../../server/contract/claim.js';
import { useRead } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { ErrorState, Skeleton } from '../../parts/messages.js';
import { StateChip } from '../../parts/state-chip.js';
import { Time } from '../../parts/values.js';
import { texts } from './texts.js';

function Claims({ detail, open }: { detail: ClusterDetail; open: string }) {
  const { language } = useLanguage();
  return (
    <ul class="cluster-claims">
      {detail.claims.map(({ id, text, language: written, state, ownerUnit, createdAt }) => (
        <li key={id}>
          <a href={`/desk/${id}`} aria-current={id === open ? 'true' : undefined}>
            <span class="clamp" lang={written}>
              {text}
            </span>
          </a>
          <p class="meta">
            <StateChip kind="claimState" code={state} />
            <span>{nameIn(ownerUnit.name, language)}</span>
            <Time at={createdAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Acts({ acts }: { acts: ClusterDetail['acts'] }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  return (
    <ul class="cluster-acts">
      {acts.map(({ id, act, method, score, member, at, text }) => (
        <li key={id}>
          <strong>{codes.clusterAct[act]}</strong> <span class="cluster-act-text">{text}</span>
          <p class="meta">
            <span>{t('actBy', { name: member.name })}</span>
            <Time at={at} look="full" />
            {act === 'joined' ? (
              <span>
                {t(`method_${method}`)}
                {score === null ? null : ` ${format.percent(score)}`}
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Loaded({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const { data, problem, retry } = useRead('claims.cluster', { params: { id: claim.id } });
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={2} />;
  return (
    <div class="stack">
      <Claims detail={data} open={claim.id} />
      <p class="hint">
        {t('fromUnits')}:{' '}
        {data.units.map(({ unit, claims }) => `${nameIn(unit.name, language)} (${claims})`).join(', ')}
      </p>
      <section class="stack-small">
        <h4>{t('acts')}</h4>
        <Acts acts={data.acts} />
      </section>
    </div>
  );
}

/** The claims of the group, the units they came from, and who brought them together; read when opened. */
export function ClusterDetails({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const [open, setOpen] = useState(false);
  return (
    <details class="cluster-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('clusterDetails')}</summary>
      {open ? <Loaded claim={claim} /> : null}
    </details>
  );
}
