import { useState } from 'preact/hooks';
import { captionPlatforms, languages } from '../../../server/contract/lists.js';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Note } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { useCopy } from '../../parts/toast.js';
import { Time } from '../../parts/values.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { PackActs } from './pack-acts.js';
import { ReleasePanel } from './release-panel.js';
import { RenditionGroups } from './rendition-groups.js';
import { texts } from './texts.js';

function Facts({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <section class="part sheet stack">
      <h2>{t('factsTitle')}</h2>
      <ol class="offered picked">
        {pack.facts.map((fact) => (
          <li key={fact.id}>
            <a href={`/library/${fact.id}`}>
              <span class="row">
                {fact.verdict ? <VerdictMark code={fact.verdict} /> : null}
                {fact.state !== 'verified' ? <StateChip kind="checkState" code={fact.state} /> : null}
              </span>
              <p lang={fact.texts[language] ? language : other}>
                {(fact.texts[language] ?? fact.texts[other])?.headline}
              </p>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Captions({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const codes = useCodes();
  const copy = useCopy();
  if (pack.captions.length === 0) return null;
  const sorted = captionPlatforms.flatMap((platform) =>
    languages.flatMap((language) =>
      pack.captions.filter((caption) => caption.platform === platform && caption.language === language),
    ),
  );
  return (
    <section class="part sheet stack">
      <h2>{t('captions')}</h2>
      <div class="read-captions">
        {sorted.map(({ platform, language, text }) => (
          <figure key={`${platform} ${language}`}>
            <figcaption class="row between">
              <span>
                {codes.platform[platform]} · {codes.claimLanguage[language]}
              </span>
              <Button
                look="quiet"
                small
                icon="copy"
                label={`${codes.platform[platform]}: ${t('captions')}`}
                onPress={() => void copy(text)}
              />
            </figcaption>
            <blockquote class="original" lang={language}>
              {text}
            </blockquote>
          </figure>
        ))}
      </div>
    </section>
  );
}

function Words({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const said = languages.filter((language) => (pack.talkingPoints[language] ?? []).length > 0);
  const slips = languages.filter((language) => pack.texts[language]?.sourcesSlip);
  return (
    <>
      {said.length > 0 ? (
        <section class="part sheet stack">
          <h2>{t('points')}</h2>
          <div class="both">
            {said.map((language) => (
              <ul key={language} class="read-points" lang={language}>
                {pack.talkingPoints[language]?.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            ))}
          </div>
        </section>
      ) : null}
      <section class="part sheet stack">
        <h2>{t('slip')}</h2>
        {slips.length === 0 ? <p class="hint">{t('slipEmpty')}</p> : null}
        <div class="both">
          {slips.map((language) => (
            <p key={language} class="original read-slip" lang={language}>
              {pack.texts[language]?.sourcesSlip}
            </p>
          ))}
        </div>
      </section>
    </>
  );
}

function Past({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const format = useFormat();
  return (
    <section class="part sheet stack">
      {pack.releases.length > 0 ? (
        <>
          <h2>{t('releases')}</h2>
          <ul>
            {pack.releases.map((release) => (
              <li key={release.id}>
                {t('releaseLine', {
                  name: release.releasedBy.name,
                  date: format.dateTime(release.releasedAt),
                })}{' '}
                · {t('units', { count: release.units })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {pack.approvedBy && pack.approvedAt ? (
        <p>{t('approvedBy', { name: pack.approvedBy.name, date: format.dateTime(pack.approvedAt) })}</p>
      ) : null}
      <p class="hint">{t('contributors', { names: pack.contributors.map(({ name }) => name).join(', ') })}</p>
      {pack.history.length > 1 ? (
        <nav class="row" aria-label={t('history')}>
          {pack.history.map(({ id, number, state }) => (
            <a
              key={id}
              class="version"
              href={`/packs/${id}`}
              aria-current={id === pack.id ? 'page' : undefined}
            >
              {t('version', { number })} <StateChip kind="packState" code={state} />
            </a>
          ))}
        </nav>
      ) : null}
    </section>
  );
}

/** A version that is no draft any more, and what may be done with it. */
export function PackView({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const can = useCan();
  const me = useMe();
  const { language } = useLanguage();
  const [more, setMore] = useState(false);
  const title = nameIn(pack.title, language) || t('untitled');
  useTitle(title);
  const releases = can('packs.release') && (pack.state === 'approved' || (pack.state === 'released' && more));
  const mayApprove =
    pack.state === 'in_review' &&
    can('packs.approve') &&
    !pack.contributors.some(({ id }) => id === me.member.id);
  return (
    <article class="composer">
      <header class="stack">
        <div class="row between">
          <h1>{title}</h1>
          <span class="row">
            {pack.number > 1 ? <span class="faint">{t('version', { number: pack.number })}</span> : null}
            <StateChip kind="packState" code={pack.state} />
          </span>
        </div>
        <p class="meta">
          <span>{t('by', { name: pack.createdBy.name })}</span>
          <Time at={pack.createdAt} />
          <span>
            {pack.expiresAt ? t('until', { date: format.dateTime(pack.expiresAt) }) : t('noExpiry')}
          </span>
        </p>
      </header>
      {pack.amber ? (
        <Note tone="alert">
          {t('amberText')} {pack.state === 'released' ? t('amberOut') : null}
        </Note>
      ) : null}
      {pack.recall ? (
        <Note tone="stop">
          <strong>
            {t('recalledNote', {
              name: pack.recall.recalledBy.name,
              date: format.dateTime(pack.recall.recalledAt),
            })}
          </strong>
          <p class="original">{pack.recall.reason}</p>
        </Note>
      ) : null}
      {pack.changeKind ? (
        <Note>
          <strong>{codes.packChangeKind[pack.changeKind]}</strong>
          <p class="original">{pack.changeNote}</p>
        </Note>
      ) : null}
      {pack.state === 'in_review' ? (
        <Note>
          {t('waiting')}
          {mayApprove ? (
            <p>
              <Button href="/review" icon="review">
                {t('openReview')}
              </Button>
            </p>
          ) : null}
        </Note>
      ) : null}
      <PackActs pack={pack} releasing={releases} onReleaseMore={() => setMore(true)} />
      {releases ? <ReleasePanel pack={pack} onDone={() => setMore(false)} /> : null}
      <Facts pack={pack} />
      <Captions pack={pack} />
      <section class="part sheet stack">
        <h2>{t('renditions')}</h2>
        {pack.renditions.length > 0 ? (
          <RenditionGroups renditions={pack.renditions} />
        ) : (
          <p class="hint">{t('renditionsNone')}</p>
        )}
      </section>
      <Words pack={pack} />
      <Past pack={pack} />
    </article>
  );
}
