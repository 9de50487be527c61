import { captionPlatforms, languages } from '../../../server/contract/lists.js';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useRead } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { ErrorState, Skeleton } from '../../parts/messages.js';
import { WordsChanged } from '../check/difference.js';
import { texts } from './texts.js';

interface Words {
  key: string;
  where: string;
  language: 'hi' | 'en';
  before: string;
  after: string;
}

const lacking = (from: readonly { id: string }[], within: readonly { id: string }[]) =>
  from.filter(({ id }) => !within.some((other) => other.id === id)).length;

/** What receivers of the version before will find different. */
export function PackDifference({ pack, beforeId }: { pack: PackVersion; beforeId: string }) {
  const t = useText(texts);
  const codes = useCodes();
  const { data: before, problem, retry } = useRead('packs.read', { params: { id: beforeId } });
  if (!before) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={1} />;
  const captionOf = (version: PackVersion, platform: string, language: string) =>
    version.captions.find((caption) => caption.platform === platform && caption.language === language)
      ?.text ?? '';
  const words: Words[] = languages.flatMap((language) => [
    {
      key: 'title',
      where: t('pieceTitle'),
      language,
      before: before.texts[language]?.title ?? '',
      after: pack.texts[language]?.title ?? '',
    },
    {
      key: 'slip',
      where: t('slip'),
      language,
      before: before.texts[language]?.sourcesSlip ?? '',
      after: pack.texts[language]?.sourcesSlip ?? '',
    },
    {
      key: 'points',
      where: t('points'),
      language,
      before: (before.talkingPoints[language] ?? []).join('\n'),
      after: (pack.talkingPoints[language] ?? []).join('\n'),
    },
    ...captionPlatforms.map((platform) => ({
      key: platform,
      where: codes.platform[platform],
      language,
      before: captionOf(before, platform, language),
      after: captionOf(pack, platform, language),
    })),
  ]);
  const changed = words.filter((piece) => piece.before !== piece.after);
  const counts = [
    ['factsAdded', lacking(pack.facts, before.facts)],
    ['factsGone', lacking(before.facts, pack.facts)],
    ['filesAdded', lacking(pack.renditions, before.renditions)],
    ['filesGone', lacking(before.renditions, pack.renditions)],
  ] as const;
  const shown = counts.filter(([, count]) => count > 0);
  return (
    <section class="stack-small">
      <h3>{t('since', { number: before.number })}</h3>
      {shown.length > 0 ? (
        <ul class="row">
          {shown.map(([key, count]) => (
            <li key={key}>{t(key, { count })}</li>
          ))}
        </ul>
      ) : null}
      {shown.length === 0 && changed.length === 0 ? <p class="hint">{t('noDifference')}</p> : null}
      {changed.map(({ key, where, language, before: old, after }) => (
        <div key={key + language}>
          <p class="faint">{t('pieces', { where, language: codes.claimLanguage[language] })}</p>
          <WordsChanged before={old} after={after} lang={language} />
        </div>
      ))}
    </section>
  );
}
