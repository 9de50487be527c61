import { useState } from 'preact/hooks';
import { useCodes } from '../../i18n/codes.js';
import { common } from '../../i18n/common.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Icon } from '../../parts/icon.js';
import { Note } from '../../parts/messages.js';
import { type Declaration, nothingDeclared } from './declaration.js';
import { DeclarationFields } from './declaration-fields.js';
import { isReady, needsBatch, type Own, readyFiles, type Staged } from './stage.js';
import { texts } from './texts.js';
import { titleOf } from './titles.js';
import type { ReadyFile } from './uploads.js';

interface StageDialogProps {
  items: readonly Staged[];
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

function StagedRow(props: {
  item: Staged;
  strict: boolean;
  start: Declaration;
  onOwn: (own: Own | null) => void;
  onRemove: () => void;
}) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const codes = useCodes();
  const { item, strict } = props;
  const { file, kind, own, replaces, refusal } = item;
  const [open, setOpen] = useState(false);
  const shown = own !== null && (open || (strict && !isReady(item, props.start)));
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
            {own && kind && !shown ? ` · ${t('ownGiven')}` : ''}
          </small>
        </span>
        {kind ? (
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
export function StageDialog({ items, onItems, onStart, onClose }: StageDialogProps) {
  const t = useText(texts);
  const tc = useText(common);
  const { language } = useLanguage();
  const [batch, setBatch] = useState<Declaration>(nothingDeclared);
  const [strict, setStrict] = useState(false);
  const taken = items.filter(({ kind }) => kind !== null);
  const refused = items.length - taken.length;

  function start(): void {
    const complete = taken.every((item) => isReady(item, batch));
    setStrict(!complete);
    if (complete) onStart(readyFiles(items, batch, language));
  }

  return (
    <Dialog
      open={items.length > 0}
      wide
      title={taken.length > 0 ? t('stageTitle', { count: taken.length }) : t('stageNone')}
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
      {needsBatch(items) ? (
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
      <ul class="staged-list" aria-label={t('stageFiles')}>
        {[...items]
          .sort((a, b) => Number(a.kind !== null) - Number(b.kind !== null))
          .map((item) => (
            <StagedRow
              key={item.key}
              item={item}
              strict={strict}
              start={batch}
              onOwn={(own) => onItems(items.map((one) => (one.key === item.key ? { ...one, own } : one)))}
              onRemove={() => onItems(items.filter(({ key }) => key !== item.key))}
            />
          ))}
      </ul>
    </Dialog>
  );
}
