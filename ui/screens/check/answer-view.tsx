import type { CheckVersion } from '../../../server/contract/check.js';
import { languages } from '../../../server/contract/lists.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Note } from '../../parts/messages.js';
import { AuthenticityMark, VerdictMark } from '../../parts/verdict-mark.js';
import { SourceItem } from './source-item.js';
import { texts } from './texts.js';
import './answer-view.css';

/** Verdict and words in both languages, as readers will see them. */
export function AnswerView({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  const format = useFormat();
  return (
    <section class="answer" aria-label={t('texts')}>
      <p class="row">
        {check.verdict ? <VerdictMark code={check.verdict} size="large" /> : null}
        {check.authenticity ? <AuthenticityMark code={check.authenticity} /> : null}
      </p>
      <div class="answer-texts">
        {languages.map((language) => {
          const text = check.texts[language];
          return (
            <section key={language} class="answer-text">
              <h3 class="faint">{t(language)}</h3>
              {text ? (
                <>
                  <p class="answer-headline" lang={language}>
                    {text.headline}
                  </p>
                  <p class="original" lang={language}>
                    {text.summary}
                  </p>
                  {text.correctionNote ? (
                    <Note>
                      <p lang={language}>{text.correctionNote}</p>
                    </Note>
                  ) : null}
                </>
              ) : (
                <p class="hint">{t('otherLanguage', { language: t(language) })}</p>
              )}
            </section>
          );
        })}
      </div>
      <dl class="answer-dates">
        <div>
          <dt>{t('asOf')}</dt>
          <dd>{format.date(check.asOf)}</dd>
        </div>
        <div>
          <dt>{t('reviewBy')}</dt>
          <dd>{check.reviewBy ? format.date(check.reviewBy) : t('noDate')}</dd>
        </div>
      </dl>
    </section>
  );
}

export function SourcesView({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  return (
    <section class="stack-small">
      <h2>{t('sources', { count: check.evidence.length })}</h2>
      {check.evidence.length === 0 ? (
        <p class="hint">{t('noSources')}</p>
      ) : (
        <ol class="source-items">
          {check.evidence.map((source) => (
            <SourceItem key={source.id} source={source} />
          ))}
        </ol>
      )}
      {check.sourceException ? (
        <Note tone="alert">
          <strong>{t('exception')}</strong>
          <p class="original">{check.sourceException}</p>
        </Note>
      ) : null}
    </section>
  );
}
