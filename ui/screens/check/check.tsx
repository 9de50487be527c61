import { useQueryClient } from '@tanstack/preact-query';
import { useCallback } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { CheckVersion } from '../../../server/contract/check.js';
import { keyOf, useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { ErrorState, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Editor } from './editor.js';
import { Finished } from './finished.js';
import { texts } from './texts.js';
import './check.css';

function Loaded({ id }: { id: string }) {
  const t = useText(texts);
  const can = useCan();
  const queries = useQueryClient();
  const { data, problem, retry } = useRead('checks.read', { params: { id } });
  const onStored = useCallback(
    (next: CheckVersion) =>
      queries.setQueryData<CheckVersion>(keyOf('checks.read', { params: { id } }), (known) =>
        known && known.version > next.version ? known : next,
      ),
    [queries, id],
  );
  if (!data) {
    return (
      <Page title={t('title')}>
        {problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={4} />}
      </Page>
    );
  }
  const editing = data.state === 'draft' && can('checks.write');
  return (
    <Page
      title={t('title')}
      actions={
        <span class="row">
          <span class="faint">{t('version', { number: data.number })}</span>
          <StateChip kind="checkState" code={data.state} />
        </span>
      }
    >
      {editing ? <Editor check={data} onStored={onStored} /> : <Finished check={data} />}
    </Page>
  );
}

/** One version of a check: worked on while a draft, read afterwards. */
export default function Check() {
  const { versionId } = useRoute().params;
  return versionId ? <Loaded key={versionId} id={versionId} /> : null;
}
