import { useState } from 'preact/hooks';
import type { ClaimMatch } from '../../../server/contract/claim.js';
import { useAction, useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { ErrorState, ProblemNote, Skeleton } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { MatchGroups } from './matches.js';
import { texts } from './texts.js';

const touched = ['checks.', 'library.'];

/** Open claims elsewhere that a fact seems to answer, each joined by one press and taken back by another. */
export function AnswerableClaims({
  factId,
  clusterId,
  quiet = false,
}: {
  factId: string;
  clusterId: string;
  /** Says nothing when there are none. */
  quiet?: boolean;
}) {
  const t = useText(texts);
  const { language } = useLanguage();
  const toast = useToast();
  const may = useCan()('claims.triage');
  const join = useAction('claims.join', touched);
  const leave = useAction('claims.leave', touched);
  const [joining, setJoining] = useState<string | null>(null);
  const { data, problem, retry } = useRead('claims.answerable', { params: { id: factId } }, { enabled: may });
  if (!may) return null;

  function bring({ objectId, clusterId: from, score }: ClaimMatch): void {
    const params = { id: objectId };
    setJoining(from);
    const body = { clusterId, method: 'match' as const, score: Math.min(1, Math.max(0, score)) };
    join
      .ask({ params, body })
      .then(
        () => toast({ text: t('answerableJoined'), undo: () => leave.run({ params }) }),
        // What was refused is shown below the title.
        () => undefined,
      )
      .finally(() => setJoining(null));
  }

  const acts = { joining, joinWord: () => t('answerableJoin'), onJoin: bring, moves: true };
  const close = data?.items.filter(({ band }) => band !== 'related') ?? [];
  const related = data?.items.filter(({ band }) => band === 'related') ?? [];
  if (quiet && close.length === 0) return null;
  return (
    <section class="stack-small" aria-label={t('answerableTitle')}>
      <h2>{t('answerableTitle')}</h2>
      {close.length > 0 ? <p class="hint">{t('answerableText')}</p> : null}
      {data?.notice ? <p class="hint">{nameIn(data.notice, language)}</p> : null}
      <ProblemNote problem={join.problem ?? leave.problem} />
      {data ? (
        close.length > 0 ? (
          <MatchGroups items={close} {...acts} />
        ) : (
          <p class="hint">{t('answerableNone')}</p>
        )
      ) : problem ? (
        <ErrorState problem={problem} onRetry={retry} />
      ) : (
        <Skeleton rows={1} />
      )}
      {related.length > 0 ? (
        <details class="related">
          <summary>{t('answerableRelated', { count: related.length })}</summary>
          <MatchGroups items={related} {...acts} />
        </details>
      ) : null}
    </section>
  );
}
