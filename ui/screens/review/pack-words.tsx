import { languages } from '../../../server/contract/lists.js';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Note } from '../../parts/messages.js';
import { AuthenticityMark, VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';

/** The facts the pack stands on, with what they say. */
export function PackFacts({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <section class="stack-small">
      <h2>{t('facts', { count: pack.facts.length })}</h2>
      <ul class="pack-facts">
        {pack.facts.map((fact) => {
          const own = fact.texts[language] ? language : fact.texts.hi ? 'hi' : 'en';
          const text = fact.texts[own];
          return (
            <li key={fact.id}>
              <p class="row">
                {fact.verdict ? <VerdictMark code={fact.verdict} /> : null}
                {fact.authenticity ? <AuthenticityMark code={fact.authenticity} /> : null}
                <span class="faint">{t('asOf', { date: format.date(fact.asOf) })}</span>
              </p>
              {fact.state === 'verified' ? null : <Note tone="alert">{t('factGone')}</Note>}
              <p lang={own}>
                <strong>{text?.headline}</strong>
              </p>
              <p class="original" lang={own}>
                {text?.summary}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Everything that will be read: captions, talking points, the sources slip. */
export function PackWords({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const codes = useCodes();
  const slips = languages.filter((language) => pack.texts[language]?.sourcesSlip.trim());
  const spoken = languages.filter((language) => (pack.talkingPoints[language] ?? []).length > 0);
  return (
    <>
      <section class="stack-small">
        <h2>{t('captions')}</h2>
        {pack.captions.length === 0 ? <p class="hint">{t('noCaptions')}</p> : null}
        <ul class="pack-captions">
          {pack.captions.map(({ platform, language, text }) => (
            <li key={platform + language}>
              <p class="faint">
                {t('pieces', { where: codes.platform[platform], language: codes.claimLanguage[language] })}
              </p>
              <p class="original" lang={language}>
                {text}
              </p>
            </li>
          ))}
        </ul>
      </section>
      {spoken.length > 0 ? (
        <section class="stack-small">
          <h2>{t('points')}</h2>
          {spoken.map((language) => (
            <ol key={language} class="pack-points" lang={language}>
              {(pack.talkingPoints[language] ?? []).map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ol>
          ))}
        </section>
      ) : null}
      {slips.length > 0 ? (
        <section class="stack-small">
          <h2>{t('slip')}</h2>
          {slips.map((language) => (
            <p key={language} class="original pack-slip" lang={language}>
              {pack.texts[language]?.sourcesSlip}
            </p>
          ))}
        </section>
      ) : null}
    </>
  );
}
