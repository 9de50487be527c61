import { useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { addressOf } from '../../api/client.js';
import { keyOf, useAction, useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { ErrorState, Note, Skeleton } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { StateChip } from '../../parts/state-chip.js';
import { useToast } from '../../parts/toast.js';
import { CardNote } from './card-note.js';
import { DetailsForm } from './details-form.js';
import { DrawnPanel } from './drawn-panel.js';
import { Facts } from './facts.js';
import { FilePicker } from './file-picker.js';
import { FormatsPanel } from './formats-panel.js';
import { PreviewPanel } from './preview-panel.js';
import { RenditionsList } from './renditions-list.js';
import { texts } from './texts.js';
import { titleOf } from './titles.js';
import { usePolling } from './use-polling.js';
import './creative.css';
import './formats.css';
import './drawn.css';

export interface CreativePageProps {
  id: string;
  onEdited: (edited: boolean) => void;
  onFiles: (files: File[], replaces: Creative) => void;
}

function isMoving({ state }: { state: string }): boolean {
  return state === 'queued' || state === 'processing';
}

/** What the inspection found, while it still stands in the way. */
function Inspection({ creative, onFiles }: { creative: Creative; onFiles: (files: File[]) => void }) {
  const t = useText(texts);
  const can = useCan();
  const { language } = useLanguage();
  const { inspection, failure } = creative;
  if (inspection === 'ready') return null;
  if (inspection !== 'failed') {
    return <Note role="status">{t(inspection === 'queued' ? 'inspectQueued' : 'inspectRunning')}</Note>;
  }
  return (
    <Note tone="alert" role="alert">
      <div class="stack-small">
        <strong>{t('inspectFailed')}</strong>
        {failure ? <p>{failure.text[language]}</p> : null}
        {can('creatives.write') ? (
          <div>
            <FilePicker what="file" icon="upload" onFiles={onFiles}>
              {t('uploadAnother')}
            </FilePicker>
          </div>
        ) : null}
      </div>
    </Note>
  );
}

function Shown({ creative, onEdited, onFiles }: Omit<CreativePageProps, 'id'> & { creative: Creative }) {
  const t = useText(texts);
  const can = useCan();
  const toast = useToast();
  const queries = useQueryClient();
  const { language } = useLanguage();
  const moveFocal = useAction('creatives.edit');
  const saveDetails = useAction('creatives.edit');
  const [draft, setDraft] = useState<FocalPoint | null>(null);
  /** Of the words drawn over renditions. */
  const [words, setWords] = useState(language);
  const { id, version, inspection, kind } = creative;
  const canEdit = can('creatives.write');
  const title = titleOf(creative, language);
  const focal = draft ?? creative.focal;
  const moved = draft !== null && (draft.x !== creative.focal.x || draft.y !== creative.focal.y);
  useTitle(title.text);

  const keep = (saved: Creative) => queries.setQueryData(keyOf('creatives.read', { params: { id } }), saved);

  async function saveFocal(point: FocalPoint): Promise<void> {
    const body = { focal: { x: point.x, y: point.y } };
    keep(await moveFocal.ask({ params: { id }, body, ifMatch: version }));
    setDraft(null);
  }
  const replace = (files: File[]) => onFiles(files, creative);

  return (
    <article class="creative">
      <header class="creative-head">
        <div class="creative-back">
          <Button look="quiet" icon="back" href="/studio">
            {t('backToWall')}
          </Button>
        </div>
        <div class="creative-heading">
          <h1 lang={title.lang} class={title.lang === 'und' ? 'file-name-whole' : undefined}>
            {title.text}
          </h1>
          {inspection === 'ready' ? null : <StateChip kind="inspectionState" code={inspection} />}
        </div>
        <div class="page-actions">
          <Button icon="download" href={addressOf('creatives.file', { id })} download>
            {t('download')}
          </Button>
          {canEdit ? (
            <span title={t('supersedeHint')}>
              <FilePicker what="file" icon="upload" onFiles={replace}>
                {t('supersede')}
              </FilePicker>
            </span>
          ) : null}
        </div>
      </header>
      <Inspection creative={creative} onFiles={replace} />
      <CardNote card={creative.card} />
      <div class="creative-panes">
        <div class="creative-left">
          {inspection === 'ready' && creative.card ? (
            <img
              class="card-picture"
              src={creative.previewUrl ?? ''}
              alt={creative.texts[language]?.altText ?? ''}
            />
          ) : null}
          {inspection === 'ready' && !creative.card ? (
            <PreviewPanel
              creative={creative}
              focal={focal}
              moved={moved}
              canEdit={canEdit}
              saving={moveFocal.pending}
              problem={moveFocal.problem}
              onFocal={setDraft}
              onSave={() => {
                saveFocal(focal).then(
                  () => toast(t('focalSaved')),
                  // The refusal is shown below the picture.
                  () => undefined,
                );
              }}
            />
          ) : null}
          <DetailsForm
            creative={creative}
            canEdit={canEdit}
            saving={saveDetails.pending}
            problem={saveDetails.problem}
            onEdited={onEdited}
            onSave={(edit, onDone) =>
              saveDetails.run({ params: { id }, body: edit, ifMatch: version }, (saved) => {
                keep(saved);
                onDone(saved);
                toast(t('saved'));
              })
            }
          />
          <Facts creative={creative} />
        </div>
        {inspection === 'ready' && kind !== 'document' ? (
          <div class="creative-right">
            {creative.card ? null : (
              <DrawnPanel creative={creative} canEdit={canEdit} language={words} onLanguage={setWords} />
            )}
            <FormatsPanel
              creative={creative}
              language={words}
              focal={focal}
              focalMoved={moved}
              canMake={canEdit}
              saveFocal={async () => {
                if (moved) await saveFocal(focal);
              }}
              onMade={() => document.getElementById('renditions')?.scrollIntoView({ block: 'nearest' })}
            />
            <RenditionsList renditions={creative.renditions} canMake={canEdit} />
          </div>
        ) : null}
      </div>
    </article>
  );
}

/** One creative: where to look, what it says, and what is made of it. */
export function CreativePage({ id, onEdited, onFiles }: CreativePageProps) {
  const t = useText(texts);
  const found = useRead('creatives.read', { params: { id } });
  const creative = found.data;
  usePolling(
    ['creatives.read'],
    creative !== undefined &&
      (isMoving({ state: creative.inspection }) || creative.renditions.some(isMoving)),
  );
  useShortcuts([
    {
      key: 'Escape',
      label: t('keyBack'),
      run: () => document.querySelector<HTMLElement>('.creative-back a')?.click(),
    },
  ]);
  if (creative) return <Shown creative={creative} onEdited={onEdited} onFiles={onFiles} />;
  if (found.problem) return <ErrorState problem={found.problem} onRetry={found.retry} />;
  return <Skeleton rows={6} />;
}
