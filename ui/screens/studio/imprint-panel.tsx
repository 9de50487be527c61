import { useState } from 'preact/hooks';
import type { Creative } from '../../../server/contract/creative.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/messages.js';
import { framingTexts } from './framing-texts.js';
import { useChoices } from './use-choices.js';

/** Printer, publisher and copies, as print formats have to show them. */
export function ImprintPanel({ creative, canEdit }: { creative: Creative; canEdit: boolean }) {
  const t = useText(framingTexts);
  const format = useFormat();
  const choices = useChoices(creative);
  const { imprint } = creative;
  const [open, setOpen] = useState(false);
  const [printer, setPrinter] = useState('');
  const [publisher, setPublisher] = useState('');
  const [copies, setCopies] = useState('');
  const count = /^\d{1,9}$/.test(copies.trim()) ? Number(copies.trim()) : 0;
  const [strict, setStrict] = useState(false);

  function begin(): void {
    setPrinter(imprint?.printer ?? '');
    setPublisher(imprint?.publisher ?? '');
    setCopies(imprint ? String(imprint.copies) : '');
    setStrict(false);
    setOpen(true);
  }
  function save(): void {
    setStrict(count < 1);
    if (count < 1) return;
    const body = { imprint: { printer: printer.trim(), publisher: publisher.trim(), copies: count } };
    choices.save(body, t('imprintSaved'), () => setOpen(false));
  }

  return (
    <section class="stack-small">
      <h3>{t('imprint')}</h3>
      {imprint ? (
        <ul class="imprint">
          <li>{t('printerWas', { printer: imprint.printer })}</li>
          <li>{t('publisherWas', { publisher: imprint.publisher })}</li>
          <li>{t('copiesWere', { copies: format.number(imprint.copies) })}</li>
        </ul>
      ) : (
        <p class="hint">{t('imprintHint')}</p>
      )}
      {canEdit ? (
        <div class="row">
          <Button small icon="edit" onPress={begin}>
            {t(imprint ? 'imprintChange' : 'imprintEdit')}
          </Button>
          {imprint ? (
            <Button
              small
              look="quiet"
              icon="close"
              busy={choices.pending}
              onPress={() => choices.save({ imprint: null }, null)}
            >
              {t('imprintRemove')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Dialog
        open={open}
        title={t('imprint')}
        onClose={() => setOpen(false)}
        actions={
          <Button look="main" busy={choices.pending} onPress={save}>
            {t('imprintSave')}
          </Button>
        }
      >
        <div class="stack">
          <p class="hint">{t('imprintHint')}</p>
          <TextField
            label={t('printer')}
            name="imprint.printer"
            maxLength={100}
            value={printer}
            onValue={setPrinter}
            problem={choices.problem}
          />
          <TextField
            label={t('publisher')}
            name="imprint.publisher"
            maxLength={100}
            value={publisher}
            onValue={setPublisher}
            problem={choices.problem}
          />
          <TextField
            label={t('copies')}
            name="imprint.copies"
            value={copies}
            onValue={setCopies}
            {...(strict && count < 1 ? { error: t('copiesWrong') } : {})}
            problem={choices.problem}
          />
          <ProblemNote problem={choices.problem} />
        </div>
      </Dialog>
    </section>
  );
}
