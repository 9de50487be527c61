import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useAction, useRead } from '../../api/queries.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { toLocal, toMoment } from './draft.js';
import { texts } from './texts.js';

const shortest = 3;

/** The gravest act: it says how many devices hold the pack before it takes it back. */
export function RecallDialog(props: { pack: PackVersion; open: boolean; onClose: () => void }) {
  const t = useText(texts);
  const frame = useText(common);
  const toast = useToast();
  const { route } = useLocation();
  const { pack, open, onClose } = props;
  const recall = useAction('packs.recall', ['inbox.', 'library.']);
  const board = useRead('packs.board', { params: { id: pack.id } }, { enabled: open, staleTime: 0 });
  const [reason, setReason] = useState('');
  const [noticed, setNoticed] = useState('');
  useEffect(() => {
    if (!open) return;
    setReason('');
    setNoticed('');
  }, [open]);

  function run(): void {
    const noticedAt = toMoment(noticed);
    recall.run(
      { params: { id: pack.id }, body: { reason: reason.trim(), ...(noticedAt ? { noticedAt } : {}) } },
      () => {
        onClose();
        toast(t('recalled'));
        route(`/packs/${pack.id}/board`);
      },
    );
  }

  return (
    <Dialog
      open={open}
      title={t('recallTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{frame('cancel')}</Button>
          <Button
            look="strong"
            icon="recall"
            busy={recall.pending}
            disabled={reason.trim().length < shortest}
            onPress={run}
          >
            {t('recallDo')}
          </Button>
        </>
      }
    >
      <p>{t('recallText')}</p>
      {board.data ? (
        <Note tone="alert">
          <strong>{t('recallHolds', { count: board.data.counts.devicesDownloaded })}</strong>
        </Note>
      ) : null}
      <TextArea
        label={frame('reason')}
        name="reason"
        value={reason}
        onValue={setReason}
        maxLength={2000}
        required
        hint={t('recallReasonHint')}
        problem={recall.problem}
      />
      <TextField
        label={t('recallNoticed')}
        name="noticedAt"
        type="datetime-local"
        optional
        value={noticed}
        onValue={setNoticed}
        max={toLocal(new Date().toISOString())}
        hint={t('recallNoticedHint')}
        problem={recall.problem}
      />
      <ProblemNote problem={recall.problem} />
    </Dialog>
  );
}
