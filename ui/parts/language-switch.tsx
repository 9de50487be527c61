import { type Language, languages } from '../../server/contract/lists.js';
import { common } from '../i18n/common.js';
import { useLanguage, useText } from '../i18n/language.js';

/** Each language by its own name, so that whoever reads it finds it. */
const ownNames: Readonly<Record<Language, string>> = { hi: 'हिन्दी', en: 'English' };

export function LanguageSwitch({ onChange }: { onChange?: (language: Language) => void }) {
  const t = useText(common);
  const { language, setLanguage } = useLanguage();
  return (
    <fieldset class="language" aria-label={t('language')}>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => {
            setLanguage(code);
            onChange?.(code);
          }}
        >
          {ownNames[code]}
        </button>
      ))}
    </fieldset>
  );
}
