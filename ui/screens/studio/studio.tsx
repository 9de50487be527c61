import { useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Creative } from '../../../server/contract/creative.js';
import { useCan } from '../../api/session.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Confirm } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { CardDialog } from './card-dialog.js';
import { CreativePage } from './creative-page.js';
import { type Staged, stage } from './stage.js';
import { StageDialog } from './stage-dialog.js';
import { texts } from './texts.js';
import { UploadDock } from './upload-dock.js';
import { useLeaveGuard } from './use-leave-guard.js';
import { usePageDrop } from './use-page-drop.js';
import { useUploading, useUploads } from './use-uploads.js';
import { Wall } from './wall.js';
import './studio.css';
import './uploads.css';

function isStudio(path: string): boolean {
  return path === '/studio' || path.startsWith('/studio/');
}

/** The wall and the page of one creative; uploads go on while people move between them. */
export default function Studio() {
  const t = useText(texts);
  const can = useCan();
  const { language } = useLanguage();
  const { creativeId } = useRoute().params;
  const { query, route } = useLocation();
  const { uploads, recogniser } = useUploads();
  const uploading = useUploading(uploads);
  const [staged, setStaged] = useState<readonly Staged[]>([]);
  /** The creative whose details were changed and not saved. */
  const edited = useRef<string | null>(null);
  const canAdd = can('creatives.write');

  const losesEdits = (path: string) => edited.current !== null && path !== `/studio/${edited.current}`;
  const guard = useLeaveGuard((path) => (uploading && !isStudio(path)) || losesEdits(path));
  const edits = guard.wanted !== null && losesEdits(guard.wanted.split('?')[0] ?? '');

  async function take(files: readonly File[], replaces?: Creative): Promise<void> {
    const fresh = replaces ? files : uploads.goOn(files);
    const added = await stage(fresh, staged, replaces && { replaces, language });
    setStaged((now) => [...now, ...added]);
  }
  const over = usePageDrop(canAdd, (files) => void take(files));

  return (
    <div class="studio">
      {creativeId ? (
        <CreativePage
          key={creativeId}
          id={creativeId}
          onEdited={(changed) => {
            edited.current = changed ? creativeId : null;
          }}
          onFiles={(files, replaces) => void take(files, replaces)}
        />
      ) : (
        <Wall canAdd={canAdd} onFiles={(files) => void take(files)} />
      )}
      {canAdd && query.card ? (
        <CardDialog key={query.card} fact={query.card} onClose={() => route('/studio', true)} />
      ) : null}
      <UploadDock uploads={uploads} aside={creativeId !== undefined} onFiles={(files) => void take(files)} />
      <StageDialog
        items={staged}
        recogniser={recogniser}
        onItems={setStaged}
        onStart={(files) => {
          setStaged([]);
          uploads.add(files);
        }}
        onClose={() => setStaged([])}
      />
      <Confirm
        open={guard.wanted !== null}
        title={edits ? t('leaveEditsTitle') : t('leaveUploadsTitle')}
        text={edits ? t('leaveEditsText') : t('leaveUploadsText')}
        confirmLabel={t('leave')}
        strong
        onConfirm={() => {
          edited.current = null;
          guard.leave();
        }}
        onClose={guard.stay}
      />
      {over ? (
        <div class="drop-veil" aria-hidden="true">
          <Icon name="upload" size={48} />
          <strong>{t('dropHere')}</strong>
          <span>{t('dropText')}</span>
        </div>
      ) : null}
    </div>
  );
}
