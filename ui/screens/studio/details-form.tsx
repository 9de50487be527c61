import { useEffect, useState } from 'preact/hooks';
import type { Creative, CreativeEdit } from '../../../server/contract/creative.js';
import { aiDeclarations, languages } from '../../../server/contract/lists.js';
import type { ProblemError } from '../../api/problem.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { aiWords, isComplete } from './declaration.js';
import { DeclarationFields } from './declaration-fields.js';
import {
  clashes,
  type DetailField,
  type Details,
  detailsOf,
  differences,
  editOf,
  merged,
} from './details-draft.js';
import { texts } from './texts.js';

export interface DetailsFormProps {
  creative: Creative;
  canEdit: boolean;
  saving: boolean;
  problem: ProblemError | null;
  onEdited: (edited: boolean) => void;
  onSave: (edit: CreativeEdit, onDone: (saved: Creative) => void) => void;
}

const languageWords = { hi: 'hindi', en: 'english' } as const;

/** What someone else saved meanwhile, beside what is typed here. */
function Conflict(props: {
  theirs: readonly { field: DetailField; value: string }[];
  onKeep: () => void;
  onTake: () => void;
}) {
  const t = useText(texts);
  const label: Readonly<Record<DetailField, string>> = {
    'hi.title': `${t('titleField')} (${t('hindi')})`,
    'hi.altText': `${t('altField')} (${t('hindi')})`,
    'en.title': `${t('titleField')} (${t('english')})`,
    'en.altText': `${t('altField')} (${t('english')})`,
    aiDeclaration: t('ai'),
    aiTool: t('aiTool'),
    rights: t('rights'),
    credit: t('credit'),
  };
  const shown = (field: DetailField, value: string) => {
    const code = field === 'aiDeclaration' && aiDeclarations.find((known) => known === value);
    return (code ? t(aiWords[code]) : value) || t('emptyValue');
  };
  return (
    <Note tone="alert" role="alert">
      <div class="stack-small">
        <strong>{t('conflictTitle')}</strong>
        <p>{t('conflictText')}</p>
        <dl class="conflict">
          {props.theirs.map(({ field, value }) => (
            <div key={field}>
              <dt>{label[field]}</dt>
              <dd class="original">{shown(field, value)}</dd>
            </div>
          ))}
        </dl>
        <div class="row">
          <Button small onPress={props.onKeep}>
            {t('conflictKeep')}
          </Button>
          <Button small onPress={props.onTake}>
            {t('conflictTake')}
          </Button>
        </div>
      </div>
    </Note>
  );
}

/** Titles, words for those who cannot see it, rights and the AI declaration. */
export function DetailsForm({ creative, canEdit, saving, problem, onEdited, onSave }: DetailsFormProps) {
  const t = useText(texts);
  const saved = detailsOf(creative);
  /** What was saved when the typing began; null while nothing is typed. */
  const [base, setBase] = useState<Details | null>(null);
  const [draft, setDraft] = useState<Details>(saved);
  const shown = base ? merged(base, draft, saved) : saved;
  const edited = base !== null && differences(saved, shown).length > 0;
  const theirs = base ? clashes(base, draft, saved) : [];
  const conflict = theirs.length > 0;
  const [strict, setStrict] = useState(false);

  useEffect(() => onEdited(edited), [edited]);
  useEffect(() => () => onEdited(false), []);

  function put(next: Details): void {
    if (!conflict) setBase(saved);
    setDraft(next);
  }
  function drop(): void {
    setBase(null);
    setStrict(false);
  }
  function save(event: Event): void {
    event.preventDefault();
    if (!edited || conflict) return;
    const complete = isComplete(shown);
    setStrict(!complete);
    if (complete) onSave(editOf(saved, shown), drop);
  }

  const noAlt = shown.hi.altText.trim() === '' && shown.en.altText.trim() === '';
  return (
    <form class="details sheet" onSubmit={save} noValidate>
      <h2>{t('details')}</h2>
      {canEdit ? null : <p class="hint">{t('readOnly')}</p>}
      {noAlt ? <Note>{t('altMissing')}</Note> : null}
      <fieldset class="stack" disabled={!canEdit}>
        {languages.map((language) => (
          <fieldset key={language} class="details-words">
            <legend>{t(languageWords[language])}</legend>
            <TextField
              label={t('titleField')}
              name={`texts.${language}.title`}
              lang={language}
              maxLength={200}
              value={shown[language].title}
              onValue={(title) => put({ ...shown, [language]: { ...shown[language], title } })}
              problem={problem}
            />
            <TextArea
              label={t('altField')}
              name={`texts.${language}.altText`}
              lang={language}
              rows={2}
              maxLength={1000}
              {...(language === 'hi' ? { hint: t('altHint') } : {})}
              value={shown[language].altText}
              onValue={(altText) => put({ ...shown, [language]: { ...shown[language], altText } })}
              problem={problem}
            />
          </fieldset>
        ))}
        <DeclarationFields
          value={shown}
          onValue={(declared) => put({ ...shown, ...declared })}
          strict={strict}
          problem={problem}
        />
      </fieldset>
      {conflict ? (
        <Conflict
          theirs={theirs}
          onKeep={() => {
            setDraft(shown);
            setBase(saved);
          }}
          onTake={drop}
        />
      ) : (
        <ProblemNote problem={problem} />
      )}
      {canEdit ? (
        <div class="row">
          <Button type="submit" look={edited ? 'main' : 'plain'} disabled={!edited || conflict} busy={saving}>
            {t('save')}
          </Button>
          {edited ? (
            <Button look="quiet" icon="undo" onPress={drop}>
              {t('discard')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}
