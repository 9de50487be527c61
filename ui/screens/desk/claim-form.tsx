import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { newKey } from '../../api/client.js';
import { useAction } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { useToast } from '../../parts/toast.js';
import { Attachments } from './attachments.js';
import {
  type ClaimFields,
  emptyClaim,
  rememberClaim,
  rememberedClaim,
  toDraft,
  wrongFields,
} from './claim-draft.js';
import { LanguageField, MoreAboutClaim, WhereSeen } from './claim-form-fields.js';
import { guessLanguage } from './guess-language.js';
import { MatchList } from './matches.js';
import { texts } from './texts.js';
import { useAttachments } from './use-attachments.js';
import { useMatches, useSettled } from './use-matches.js';

/** Logs a claim; what already answers it shows while it is typed. */
export function ClaimForm() {
  const t = useText(texts);
  const frame = useText(common);
  const desk = useCan()('desk.read');
  const toast = useToast();
  const { route } = useLocation();
  const create = useAction('claims.create');
  const files = useAttachments();
  const [fields, setFields] = useState<ClaimFields>(rememberedClaim);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [savedId, setSavedId] = useState<string | null>(null);
  const sent = useRef({ body: '', key: '' });
  const form = useRef<HTMLFormElement>(null);
  const matches = useMatches(useSettled(fields.text));
  const guessed = guessLanguage(fields.text) ?? 'hi';
  const wrong = wrongFields(fields);
  const shownWrong = tried ? wrong : [];
  const found = matches.items.some(({ band }) => band !== 'related');
  useTitle(t('formTitle'));
  useEffect(() => {
    form.current?.querySelector('textarea')?.focus();
  }, []);
  useEffect(() => {
    if (!savedId) rememberClaim(fields);
  }, [fields, savedId]);

  const part = { fields, onFields: (some: Partial<ClaimFields>) => setFields({ ...fields, ...some }) };

  async function sendFiles(id: string): Promise<void> {
    setSending(true);
    const all = await files.send(id);
    setSending(false);
    if (!all) return setSavedId(id);
    toast(t('saved'));
    route(`/desk/${id}`, true);
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (savedId) return sendFiles(savedId);
    if (wrong.length > 0) {
      const first = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
      return (first ?? form.current?.querySelector('textarea'))?.focus();
    }
    const body = toDraft(fields, fields.language || guessed, new Date());
    // The same words sent again after a lost answer must not become a second claim.
    const { appearances: _when, ...same } = body;
    const content = JSON.stringify([same, fields.channel, fields.url, fields.seenAt]);
    if (sent.current.body !== content) sent.current = { body: content, key: newKey() };
    try {
      const claim = await create.ask({ body, idempotencyKey: sent.current.key });
      rememberClaim(null);
      setSavedId(claim.id);
      await sendFiles(claim.id);
    } catch {
      // What went wrong is in `create.problem`, beside the form.
    }
  }

  const busy = create.pending || sending;
  return (
    <div class="claim-form">
      <header class="page-head">
        <div>
          <h1>{t('formTitle')}</h1>
          <p class="lead">{t('formLead')}</p>
        </div>
      </header>
      <form ref={form} class="claim-form-halves" noValidate onSubmit={(event) => void submit(event)}>
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
            problem={create.problem}
            {...(shownWrong.includes('text') ? { error: t('textMissing') } : {})}
          />
        </fieldset>
        <aside class="stack-small claim-form-matches" aria-live="polite" aria-label={t('matches')}>
          <h2>{t('matches')}</h2>
          {found ? (
            <Note>
              <strong>{t('sameFound')}</strong>
              <p>{t('sameFoundText')}</p>
            </Note>
          ) : null}
          <MatchList matches={matches} idle={t('writeToSee')} newTab />
        </aside>
        <div class="stack">
          <fieldset class="stack" disabled={savedId !== null}>
            <LanguageField {...part} guessed={guessed} problem={create.problem} />
            <WhereSeen {...part} wrong={shownWrong} problem={create.problem} />
            {desk ? <MoreAboutClaim {...part} wrong={shownWrong} problem={create.problem} /> : null}
          </fieldset>
          <Attachments files={files} locked={savedId !== null} />
          {desk ? null : (
            <details class="claim-form-more">
              <summary>{t('more')}</summary>
              <div class="stack">
                <MoreAboutClaim {...part} wrong={shownWrong} problem={create.problem} />
              </div>
            </details>
          )}
          <ProblemNote problem={create.problem} />
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
