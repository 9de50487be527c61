import type { Creative } from '../../../server/contract/creative.js';
import { type Language, languages } from '../../../server/contract/lists.js';
import type { Overlay } from '../../../server/contract/recipe.js';
import { useRead } from '../../api/queries.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Checkbox, RadioGroup } from '../../parts/choice.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { framingTexts } from './framing-texts.js';
import { ImprintPanel } from './imprint-panel.js';
import { StampPanel } from './stamp-panel.js';
import { SubtitlesPanel } from './subtitles-panel.js';
import { useChoices } from './use-choices.js';

export interface DrawnPanelProps {
  creative: Creative;
  canEdit: boolean;
  language: Language;
  onLanguage: (language: Language) => void;
}

const words = { hi: 'wordsHi', en: 'wordsEn' } as const;

/** What the disclosure will say, from the recipes the formats are made by. */
function Disclosure({ creative, language }: { creative: Creative; language: Language }) {
  const t = useText(framingTexts);
  const format = useFormat();
  const found = useRead(
    'creatives.recipes',
    { params: { id: creative.id }, query: { language } },
    { keepPrevious: true, staleTime: 300_000 },
  );
  const disclosure = found.data?.items
    .flatMap(({ recipe }): Overlay[] => recipe.overlays)
    .find((overlay) => overlay.kind === 'disclosure');
  if (creative.aiDeclaration === 'none') return <p class="hint">{t('aiNone')}</p>;
  if (disclosure?.kind !== 'disclosure') return null;
  return (
    <Note>
      {t('aiDrawn', { words: disclosure.text, share: format.percent(disclosure.share) })} {t('aiWhere')}
    </Note>
  );
}

/** Label, AI disclosure, verdict stamp, subtitles and imprint: what every rendition of the creative carries. */
export function DrawnPanel({ creative, canEdit, language, onLanguage }: DrawnPanelProps) {
  const t = useText(framingTexts);
  const choices = useChoices(creative);
  return (
    <section class="sheet drawn-panel" aria-labelledby="drawn-title">
      <header>
        <h2 id="drawn-title">{t('drawn')}</h2>
        <p class="hint">{t('drawnLead')}</p>
      </header>
      <div class="drawn-choices">
        <section class="stack-small">
          <RadioGroup
            label={t('words')}
            name="language"
            layout="row"
            value={language}
            options={languages.map((value) => ({ value, label: t(words[value]) }))}
            onValue={onLanguage}
          />
          <Checkbox
            label={t('label')}
            checked={creative.label}
            disabled={!canEdit || choices.pending}
            onValue={(label) => choices.save({ label }, null)}
          />
          <ProblemNote problem={choices.problem} />
          <Disclosure creative={creative} language={language} />
        </section>
        <StampPanel creative={creative} canEdit={canEdit} />
        {creative.kind === 'video' ? (
          <SubtitlesPanel creative={creative} canEdit={canEdit} language={language} />
        ) : null}
        {creative.kind === 'image' ? <ImprintPanel creative={creative} canEdit={canEdit} /> : null}
      </div>
    </section>
  );
}
