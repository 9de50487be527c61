import { useState } from 'preact/hooks';
import {
  type CaptionPlatform,
  captionPlatforms,
  type Language,
  languages,
} from '../../../server/contract/lists.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { Icon } from '../../parts/icon.js';
import { Tabs } from '../../parts/tabs.js';
import { captionFor, type Draft, withCaption } from './draft.js';
import { texts } from './texts.js';

/** Letters a platform shows before it cuts or refuses: WhatsApp media captions, Facebook and YouTube by our own limit. */
const mostLetters: Readonly<Record<CaptionPlatform, number>> = {
  whatsapp: 1024,
  facebook: 5000,
  instagram: 2200,
  x: 280,
  youtube: 5000,
};
const labels = { hi: 'captionHi', en: 'captionEn' } as const;

export interface CaptionEditorProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function Counter({ text, platform }: { text: string; platform: CaptionPlatform }) {
  const t = useText(texts);
  const { platform: names } = useCodes();
  const format = useFormat();
  const letters = [...text].length;
  const most = mostLetters[platform];
  return (
    <span class="counter">
      <span class="number">{t('letters', { count: letters, most: format.number(most) })}</span>
      {letters > most ? (
        <strong>
          <Icon name="alert" size={16} /> {t('tooLong', { platform: names[platform] })}
        </strong>
      ) : null}
    </span>
  );
}

/** One platform at a time, both languages beside each other. */
export function CaptionEditor({ draft, change }: CaptionEditorProps) {
  const t = useText(texts);
  const codes = useCodes();
  const [platform, setPlatform] = useState<CaptionPlatform>('whatsapp');
  const has = (where: CaptionPlatform) =>
    languages.some((language) => captionFor(draft, where, language) !== '');
  const sources = captionPlatforms.filter((other) => other !== platform && has(other));

  function write(language: Language, text: string): void {
    change({ captions: withCaption(draft, { platform, language, text }).captions });
  }
  function copyFrom(source: CaptionPlatform): void {
    const next = languages.reduce((now, language) => {
      const text = captionFor(draft, source, language);
      return text === '' ? now : withCaption(now, { platform, language, text });
    }, draft);
    change({ captions: next.captions });
  }

  return (
    <Tabs
      label={t('captions')}
      value={platform}
      onValue={setPlatform}
      tabs={captionPlatforms.map((value) => ({
        value,
        label: has(value) ? `${codes.platform[value]} ●` : codes.platform[value],
      }))}
    >
      <div class="stack">
        <div class="both">
          {languages.map((language) => {
            const text = captionFor(draft, platform, language);
            return (
              <TextArea
                key={`${platform} ${language}`}
                label={t(labels[language])}
                name={`caption.${language}`}
                lang={language}
                rows={6}
                maxLength={5000}
                value={text}
                onValue={(next) => write(language, next)}
                hint={<Counter text={text} platform={platform} />}
              />
            );
          })}
        </div>
        {sources.length > 0 ? (
          <div class="row">
            {sources.map((source) => (
              <Button key={source} small icon="copy" onPress={() => copyFrom(source)}>
                {t('copyFrom', { platform: codes.platform[source] })}
              </Button>
            ))}
          </div>
        ) : null}
      </div>
    </Tabs>
  );
}
