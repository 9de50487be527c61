import { useState } from 'preact/hooks';
import { type Language, languages } from '../../../server/contract/lists.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Tabs } from '../../parts/tabs.js';
import { isHalf } from './draft.js';
import { texts } from './texts.js';
import type { Drafting } from './use-draft.js';

/** The answer in each language: the truth in one line, then how it was found. */
export function WordsEditor({ drafting, later }: { drafting: Drafting; later: boolean }) {
  const t = useText(texts);
  const { language: own } = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  const { draft, set, problem } = drafting;
  const half = languages.find((code) => isHalf(draft, code));
  return (
    <section>
      <h2>{t('texts')}</h2>
      <Tabs
        label={t('texts')}
        value={language}
        tabs={languages.map((value) => ({ value, label: t(value) }))}
        onValue={setLanguage}
      >
        <div class="stack">
          <TextField
            label={t('headline')}
            name={`texts.${language}.headline`}
            hint={t('headlineHint')}
            maxLength={300}
            lang={language}
            value={draft[`${language}.headline`]}
            onValue={(value) => set(`${language}.headline`, value)}
            problem={problem}
          />
          <TextArea
            label={t('summary')}
            name={`texts.${language}.summary`}
            hint={t('summaryHint')}
            rows={6}
            maxLength={10000}
            lang={language}
            value={draft[`${language}.summary`]}
            onValue={(value) => set(`${language}.summary`, value)}
            problem={problem}
          />
          {later ? (
            <TextArea
              label={t('correctionNote')}
              name={`texts.${language}.correctionNote`}
              hint={t('correctionNoteHint')}
              rows={2}
              maxLength={2000}
              lang={language}
              value={draft[`${language}.correctionNote`]}
              onValue={(value) => set(`${language}.correctionNote`, value)}
              problem={problem}
            />
          ) : null}
        </div>
      </Tabs>
      {half ? (
        <p class="hint" role="status">
          {t('halfText', { language: t(half) })}
        </p>
      ) : null}
    </section>
  );
}
