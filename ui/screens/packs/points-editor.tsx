import { useRef } from 'preact/hooks';
import { type Language, languages } from '../../../server/contract/lists.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { type Draft, moved } from './draft.js';
import { texts } from './texts.js';

const most = 20;
const words = {
  hi: { label: 'pointHi', add: 'pointAddHi' },
  en: { label: 'pointEn', add: 'pointAddEn' },
} as const;

type Points = Draft['points'];

function Column(props: {
  language: Language;
  points: readonly string[];
  onValue: (points: readonly string[]) => void;
}) {
  const t = useText(texts);
  const { language, points, onValue } = props;
  const list = useRef<HTMLOListElement>(null);
  return (
    <div class="stack">
      <ol class="point-list" ref={list}>
        {points.map((point, index) => (
          <li key={index}>
            <textarea
              lang={language}
              rows={1}
              maxLength={1000}
              aria-label={t(words[language].label, { number: index + 1 })}
              value={point}
              onInput={({ currentTarget }) =>
                onValue(points.map((old, at) => (at === index ? currentTarget.value : old)))
              }
            />
            <span class="picked-acts">
              {index > 0 ? (
                <Button
                  look="quiet"
                  small
                  icon="down"
                  label={t('moveUp')}
                  onPress={() => onValue(moved(points, index, -1))}
                />
              ) : null}
              <Button
                look="quiet"
                small
                icon="close"
                label={t('remove')}
                onPress={() => onValue(points.filter((_, at) => at !== index))}
              />
            </span>
          </li>
        ))}
      </ol>
      <div>
        <Button
          small
          icon="plus"
          disabled={points.length >= most}
          onPress={() => {
            onValue([...points, '']);
            requestAnimationFrame(() =>
              [...(list.current?.querySelectorAll('textarea') ?? [])].at(-1)?.focus(),
            );
          }}
        >
          {t(words[language].add)}
        </Button>
      </div>
    </div>
  );
}

/** What a spokesperson says when asked: short lines, in the order they matter. */
export function PointsEditor({ points, onValue }: { points: Points; onValue: (points: Points) => void }) {
  return (
    <div class="both">
      {languages.map((language) => (
        <Column
          key={language}
          language={language}
          points={points[language]}
          onValue={(next) => onValue({ ...points, [language]: next })}
        />
      ))}
    </div>
  );
}
