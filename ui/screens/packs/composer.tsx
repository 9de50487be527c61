import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useAction } from '../../api/queries.js';
import { common } from '../../i18n/common.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup } from '../../parts/choice.js';
import { Confirm } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Icon } from '../../parts/icon.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { StateChip } from '../../parts/state-chip.js';
import { useToast } from '../../parts/toast.js';
import { CaptionEditor } from './caption-editor.js';
import { titlesMissing } from './draft.js';
import { FactPicker } from './fact-picker.js';
import { PointsEditor } from './points-editor.js';
import { RenditionPicker } from './rendition-picker.js';
import { SlipEditor } from './slip-editor.js';
import { texts } from './texts.js';
import { type DraftDesk, useDraft } from './use-draft.js';
import { useStay } from './use-stay.js';

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part sheet stack">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Quarrel({ desk }: { desk: DraftDesk }) {
  const t = useText(texts);
  if (!desk.theirs) return null;
  const parts = desk.theirParts;
  return (
    <Note tone="stop" role="alert">
      <strong>{t('staleTitle')}</strong>
      <p>
        {parts.length > 0
          ? t('staleText', { parts: parts.map((part) => t(part)).join(', ') })
          : t('staleSame')}
      </p>
      <p class="row">
        <Button small onPress={desk.keepMine}>
          {t('staleMine')}
        </Button>
        <Button small onPress={desk.takeTheirs}>
          {t('staleTheirs')}
        </Button>
      </p>
    </Note>
  );
}

function Change({ desk }: { desk: DraftDesk }) {
  const t = useText(texts);
  const { draft, change, edit } = desk;
  if (!draft.changeKind) return null;
  return (
    <Part title={t('changeNote')}>
      <RadioGroup
        label={t('changeKind')}
        name="changeKind"
        value={draft.changeKind}
        options={[
          { value: 'correct', label: t('changeCorrect') },
          { value: 'update', label: t('changeUpdate') },
        ]}
        onValue={(changeKind) => change({ changeKind })}
      />
      <TextArea
        label={t('changeNote')}
        name="changeNote"
        value={draft.changeNote}
        onValue={(changeNote) => change({ changeNote })}
        maxLength={2000}
        required
        problem={edit.problem}
      />
    </Part>
  );
}

/** A draft on the desk: everything a pack carries, saved with its version. */
export function Composer({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const frame = useText(common);
  const toast = useToast();
  const { language } = useLanguage();
  const desk = useDraft(pack);
  const submit = useAction('packs.submit');
  const [asking, setAsking] = useState(false);
  const [tried, setTried] = useState(false);
  const { draft, change, dirty, edit } = desk;
  useStay(dirty, t('leave'));
  const missing = titlesMissing(draft);
  const title = nameIn(draft.titles.hi || draft.titles.en ? draft.titles : null, language);
  useTitle(title || draft.titles.hi || draft.titles.en || t('untitled'));

  /** Null when it was refused; why stands in the note. */
  async function save(): Promise<PackVersion | null> {
    setTried(true);
    if (missing) return null;
    try {
      return await desk.save();
    } catch {
      return null;
    }
  }
  async function send(): Promise<void> {
    const saved = await save();
    if (!saved) return setAsking(false);
    submit.run({ params: { id: saved.id }, ifMatch: saved.version }, () => {
      setAsking(false);
      toast(t('submitted'));
    });
  }

  useShortcuts([{ key: 's', label: t('keySave'), run: () => void save() }]);
  useEffect(() => {
    // The habit of every desk program, also while typing.
    const press = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void save();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });

  const titleProblem = tried && missing ? { error: t('titleMissing') } : {};
  return (
    <article class="composer">
      <header class="row between">
        <h1>{draft.titles[language] || draft.titles.hi || draft.titles.en || t('untitled')}</h1>
        <span class="row">
          {pack.number > 1 ? <span class="faint">{t('version', { number: pack.number })}</span> : null}
          <StateChip kind="packState" code={pack.state} />
        </span>
      </header>
      {pack.returnComment ? (
        <Note tone="alert">
          <strong>{t('returned')}</strong>
          <p class="original">{pack.returnComment}</p>
        </Note>
      ) : null}
      {pack.amber ? <Note tone="alert">{t('amberText')}</Note> : null}
      <Change desk={desk} />
      <Part title={t('factsTitle')}>
        <FactPicker value={draft.facts} onValue={(facts) => change({ facts })} />
      </Part>
      <Part title={t('words')}>
        <div class="both">
          <TextField
            label={t('titleHi')}
            name="texts.hi.title"
            lang="hi"
            value={draft.titles.hi}
            onValue={(hi) => change({ titles: { ...draft.titles, hi } })}
            maxLength={200}
            problem={edit.problem}
            {...titleProblem}
          />
          <TextField
            label={t('titleEn')}
            name="texts.en.title"
            lang="en"
            optional
            value={draft.titles.en}
            onValue={(en) => change({ titles: { ...draft.titles, en } })}
            maxLength={200}
            problem={edit.problem}
          />
        </div>
      </Part>
      <Part title={t('captions')}>
        <CaptionEditor draft={draft} change={change} />
      </Part>
      <Part title={t('renditions')}>
        <RenditionPicker value={draft.renditions} onValue={(renditions) => change({ renditions })} />
      </Part>
      <Part title={t('points')}>
        <PointsEditor points={draft.points} onValue={(points) => change({ points })} />
      </Part>
      <Part title={t('slip')}>
        <SlipEditor draft={draft} change={change} />
      </Part>
      <Part title={t('expiry')}>
        <div class="expiry">
          <TextField
            label={t('expiry')}
            name="expiresAt"
            type="datetime-local"
            optional
            value={draft.expires}
            onValue={(expires) => change({ expires })}
            hint={t('expiryHint')}
            problem={edit.problem}
          />
        </div>
      </Part>
      {edit.problem?.status === 412 ? null : <ProblemNote problem={edit.problem} />}
      <ProblemNote problem={submit.problem} />
      <div class="composer-bar">
        <Quarrel desk={desk} />
        <span class="saved" role="status">
          <Icon name={dirty ? 'edit' : 'check'} size={18} />
          {edit.pending ? t('saving') : t(dirty ? 'unsaved' : 'saved')}
        </span>
        <Button icon="check" disabled={!dirty} busy={edit.pending} onPress={() => void save()}>
          {frame('save')}
        </Button>
        <Button look="main" icon="send" disabled={draft.facts.length === 0} onPress={() => setAsking(true)}>
          {t('submit')}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t('submit')}
        text={t('submitText')}
        confirmLabel={t('submit')}
        busy={submit.pending || edit.pending}
        problem={submit.problem}
        onConfirm={() => void send()}
        onClose={() => setAsking(false)}
      />
    </article>
  );
}
