import type { FormatInfo } from '../../../server/contract/creative.js';
import type { Framing } from '../../../server/contract/lists.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { cropPosition, frameOf, type Size, sameShape } from './framing.js';
import { texts } from './texts.js';

export interface FramePreviewProps {
  format: FormatInfo;
  src: string;
  source: Size;
  focal: FocalPoint;
  framing: Framing;
  background: string;
  showSafe: boolean;
}

/** A strip with less height than this has no room for words. */
const leastForWords = 0.1;

function SafeZone({ zone }: { zone: NonNullable<FormatInfo['safeZone']> }) {
  const t = useText(texts);
  const at = (share: number) => `${share * 100}%`;
  const sides = { top: at(zone.top), bottom: at(zone.bottom) };
  return (
    <>
      {zone.top > 0 ? (
        <span class="unsafe" style={{ top: 0, left: 0, right: 0, height: at(zone.top) }}>
          {zone.top >= leastForWords ? <b>{t('safeHere')}</b> : null}
        </span>
      ) : null}
      {zone.bottom > 0 ? (
        <span class="unsafe" style={{ bottom: 0, left: 0, right: 0, height: at(zone.bottom) }}>
          {zone.bottom >= leastForWords ? <b>{t('safeHere')}</b> : null}
        </span>
      ) : null}
      {zone.left > 0 ? <span class="unsafe" style={{ ...sides, left: 0, width: at(zone.left) }} /> : null}
      {zone.right > 0 ? <span class="unsafe" style={{ ...sides, right: 0, width: at(zone.right) }} /> : null}
    </>
  );
}

/** How the creative will lie in a format's frame, drawn with the small preview by the pipeline's own rules. */
export function FramePreview(props: FramePreviewProps) {
  const { format, src, source, focal, framing, background, showSafe } = props;
  if (format.kind === 'audio') {
    return (
      <span class="frame-area">
        <span class="frame frame-sound">
          <Icon name="audio" size={40} />
        </span>
      </span>
    );
  }
  const frame = frameOf(format, source);
  const way = sameShape(source, frame) ? 'crop' : framing;
  const place = cropPosition(source, frame, focal);
  const position = `${place.x * 100}% ${place.y * 100}%`;
  return (
    <span class="frame-area">
      <span
        class={`frame frame-${way}`}
        style={{
          '--ratio': String(frame.width / frame.height),
          background: way === 'fit' ? background : undefined,
        }}
      >
        {way === 'blur' ? <img class="frame-ground" src={src} alt="" decoding="async" /> : null}
        <img
          class="frame-picture"
          src={src}
          alt=""
          decoding="async"
          style={{ objectPosition: way === 'crop' ? position : '50% 50%' }}
        />
        {showSafe && format.safeZone ? <SafeZone zone={format.safeZone} /> : null}
      </span>
    </span>
  );
}
