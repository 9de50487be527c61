import { useRef, useState } from 'preact/hooks';
import type { CheckVersion, Evidence } from '../../../server/contract/check.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useAction, useClient } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/dialog.js';
import { ProblemNote } from '../../parts/messages.js';
import { Progress } from '../../parts/progress.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { useToast } from '../../parts/toast.js';
import { SourceForm } from './source-form.js';
import { SourceItem } from './source-item.js';
import { texts } from './texts.js';

interface Props {
  check: CheckVersion;
  onStored: (version: CheckVersion) => void;
}

/** Chooses and sends the captured copy of a source that has none. */
function AddCopy({ check, source, onStored }: Props & { source: Evidence }) {
  const t = useText(texts);
  const client = useClient();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  async function send(file: File): Promise<void> {
    setProgress(0);
    setProblem(null);
    try {
      await client.upload('checks.captureEvidence', {
        params: { id: source.id },
        file,
        onProgress: setProgress,
      });
      onStored(await client.call('checks.read', { params: { id: check.id } }));
      toast(t('copyAdded'));
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setProgress(null);
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*,video/*,audio/*,application/pdf"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) void send(file);
        }}
      />
      {progress === null ? (
        <Button small look="quiet" icon="upload" onPress={() => input.current?.click()}>
          {t('addCopy')}
        </Button>
      ) : (
        <Progress value={progress} label={t('sendingCopy')} />
      )}
      <ProblemNote problem={problem} />
    </>
  );
}

export function SourcesEditor({ check, onStored }: Props) {
  const t = useText(texts);
  const toast = useToast();
  const remove = useAction('checks.removeEvidence');
  const put = useAction('checks.addEvidence');
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Evidence | null>(null);
  useShortcuts([{ key: 'e', label: t('keySource'), run: () => setAdding(true) }]);

  function drop(source: Evidence): void {
    const { publisher, tier, stance, url, quote, interestNote, capturedAt, file } = source;
    remove.run({ params: { id: check.id, evidenceId: source.id } }, (version) => {
      setAsked(null);
      onStored(version);
      const body = {
        publisher,
        tier,
        stance,
        capturedAt,
        ...(url ? { url } : {}),
        ...(quote ? { quote } : {}),
        ...(interestNote ? { interestNote } : {}),
      };
      const undo = () => put.run({ params: { id: check.id }, body }, onStored);
      // A captured copy is gone with its source, so only a source without one can be put back.
      toast(file ? t('removed') : { text: t('removed'), undo });
    });
  }

  return (
    <section class="stack-small">
      <header class="row between">
        <h2>{t('sources', { count: check.evidence.length })}</h2>
        <Button icon="plus" shortcut="e" onPress={() => setAdding(true)}>
          {t('addSource')}
        </Button>
      </header>
      <ProblemNote problem={remove.problem ?? put.problem} />
      {check.evidence.length === 0 ? (
        <p class="hint">{t('noSources')}</p>
      ) : (
        <ol class="source-items">
          {check.evidence.map((source) => (
            <SourceItem
              key={source.id}
              source={source}
              acts={
                <>
                  {source.file ? null : <AddCopy check={check} source={source} onStored={onStored} />}
                  <Button
                    small
                    look="quiet"
                    icon="trash"
                    label={`${t('removeSource')}: ${source.publisher}`}
                    disabled={remove.pending}
                    onPress={() => (source.file ? setAsked(source) : drop(source))}
                  />
                </>
              }
            />
          ))}
        </ol>
      )}
      <SourceForm checkId={check.id} open={adding} onClose={() => setAdding(false)} onStored={onStored} />
      <Confirm
        strong
        open={asked !== null}
        title={t('removeSource')}
        text={<p>{t('removeCopyText')}</p>}
        confirmLabel={t('removeSource')}
        busy={remove.pending}
        problem={remove.problem}
        onConfirm={() => asked && drop(asked)}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}
