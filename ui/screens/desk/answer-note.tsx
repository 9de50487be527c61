import { useEffect } from 'preact/hooks';
import type { Claim } from '../../../server/contract/claim.js';
import { useAction } from '../../api/queries.js';
import { useCan, useMe } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Note } from '../../parts/messages.js';
import { texts } from './texts.js';

/**
 * Tells a reporter outside the desk that its claim is answered; opening the claim takes the mark of news off, for the
 * desk too, which sees the answer in the group.
 */
export function AnswerNote({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const me = useMe();
  const desk = useCan()('desk.read');
  const see = useAction('claims.seeAnswer');
  const { id, unreadAnswer, cluster } = claim;
  const { factId } = cluster;
  // Once for each answer that is news; `see` is another object at every drawing.
  useEffect(() => {
    if (unreadAnswer) see.run({ params: { id } });
  }, [id, unreadAnswer, factId]);
  if (desk || claim.state !== 'answered' || claim.reporter.id !== me.member.id) return null;
  return (
    <Note role="status">
      <strong>{t('answerCame')}</strong>
      <p>{t(factId ? 'answerCameText' : 'answerSoon')}</p>
    </Note>
  );
}
