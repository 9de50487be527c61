import { useRef, useState } from 'preact/hooks';
import type { CheckVersion, EvidenceDraft } from '../../../server/contract/check.js';
import { sourceTiers, stances } from '../../../server/contract/lists.js';
import { newKey } from '../../api/client.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useAction, useClient } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { common } from '../../i18n/common.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup } from '../../parts/choice.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea, TextField } from '../../parts/field.js';
import { FileDrop } from '../../parts/file-drop.js';
import { ProblemNote } from '../../parts/messages.js';
import { Progress } from '../../parts/progress.js';
import { texts } from './texts.js';

const empty: EvidenceDraft = {
  publisher: '',
  tier: 'press',
  stance: 'refutes',
  url: '',
  quote: '',
  interestNote: '',
};

function bodyOf({ publisher, tier, stance, url, quote, interestNote }: EvidenceDraft): EvidenceDraft {
  const filled = (value: string | undefined) => (value ?? '').trim();
  return {
    publisher: publisher.trim(),
    tier,
    ...(stance ? { stance } : {}),
    ...(filled(url) ? { url: filled(url) } : {}),
    ...(filled(quote) ? { quote: filled(quote) } : {}),
    ...(filled(interestNote) ? { interestNote: filled(interestNote) } : {}),
  };
}

export interface SourceFormProps {
  checkId: string;
  open: boolean;
  onClose: () => void;
  onStored: (version: CheckVersion) => void;
}

/** Adds one source and, when chosen, its captured copy. */
export function SourceForm({ checkId, open, onClose, onStored }: SourceFormProps) {
  const t = useText(texts);
  const frame = useText(common);
  const codes = useCodes();
  const format = useFormat();
  const client = useClient();
  const add = useAction('checks.addEvidence');
  const [fields, setFields] = useState(empty);
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [copyProblem, setCopyProblem] = useState<ProblemError | null>(null);
  const added = useRef<{ key: string; body: string }>({ key: '', body: '' });
  const set = (part: Partial<EvidenceDraft>) => setFields({ ...fields, ...part });
  const url = (fields.url ?? '').trim();
  const urlWrong = url !== '' && !/^https?:\/\/\S+$/.test(url);

  function close(): void {
    setFields(empty);
    setFile(null);
    setTried(false);
    setCopyProblem(null);
    add.reset();
    onClose();
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (fields.publisher.trim() === '' || urlWrong) return;
    const body = bodyOf(fields);
    const content = JSON.stringify(body);
    if (added.current.body !== content) added.current = { key: newKey(), body: content };
    setCopyProblem(null);
    try {
      const version = await add.ask({
        params: { id: checkId },
        body,
        idempotencyKey: added.current.key,
      });
      onStored(version);
      const known = version.evidence.at(-1);
      if (file && known) {
        setProgress(0);
        await client.upload('checks.captureEvidence', {
          params: { id: known.id },
          file,
          onProgress: setProgress,
        });
        onStored(await client.call('checks.read', { params: { id: checkId } }));
      }
      added.current = { key: '', body: '' };
      close();
    } catch (error) {
      // A refused copy leaves the source in place: sending again only tries the copy once more.
      setCopyProblem(toProblem(error));
    } finally {
      setProgress(null);
    }
  }

  return (
    <Dialog
      wide
      open={open}
      title={t('sourceTitle')}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{frame('cancel')}</Button>
          <Button look="main" type="submit" form="source-form" busy={add.pending || progress !== null}>
            {t('addSource')}
          </Button>
        </>
      }
    >
      <form id="source-form" class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <div class="form-grid">
          <TextField
            label={t('publisher')}
            name="publisher"
            maxLength={200}
            required
            value={fields.publisher}
            onValue={(publisher) => set({ publisher })}
            problem={add.problem}
            {...(tried && fields.publisher.trim() === '' ? { error: t('publisherMissing') } : {})}
          />
          <TextField
            label={t('url')}
            name="url"
            type="url"
            inputMode="url"
            optional
            value={fields.url ?? ''}
            onValue={(next) => set({ url: next })}
            problem={add.problem}
            {...(tried && urlWrong ? { error: t('urlWrong') } : {})}
          />
        </div>
        <RadioGroup
          label={t('tier')}
          name="tier"
          layout="grid"
          value={fields.tier}
          options={sourceTiers.map((value) => ({
            value,
            label: codes.tier[value],
            hint: codes.tierHint[value],
          }))}
          onValue={(tier) => set({ tier })}
          problem={add.problem}
        />
        <RadioGroup
          label={t('stance')}
          name="stance"
          layout="row"
          value={fields.stance ?? null}
          options={stances.map((value) => ({ value, label: codes.stance[value] }))}
          onValue={(stance) => set({ stance })}
          problem={add.problem}
        />
        <TextArea
          label={t('quote')}
          name="quote"
          hint={t('quoteHint')}
          maxLength={5000}
          value={fields.quote ?? ''}
          onValue={(quote) => set({ quote })}
          problem={add.problem}
        />
        <TextField
          label={t('interest')}
          name="interestNote"
          hint={t('interestHint')}
          maxLength={1000}
          optional
          value={fields.interestNote ?? ''}
          onValue={(interestNote) => set({ interestNote })}
          problem={add.problem}
        />
        <FileDrop
          label={file ? `${file.name} · ${format.bytes(file.size)}` : t('addCopy')}
          hint={t('copyHint')}
          multiple={false}
          accept="image/*,video/*,audio/*,application/pdf"
          onFiles={([chosen]) => chosen && setFile(chosen)}
        />
        {progress === null ? null : <Progress value={progress} label={t('sendingCopy')} />}
        <ProblemNote problem={copyProblem} />
      </form>
    </Dialog>
  );
}
