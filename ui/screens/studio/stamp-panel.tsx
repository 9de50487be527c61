import { useEffect, useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import { useRead } from '../../api/queries.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm, Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Note, ProblemNote, Skeleton } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { framingTexts } from './framing-texts.js';
import { useChoices } from './use-choices.js';

/** A pause in typing this long asks the server. */
const pauseMs = 200;
const shown = 8;

/** Facts to choose one from. */
function FactChoice({ onPick }: { onPick: (factId: string) => void }) {
  const t = useText(framingTexts);
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRead(
    'library.search',
    { query: { q: asked || undefined, limit: shown } },
    { keepPrevious: true },
  );
  return (
    <div class="stack">
      <TextField
        label={t('pickSearch')}
        name="factSearch"
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('pickHint')}
        maxLength={400}
        autoComplete="off"
      />
      <ProblemNote problem={found.problem} />
      {found.loading ? <Skeleton rows={3} /> : null}
      {found.data?.items.length === 0 ? <p class="hint">{t('pickNone')}</p> : null}
      <ul class="fact-choice" aria-busy={found.fetching}>
        {found.data?.items.map(({ fact }) => {
          const own = fact.texts[language];
          return (
            <li key={fact.id} class="fact-option">
              <div>
                <VerdictMark code={fact.verdict} />
                <p class="clamp" lang={own ? language : other}>
                  {(own ?? fact.texts[other])?.headline}
                </p>
              </div>
              <Button small onPress={() => onPick(fact.id)}>
                {t('pick')}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Whether this is the misleading original itself, and which fact's verdict it carries wherever it goes. */
export function StampPanel({ creative, canEdit }: { creative: Creative; canEdit: boolean }) {
  const t = useText(framingTexts);
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  const choices = useChoices(creative);
  const [picking, setPicking] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { stamp } = creative;
  return (
    <section class="stack-small">
      <h3>{t('stamp')}</h3>
      {stamp ? (
        <>
          {stamp.stands ? (
            <p class="hint">{t('stampSet')}</p>
          ) : (
            <Note tone="stop" role="alert">
              {t('stampFallen')}
            </Note>
          )}
          <div class="stamped">
            <VerdictMark code={stamp.verdict} size="large" />
            <p lang={stamp.headlines[language] ? language : other}>
              {stamp.headlines[language] ?? stamp.headlines[other]}
            </p>
          </div>
        </>
      ) : (
        <p class="hint">{t('stampHint')}</p>
      )}
      <ProblemNote problem={choices.problem} />
      {canEdit ? (
        <div class="row">
          <Button small icon="flag" onPress={() => setPicking(true)}>
            {t(stamp ? 'stampChange' : 'stampChoose')}
          </Button>
          {stamp ? (
            <Button small look="quiet" icon="close" onPress={() => setRemoving(true)}>
              {t('stampRemove')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Dialog open={picking} title={t('pickTitle')} onClose={() => setPicking(false)}>
        <FactChoice
          onPick={(stampFactId) => {
            setPicking(false);
            choices.save({ stampFactId }, t('stampSaved'));
          }}
        />
      </Dialog>
      <Confirm
        open={removing}
        title={t('stampRemoveTitle')}
        text={t('stampRemoveText')}
        confirmLabel={t('stampRemove')}
        strong
        busy={choices.pending}
        onConfirm={() => {
          setRemoving(false);
          choices.save({ stampFactId: null }, t('stampRemoved'));
        }}
        onClose={() => setRemoving(false)}
      />
    </section>
  );
}
