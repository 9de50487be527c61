import { useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm, Dialog } from '../../parts/dialog.js';
import { FactSearch } from '../../parts/fact-search.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { framingTexts } from './framing-texts.js';
import { useChoices } from './use-choices.js';

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
        <FactSearch
          label={t('pickSearch')}
          placeholder={t('pickHint')}
          none={t('pickNone')}
          act={({ id: stampFactId }) => (
            <Button
              small
              onPress={() => {
                setPicking(false);
                choices.save({ stampFactId }, t('stampSaved'));
              }}
            >
              {t('pick')}
            </Button>
          )}
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
