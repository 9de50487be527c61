import { useQueryClient } from '@tanstack/preact-query';
import { useRef, useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import { type Language, languages } from '../../../server/contract/lists.js';
import { keyOf, useAction } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup } from '../../parts/choice.js';
import { Dialog } from '../../parts/dialog.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { framingTexts } from './framing-texts.js';

const words = { hi: 'wordsHi', en: 'wordsEn' } as const;
/** As the server takes them, characters. */
const most = 200_000;

interface Chosen {
  name: string;
  text: string;
}

/** The text of a subtitle file; null when its letters are of an encoding nobody names. */
async function textOf(file: File): Promise<string | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(wide, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Subtitles that belong to a film, one file for each language. */
export function SubtitlesPanel({
  creative,
  canEdit,
  language,
}: {
  creative: Creative;
  canEdit: boolean;
  language: Language;
}) {
  const t = useText(framingTexts);
  const toast = useToast();
  const queries = useQueryClient();
  const add = useAction('creatives.addSubtitles');
  const remove = useAction('creatives.removeSubtitles');
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [into, setInto] = useState<Language>(language);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { id, version, subtitles } = creative;
  const keep = (saved: Creative) => queries.setQueryData(keyOf('creatives.read', { params: { id } }), saved);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setRefusal(null);
    add.reset();
    const text = file.size > most * 4 ? '' : await textOf(file);
    if (text === null) return setRefusal(t('subtitlesUnread'));
    if (text === '' || text.length > most) return setRefusal(t('subtitlesTooLarge'));
    setInto(language);
    setChosen({ name: file.name, text });
  }

  return (
    <section class="stack-small">
      <h3>{t('subtitles')}</h3>
      <p class="hint">{t('subtitlesHint')}</p>
      {subtitles.length === 0 ? <p class="faint">{t('subtitlesNone')}</p> : null}
      <ul class="subtitle-list">
        {subtitles.map((one) => {
          const name = t(words[one.language]);
          return (
            <li key={one.language} class="subtitle-item">
              <span>
                {t('subtitlesOf', { language: name, count: one.cues })}
                <small class="faint file-name-whole" lang="und">
                  {one.originalName}
                </small>
              </span>
              {canEdit ? (
                <Button
                  look="quiet"
                  small
                  icon="trash"
                  label={t('subtitlesRemove', { language: name })}
                  busy={remove.pending}
                  onPress={() =>
                    remove.run({ params: { id, language: one.language }, ifMatch: version }, (saved) => {
                      keep(saved);
                      toast(t('subtitlesRemoved'));
                    })
                  }
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      {refusal ? (
        <Note tone="alert" role="alert">
          {refusal}
        </Note>
      ) : null}
      <ProblemNote problem={remove.problem} />
      {canEdit ? (
        <div>
          <Button small icon="plus" onPress={() => input.current?.click()}>
            {t('subtitlesAdd')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            tabIndex={-1}
            accept=".srt,.vtt,text/vtt,application/x-subrip"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              void take(file);
            }}
          />
        </div>
      ) : null}
      <Dialog
        open={chosen !== null}
        title={t('subtitlesAdd')}
        onClose={() => setChosen(null)}
        actions={
          <Button
            look="main"
            busy={add.pending}
            onPress={() => {
              if (!chosen) return;
              add.run({ params: { id }, body: { language: into, ...chosen }, ifMatch: version }, (saved) => {
                keep(saved);
                setChosen(null);
                toast(t('subtitlesSaved'));
              });
            }}
          >
            {t('subtitlesAdd')}
          </Button>
        }
      >
        <div class="stack">
          <p class="file-name-whole" lang="und">
            {chosen?.name}
          </p>
          <RadioGroup
            label={t('subtitlesIn')}
            name="language"
            layout="row"
            value={into}
            options={languages.map((value) => ({ value, label: t(words[value]) }))}
            onValue={setInto}
          />
          {subtitles.some((one) => one.language === into) ? <Note>{t('subtitlesReplace')}</Note> : null}
          <ProblemNote problem={add.problem} />
        </div>
      </Dialog>
    </section>
  );
}
