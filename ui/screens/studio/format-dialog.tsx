import { useState } from 'preact/hooks';
import type { Creative, FormatFraming, FormatInfo } from '../../../server/contract/creative.js';
import { type Size, windowOf } from '../../../server/contract/framing.js';
import { framings } from '../../../server/contract/lists.js';
import type { FocalPoint, Recipe } from '../../../server/contract/recipe.js';
import { addressOf } from '../../api/client.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup } from '../../parts/choice.js';
import { Dialog } from '../../parts/dialog.js';
import { Note } from '../../parts/messages.js';
import { isShownPicture } from '../../parts/shown-types.js';
import { CropEditor } from './crop-editor.js';
import { automaticWindow } from './crop-window.js';
import { FramePreview } from './frame-preview.js';
import { isFramed, layoutOf, ownFraming, sourceSize } from './framing.js';
import { framingTexts } from './framing-texts.js';

export interface FormatDialogProps {
  /** Null while it is closed. */
  format: FormatInfo | null;
  creative: Creative;
  focal: FocalPoint;
  framing: FormatFraming | null;
  recipe: Pick<Recipe, 'overlays' | 'title'> | null;
  showSafe: boolean;
  canEdit: boolean;
  onSave: (choice: FormatFraming | null) => void;
  onClose: () => void;
}

/** A picture enlarged more than this looks soft on a phone. */
const softFrom = 1.5;
/** Larger originals are looked at by their small picture. */
const largestShown = 12_000_000;

function sharpest({ kind, mime, size, id, previewUrl }: Creative): string {
  const whole = kind === 'image' && isShownPicture(mime) && size <= largestShown;
  return whole ? addressOf('creatives.file', { id }) : (previewUrl ?? '');
}

function same(a: FormatFraming, b: FormatFraming): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Colour, way of framing and window of one format. */
function Controls(props: {
  format: FormatInfo;
  creative: Creative;
  source: Size;
  focal: FocalPoint;
  value: FormatFraming;
  onValue: (value: FormatFraming) => void;
}) {
  const t = useText(framingTexts);
  const codes = useCodes();
  const { format, creative, source, focal, value, onValue } = props;
  const framed = isFramed(format, creative);
  const { target } = layoutOf(format, source, { ...value, crop: null, focal });
  const cuts = framed ? value.framing === 'crop' : format.width === null;
  return (
    <div class="stack">
      {framed ? (
        <RadioGroup
          label={t('way')}
          name="framing"
          layout="row"
          value={value.framing}
          options={framings.map((code) => ({ value: code, label: codes.framing[code] }))}
          onValue={(framing) => onValue({ ...value, framing, crop: null })}
        />
      ) : null}
      {framed && value.framing === 'fit' ? (
        <Paint label={t('background')} value={value} onValue={onValue} />
      ) : null}
      {cuts ? (
        <section class="stack-small">
          <h3>{t('source')}</h3>
          <CropEditor
            src={creative.previewUrl ?? ''}
            source={source}
            frame={target}
            value={value.crop ?? automaticWindow(source, target, focal)}
            onValue={(crop) => onValue({ ...value, crop })}
          />
          {value.crop === null ? (
            <p class="hint">{t(framed ? 'automaticNow' : 'wholeNow')}</p>
          ) : (
            <div>
              <Button small icon="undo" onPress={() => onValue({ ...value, crop: null })}>
                {t(framed ? 'automatic' : 'whole')}
              </Button>
            </div>
          )}
        </section>
      ) : null}
      {framed || format.width === null ? null : <p class="hint">{t('nothingToFit')}</p>}
    </div>
  );
}

function Paint(props: { label: string; value: FormatFraming; onValue: (value: FormatFraming) => void }) {
  const { label, value, onValue } = props;
  return (
    <label class="paint">
      <span>{label}</span>
      <input
        type="color"
        value={value.background}
        onInput={(event) => onValue({ ...value, background: event.currentTarget.value })}
      />
    </label>
  );
}

function Inside(
  props: Omit<FormatDialogProps, 'format' | 'framing'> & { format: FormatInfo; framing: FormatFraming },
) {
  const t = useText(framingTexts);
  const formats = useFormat();
  const { language } = useLanguage();
  const { format, creative, focal, recipe, showSafe, canEdit } = props;
  const [value, setValue] = useState(props.framing);
  const [playing, setPlaying] = useState(false);
  const source = sourceSize(creative);
  const film = creative.kind === 'video' && playing ? addressOf('creatives.file', { id: creative.id }) : null;
  const layout = source && layoutOf(format, source, { ...value, focal });
  const times = layout ? layout.inner.width / layout.crop.width : 1;
  const window = source && value.crop ? windowOf(source, value.crop, 1) : null;
  const own = ownFraming(format);
  return (
    <Dialog
      open
      wide
      title={nameIn(format.name, language)}
      onClose={props.onClose}
      actions={
        canEdit ? (
          <>
            {same(value, own) ? null : (
              <Button look="quiet" icon="undo" onPress={() => setValue(own)}>
                {t('byRule')}
              </Button>
            )}
            <Button
              look="main"
              icon="check"
              disabled={same(value, props.framing)}
              onPress={() => props.onSave(same(value, own) ? null : value)}
            >
              {t('keep')}
            </Button>
          </>
        ) : null
      }
    >
      <div class="format-dialog">
        <section class="format-result" aria-label={t('result')}>
          <FramePreview
            format={format}
            src={sharpest(creative)}
            source={source}
            framed={{ ...value, focal }}
            recipe={recipe}
            showSafe={showSafe}
            film={film}
          />
          {creative.kind === 'video' && format.kind === 'video' ? (
            <Button icon={playing ? 'pause' : 'play'} onPress={() => setPlaying(!playing)}>
              {t(playing ? 'stopIn' : 'playIn')}
            </Button>
          ) : null}
          {window && times > softFrom ? (
            <Note tone="alert">{t('enlarged', { times: formats.number(Math.round(times * 10) / 10) })}</Note>
          ) : null}
        </section>
        {canEdit && source && format.kind !== 'audio' ? (
          <Controls
            format={format}
            creative={creative}
            source={source}
            focal={focal}
            value={value}
            onValue={setValue}
          />
        ) : null}
        {canEdit && !source && format.kind === 'video' ? (
          <Paint label={t('ground')} value={value} onValue={setValue} />
        ) : null}
      </div>
    </Dialog>
  );
}

/** One format large: as the platform will show it, and how the picture is fitted into its frame. */
export function FormatDialog({ format, framing, ...rest }: FormatDialogProps) {
  if (!format || !framing) return null;
  return <Inside key={format.code} format={format} framing={framing} {...rest} />;
}
