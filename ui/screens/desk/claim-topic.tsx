import type { Claim } from '../../../server/contract/claim.js';
import { useAction } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { Badge } from '../../parts/badge.js';
import { useToast } from '../../parts/toast.js';
import { TopicSelect, useTopics } from '../../parts/topics.js';
import { texts } from './texts.js';
import './claim-pieces.css';

/** What the claim, its group and their fact are about; chosen by whoever triages. */
export function ClaimTopic({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const word = useText(common);
  const toast = useToast();
  const may = useCan()('claims.triage');
  const topics = useTopics();
  const set = useAction('claims.setTopic', ['library.']);
  const { topic } = claim.cluster;
  const labelOf = (code: string | null) => topics.find((known) => known.code === code)?.label ?? '';
  if (!may) {
    return topic ? (
      <p class="row">
        <span class="hint">{word('topic')}</span>
        <Badge>{labelOf(topic)}</Badge>
      </p>
    ) : null;
  }
  const choose = (code: string) =>
    set.run({ params: { id: claim.id }, body: { topic: code || null } }, () =>
      toast(code ? t('topicSet', { topic: labelOf(code) }) : t('topicCleared')),
    );
  return (
    <div class="claim-topic">
      <TopicSelect value={topic ?? ''} disabled={set.pending} problem={set.problem} onValue={choose} />
    </div>
  );
}
