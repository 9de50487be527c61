import type { Claim } from '../../../server/contract/claim.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { Time } from '../../parts/values.js';
import { MediaPreview } from './media-preview.js';
import { texts } from './texts.js';
import './claim-pieces.css';

/** The words as they came, in their own script, and who said them. */
export function ClaimWords({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const codes = useCodes();
  const { claimant } = claim;
  return (
    <figure class="claim-words">
      <figcaption class="meta">
        <span>{codes.claimKind[claim.kind]}</span>
        <span>{codes.claimLanguage[claim.language]}</span>
      </figcaption>
      <blockquote class="original" lang={claim.language}>
        {claim.text}
      </blockquote>
      <p class="hint">
        {t('claimant')}:{' '}
        {claimant.name ? <strong>{claimant.name}</strong> : codes.claimantKind[claimant.kind]}
        {claimant.name ? ` (${codes.claimantKind[claimant.kind]})` : null}
        {claimant.url ? (
          <>
            {' '}
            <a href={claimant.url} target="_blank" rel="noreferrer">
              {t('openLink')}
            </a>
          </>
        ) : null}
      </p>
    </figure>
  );
}

export function Appearances({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const codes = useCodes();
  const { language } = useLanguage();
  return (
    <section class="stack-small">
      <h3>{t('appearances')}</h3>
      {claim.appearances.length === 0 ? <p class="hint">{t('noAppearances')}</p> : null}
      <ul class="appearances">
        {claim.appearances.map(({ id, channel, url, seenAt, unit }) => (
          <li key={id} class="row">
            <strong>{codes.channel[channel]}</strong>
            <Time at={seenAt} />
            {unit ? <span class="faint">{nameIn(unit.name, language)}</span> : null}
            {url ? (
              <a href={url} target="_blank" rel="noreferrer">
                {t('openLink')}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      {claim.reachEstimate !== null ? <p class="hint">{t('reach', { count: claim.reachEstimate })}</p> : null}
      <p class="meta">
        <span>{t('reportedBy', { name: claim.reporter.name })}</span>
        <Time at={claim.createdAt} />
        <span>{nameIn(claim.ownerUnit.name, language)}</span>
      </p>
    </section>
  );
}

/** What came with the claim: the desk and whoever sent it may open it. */
export function MediaOfClaim({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const format = useFormat();
  const me = useMe();
  const desk = useCan()('desk.read');
  const mayOpen = desk || claim.reporter.id === me.member.id;
  if (claim.media.length === 0) return null;
  return (
    <section class="stack-small">
      <h3>{t('media')}</h3>
      <ul class="claim-media">
        {claim.media.map((media) => (
          <li key={media.id}>
            {mayOpen ? <MediaPreview kind={media.kind} url={media.url} label={media.name} /> : null}
            {mayOpen ? (
              <a class="claim-media-name" href={media.url} download>
                <Icon name="download" size={18} />
                <span lang="und">{t('download', { name: media.name, size: format.bytes(media.size) })}</span>
              </a>
            ) : (
              <span class="claim-media-name">
                <Icon name="file" size={18} />
                <span lang="und">{media.name}</span>
                <span class="faint">{format.bytes(media.size)}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
