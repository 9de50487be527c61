import { useState } from 'preact/hooks';
import type { CreativeSummary } from '../../../server/contract/creative.js';
import { useCodes } from '../../i18n/codes.js';
import { common } from '../../i18n/common.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Icon } from '../../parts/icon.js';
import { Note } from '../../parts/messages.js';
import { Time } from '../../parts/values.js';
import { type Declaration, nothingDeclared } from './declaration.js';
import { DeclarationFields } from './declaration-fields.js';
import type { ReadyFile } from './ready-file.js';
import type { Recogniser } from './recogniser.js';
import { isReady, needsBatch, type Own, readyFiles, type Staged } from './stage.js';
import { texts } from './texts.js';
import { titleOf } from './titles.js';
import { uploadTexts } from './upload-texts.js';
import { isTaken, useKnown } from './use-known.js';

interface StageDialogProps {
  items: readonly Staged[];
  recogniser: Recogniser;
  onItems: (items: readonly Staged[]) => void;
  onStart: (files: readonly ReadyFile[]) => void;
  onClose: () => void;
}

function OwnFields(props: { own: Own; onOwn: (own: Own) => void; strict: boolean }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const { own, onOwn } = props;
  return (
    <div class="stage-own">
      <div class="declaration">
        <TextField
          label={t('titleField')}
          name="title"
          lang={language}
          optional
          maxLength={200}
          value={own.title}
          onValue={(title) => onOwn({ ...own, title })}
        />
        <TextArea
          label={t('altField')}
          name="altText"
          lang={language}
          optional
          rows={1}
          maxLength={1000}
          value={own.altText}
          onValue={(altText) => onOwn({ ...own, altText })}
        />
      </div>
      <DeclarationFields
        value={own}
        onValue={(declared) => onOwn({ ...own, ...declared })}
        strict={props.strict}
      />
    </div>
  );
}

/** What is there already is shown instead of being sent again; sending it all the same stays possible. */
function AlreadyThere(props: { known: CreativeSummary; again: boolean; onAgain: (again: boolean) => void }) {
  const tu = useText(uploadTexts);
  const { language } = useLanguage();
  const { known, again } = props;
  return (
    <div class="staged-known">
      {known.previewUrl ? (
        <img src={known.previewUrl} alt="" width={48} height={48} />
      ) : (
        <Icon name={known.kind} />
      )}
      <p>
        {tu('known', { title: titleOf(known, language).text })}
        <small class="faint">
          {known.createdBy.name} · <Time at={known.createdAt} />
        </small>
      </p>
      <div class="row">
        <Button look="quiet" small icon="external" newTab href={`/studio/${known.id}`}>
          {tu('openKnown')}
        </Button>
        <Button look="quiet" small onPress={() => props.onAgain(!again)}>
          {tu(again ? 'leaveOut' : 'sendAnyway')}
        </Button>
      </div>
    </div>
  );
}

function StagedRow(props: {
  item: Staged;
  /** Nothing while it is being looked. */
  known: CreativeSummary | null | undefined;
  taken: boolean;
  onAgain: (again: boolean) => void;
  strict: boolean;
  start: Declaration;
  onOwn: (own: Own | null) => void;
  onRemove: () => void;
}) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const codes = useCodes();
  const tu = useText(uploadTexts);
  const { item, strict, known, taken } = props;
  const { file, kind, own, again, replaces, refusal } = item;
  const [open, setOpen] = useState(false);
  const looking = taken && !replaces && known === undefined;
  const shown = taken && own !== null && (open || (strict && !isReady(item, props.start)));
  return (
    <li class="staged">
      <div class="staged-line">
        <Icon name={kind ?? 'alert'} size={20} />
        <span class="staged-name">
          <span class="file-name" lang="und">
            {file.name}
          </span>
          <small class="faint">
            {[kind ? codes.mediaKind[kind] : '', format.bytes(file.size)].filter(Boolean).join(' · ')}
            {own && taken && !shown ? ` · ${t('ownGiven')}` : ''}
            {looking ? ` · ${tu('looking')}` : ''}
          </small>
        </span>
        {taken ? (
          <Button
            look="quiet"
            small
            icon="edit"
            label={t('changeOneOf', { name: file.name })}
            expanded={shown}
            onPress={() => {
              setOpen(!shown);
              if (!own) props.onOwn({ ...props.start, title: '', altText: '' });
            }}
          />
        ) : null}
        <Button
          look="quiet"
          small
          icon="close"
          label={t('removeFile', { name: file.name })}
          onPress={props.onRemove}
        />
      </div>
      {replaces ? (
        <p class="hint">
          {t('replaces', {
            title: titleOf(replaces, language).text,
          })}
        </p>
      ) : null}
      {known && !replaces ? <AlreadyThere known={known} again={again} onAgain={props.onAgain} /> : null}
      {refusal ? <p class="staged-refusal">{refusal[language]}</p> : null}
      {shown ? (
        <>
          <OwnFields own={own} onOwn={props.onOwn} strict={strict} />
          {replaces ? null : (
            <Button
              look="quiet"
              small
              icon="undo"
              onPress={() => {
                setOpen(false);
                props.onOwn(null);
              }}
            >
              {t('sameAsAll')}
            </Button>
          )}
        </>
      ) : null}
    </li>
  );
}

/** The one question before sending: what are these files, and may we use them. */
export function StageDialog({ items, recogniser, onItems, onStart, onClose }: StageDialogProps) {
  const t = useText(texts);
  const tc = useText(common);
  const { language } = useLanguage();
  const [batch, setBatch] = useState<Declaration>(nothingDeclared);
  const [strict, setStrict] = useState(false);
  const tu = useText(uploadTexts);
  const known = useKnown(recogniser, items);
  const taken = items.filter((item) => isTaken(item, known));
  const refused = items.filter(({ kind }) => kind === null).length;
  const there = items.length - taken.length - refused;
  const put = (key: string, part: Partial<Staged>) =>
    onItems(items.map((one) => (one.key === key ? { ...one, ...part } : one)));

  /** What will not be sent stands first, with its reason. */
  const rankOf = (item: Staged) => (item.kind === null ? 0 : isTaken(item, known) ? 2 : 1);

  function start(): void {
    const complete = taken.every((item) => isReady(item, batch));
    setStrict(!complete);
    if (complete) onStart(readyFiles(taken, batch, language));
  }

  return (
    <Dialog
      open={items.length > 0}
      wide
      title={
        taken.length > 0
          ? t('stageTitle', { count: taken.length })
          : there > 0
            ? tu('allKnown', { count: there })
            : t('stageNone')
      }
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{taken.length > 0 ? tc('cancel') : tc('close')}</Button>
          {taken.length > 0 ? (
            <Button look="main" icon="upload" onPress={start}>
              {t('stageStart', { count: taken.length })}
            </Button>
          ) : null}
        </>
      }
    >
      {needsBatch(taken) ? (
        <div class="stack stage-batch">
          {taken.length > 1 ? <p class="hint">{t('stageBatch')}</p> : null}
          <DeclarationFields
            value={batch}
            onValue={setBatch}
            strict={strict && taken.some((item) => item.own === null)}
          />
        </div>
      ) : null}
      {refused > 0 && taken.length > 0 ? (
        <Note tone="alert" role="status">
          {t('stageRefused', { count: refused })}
        </Note>
      ) : null}
      {there > 0 && taken.length > 0 ? (
        <Note tone="info" role="status">
          {tu('someKnown', { count: there })}
        </Note>
      ) : null}
      <ul class="staged-list" aria-label={t('stageFiles')}>
        {[...items]
          .sort((a, b) => rankOf(a) - rankOf(b))
          .map((item) => (
            <StagedRow
              key={item.key}
              item={item}
              known={known.get(item.key)}
              taken={isTaken(item, known)}
              onAgain={(again) => put(item.key, { again })}
              strict={strict}
              start={batch}
              onOwn={(own) => put(item.key, { own })}
              onRemove={() => onItems(items.filter(({ key }) => key !== item.key))}
            />
          ))}
      </ul>
    </Dialog>
  );
}
