import type { ComponentChildren } from 'preact';
import type { FormatInfo } from '../../../server/contract/creative.js';
import type { Layout, Size } from '../../../server/contract/framing.js';
import type { Recipe } from '../../../server/contract/recipe.js';
import { useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { type Framed, frameSize, layoutOf, safePixels } from './framing.js';
import { OverlayBoxes, placed } from './overlay-boxes.js';
import { texts } from './texts.js';
import { VoicePreview } from './voice-preview.js';

export interface FramePreviewProps {
  format: FormatInfo;
  /** The small picture of it, or something sharper. */
  src: string;
  /** Null for a sound. */
  source: Size | null;
  framed: Framed;
  /** What is drawn over it, and the title of a sound; null until the server has told. */
  recipe: Pick<Recipe, 'overlays' | 'title'> | null;
  showSafe: boolean;
  /** A film is played in the frame in place of its picture. */
  film?: string | null;
}

function SafeZone({ zone }: { zone: NonNullable<FormatInfo['safeZone']> }) {
  const t = useText(texts);
  const at = (share: number) => `${share * 100}%`;
  const sides = { top: at(zone.top), bottom: at(zone.bottom) };
  const strips = [
    zone.top > 0 ? { top: 0, left: 0, right: 0, height: at(zone.top) } : null,
    zone.bottom > 0 ? { bottom: 0, left: 0, right: 0, height: at(zone.bottom) } : null,
    zone.left > 0 ? { ...sides, left: 0, width: at(zone.left) } : null,
    zone.right > 0 ? { ...sides, right: 0, width: at(zone.right) } : null,
  ];
  return (
    <>
      {strips.map((style, index) =>
        style ? (
          <span key={index} class="unsafe" style={style}>
            {index < 2 ? <b>{t('safeHere')}</b> : null}
          </span>
        ) : null,
      )}
    </>
  );
}

/** The picture, or the film, cut and scaled as the renderer does it. */
function Shown({
  layout,
  source,
  src,
  film,
}: {
  layout: Layout;
  source: Size;
  src: string;
  film?: string | null;
}) {
  const { crop, inner, target } = layout;
  const style = {
    left: `${(-crop.x / crop.width) * 100}%`,
    top: `${(-crop.y / crop.height) * 100}%`,
    width: `${(source.width / crop.width) * 100}%`,
    height: `${(source.height / crop.height) * 100}%`,
  };
  return (
    <span class="frame-inner" style={placed(inner, target)}>
      {film ? (
        // The sound is not muted: it was asked for by a press. Captions are drawn over the film itself.
        <video src={film} poster={src} style={style} autoplay loop playsInline>
          <track kind="captions" />
        </video>
      ) : (
        <img src={src} alt="" decoding="async" style={style} />
      )}
    </span>
  );
}

/** How the creative will lie in a format's frame, by the renderer's own arithmetic. */
export function FramePreview(props: FramePreviewProps): ComponentChildren {
  const { format, src, source, framed, recipe, showSafe, film = null } = props;
  if (format.kind === 'audio') {
    return (
      <span class="frame-area">
        <span class="frame frame-sound">
          <Icon name="audio" size={40} />
        </span>
      </span>
    );
  }
  const layout = source && layoutOf(format, source, framed);
  const target = layout?.target ?? frameSize(format, { width: 1080, height: 1080 });
  const safeZone = safePixels(format, target);
  const plain = layout === null || layout.ground === 'plain';
  return (
    <span class="frame-area" style={{ '--ratio': String(target.width / target.height) }}>
      <span
        class={format.mask === 'circle' ? 'frame frame-circle' : 'frame'}
        style={{ background: plain ? framed.background : undefined }}
      >
        {layout?.ground === 'blur' ? <img class="frame-ground" src={src} alt="" decoding="async" /> : null}
        {layout && source ? (
          <Shown layout={layout} source={source} src={src} film={film} />
        ) : (
          <VoicePreview
            format={format}
            frame={target}
            wave={src}
            recipe={recipe}
            background={framed.background}
          />
        )}
        {recipe ? (
          <OverlayBoxes
            frame={{ target, safeZone, circle: format.mask === 'circle' }}
            overlays={recipe.overlays}
          />
        ) : null}
        {showSafe && format.safeZone && format.mask === null ? <SafeZone zone={format.safeZone} /> : null}
      </span>
    </span>
  );
}
