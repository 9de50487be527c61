import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClaimMatch } from '../../../server/contract/claim.js';
import { useCan } from '../../api/session.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { Attachments } from './attachments.js';
import {
  type ClaimFields,
  emptyClaim,
  rememberClaim,
  rememberedClaim,
  toDraft,
  wrongFields,
} from './claim-draft.js';
import { LanguageField, MoreAboutClaim, TopicField, WhereSeen } from './claim-form-fields.js';
import { guessLanguage } from './guess-language.js';
import { MatchList } from './matches.js';
import { texts } from './texts.js';
import { useLogClaim } from './use-log-claim.js';
import { useMatches } from './use-matches.js';

/** Logs a claim; what already answers it shows while it is typed. */
export function ClaimForm() {
  const t = useText(texts);
  const frame = useText(common);
  const can = useCan();
  const desk = can('desk.read');
  const [fields, setFields] = useState<ClaimFields>(rememberedClaim);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { files, savedId, busy, joining, problem, log, sendFiles } = useLogClaim();
  const matches = useMatches(fields.text);
  const guessed = guessLanguage(fields.text) ?? 'hi';
  const wrong = wrongFields(fields);
  const shownWrong = tried ? wrong : [];
  const found = matches.items.filter(({ band }) => band !== 'related');
  const answered = found.some(({ verdict }) => verdict !== null);
  const mayJoin = can('claims.triage') && savedId === null;
  useTitle(t('formTitle'));
  useEffect(() => {
    form.current?.querySelector('textarea')?.focus();
  }, []);
  useEffect(() => {
    if (!savedId) rememberClaim(fields);
  }, [fields, savedId]);

  const part = { fields, onFields: (some: Partial<ClaimFields>) => setFields({ ...fields, ...some }) };

  async function submit(match?: ClaimMatch): Promise<void> {
    if (busy) return;
    setTried(true);
    if (savedId) return sendFiles(savedId);
    if (wrong.length > 0) {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
      return (first ?? form.current?.querySelector('textarea'))?.focus();
    }
    const draft = toDraft(fields, fields.language || guessed, new Date());
    // When it was seen is filled in anew on every try.
    const { appearances: _when, ...same } = draft;
    const { channel, url, seenAt, seenIn } = fields;
    await log(draft, JSON.stringify([same, channel, url, seenAt, seenIn?.id]), match);
  }

  return (
    <div class="claim-form">
      <header class="page-head">
        <div>
          <h1>{t('formTitle')}</h1>
          <p class="lead">{t('formLead')}</p>
        </div>
      </header>
      <form
        ref={form}
        class="claim-form-halves"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset class="stack" disabled={savedId !== null}>
          <TextArea
            label={t('text')}
            name="text"
            rows={5}
            maxLength={20000}
            hint={t('textHint')}
            lang={fields.language || guessed}
            required
            value={fields.text}
            onValue={(text) => part.onFields({ text })}
            problem={problem}
            {...(shownWrong.includes('text') ? { error: t('textMissing') } : {})}
          />
        </fieldset>
        <aside class="stack-small claim-form-matches" aria-live="polite" aria-label={t('matches')}>
          <h2>{t('matches')}</h2>
          {found.length > 0 && desk ? (
            <Note>
              <strong>{t(answered ? 'answerFound' : 'claimFound')}</strong>
              <p>{t('sameFoundText')}</p>
            </Note>
          ) : null}
          <MatchList
            matches={matches}
            idle={t('writeToSee')}
            newTab
            answersFirst={!desk}
            joining={joining}
            joinWord={({ kind }) => t(kind === 'fact' ? 'logAndJoinFact' : 'logAndJoin')}
            {...(mayJoin ? { onJoin: (match: ClaimMatch) => void submit(match) } : {})}
          />
        </aside>
        <div class="stack">
          <fieldset class="stack" disabled={savedId !== null}>
            <LanguageField {...part} guessed={guessed} problem={problem} />
            {desk ? <TopicField {...part} problem={problem} /> : null}
            <WhereSeen {...part} wrong={shownWrong} problem={problem} />
            {desk ? <MoreAboutClaim {...part} wrong={shownWrong} problem={problem} /> : null}
          </fieldset>
          <Attachments files={files} locked={savedId !== null} />
          {desk ? null : (
            <details class="claim-form-more">
              <summary>{t('more')}</summary>
              <div class="stack">
                <TopicField {...part} problem={problem} />
                <MoreAboutClaim {...part} wrong={shownWrong} problem={problem} />
              </div>
            </details>
          )}
          <ProblemNote problem={problem} />
          {savedId && !busy ? (
            <Note tone="alert" role="alert">
              {t('savedNoFiles')}
            </Note>
          ) : null}
          <div class="row claim-form-acts">
            {savedId ? (
              <Button href={`/desk/${savedId}`}>{t('openAnyway')}</Button>
            ) : (
              <Button
                href="/desk"
                onPress={() => {
                  rememberClaim(null);
                  setFields(emptyClaim);
                }}
              >
                {frame('cancel')}
              </Button>
            )}
            <Button look="main" type="submit" busy={busy}>
              {t(savedId ? 'retryFiles' : 'saveClaim')}
            </Button>
          </div>
        </div>
      </form>
    </div>
  );
}
