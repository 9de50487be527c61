import type { CheckVersion } from '../../../server/contract/check.js';
import { languages } from '../../../server/contract/lists.js';
import { useRead } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { ErrorState, Skeleton } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';
import { wordDiff } from './word-diff.js';
import './difference.css';

/** One text against another: what went is struck, what came is underlined, each also said in words. */
export function WordsChanged({ before, after, lang }: { before: string; after: string; lang: string }) {
  const t = useText(texts);
  return (
    <p class="original difference" lang={lang}>
      {wordDiff(before, after).map(({ kind, text }, index) =>
        kind === 'same' ? (
          text
        ) : kind === 'added' ? (
          <ins key={index} title={t('added')}>
            {text}
          </ins>
        ) : (
          <del key={index} title={t('deleted')}>
            {text}
          </del>
        ),
      )}
    </p>
  );
}

/** The newest version before this one that readers had. */
export function lastKnownTo(check: CheckVersion) {
  return check.history.find(
    ({ number, state }) => number < check.number && ['verified', 'corrected', 'void'].includes(state),
  );
}

/** What this version changes for readers of the one before. */
export function Difference({ check, beforeId }: { check: CheckVersion; beforeId: string }) {
  const t = useText(texts);
  const { data, problem, retry } = useRead('checks.read', { params: { id: beforeId } });
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={1} />;
  const changed = languages.flatMap((language) =>
    (['headline', 'summary'] as const).flatMap((name) => {
      const before = data.texts[language]?.[name] ?? '';
      const after = check.texts[language]?.[name] ?? '';
      return before === after ? [] : [{ language, name, before, after }];
    }),
  );
  const verdicts = data.verdict !== check.verdict;
  return (
    <section class="stack-small">
      <h2>{t('compare', { number: data.number })}</h2>
      {!verdicts && changed.length === 0 ? <p class="hint">{t('noDifference')}</p> : null}
      {verdicts ? (
        <p class="row">
          <span class="faint">{t('before')}</span>
          {data.verdict ? <VerdictMark code={data.verdict} /> : t('empty')}
          <span class="faint">{t('now')}</span>
          {check.verdict ? <VerdictMark code={check.verdict} /> : t('empty')}
        </p>
      ) : null}
      {changed.map(({ language, name, before, after }) => (
        <div key={language + name}>
          <h3 class="faint difference-name">
            {t(language)} · {t(name)}
          </h3>
          <WordsChanged before={before} after={after} lang={language} />
        </div>
      ))}
    </section>
  );
}
