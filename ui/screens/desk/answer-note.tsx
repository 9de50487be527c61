import { useEffect } from 'preact/hooks';
import type { Claim } from '../../../server/contract/claim.js';
import { useAction } from '../../api/queries.js';
import { useMe } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Note } from '../../parts/messages.js';
import { texts } from './texts.js';

/** Tells whoever reported the claim that it is answered; opening it takes the mark of news off. */
export function AnswerNote({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const me = useMe();
  const see = useAction('claims.seeAnswer');
  const { id, unreadAnswer, cluster } = claim;
  const { factId } = cluster;
  // Once for each answer that is news; `see` is another object at every drawing.
  useEffect(() => {
    if (unreadAnswer) see.run({ params: { id } });
  }, [id, unreadAnswer, factId]);
  if (claim.state !== 'answered' || claim.reporter.id !== me.member.id) return null;
  return (
    <Note role="status">
      <strong>{t('answerCame')}</strong>
      <p>{t(factId ? 'answerCameText' : 'answerSoon')}</p>
      {factId ? (
        <Button small icon="library" href={`/library/${factId}`}>
          {t('openFact')}
        </Button>
      ) : null}
    </Note>
  );
}
