import type { FormatInfo } from '../../../server/contract/creative.js';
import type { Size } from '../../../server/contract/framing.js';
import { coveredZone } from '../../../server/contract/overlay-layout.js';
import type { Recipe } from '../../../server/contract/recipe.js';
import { inkOn, placeVoice, voiceLineHeight } from '../../../server/contract/voice-layout.js';
import { fitWords } from './fit-words.js';
import { safePixels } from './framing.js';
import { placed, sized } from './overlay-boxes.js';

/** A sound as a video: its title and wave on a plain ground, where the renderer draws them. */
export function VoicePreview(props: {
  format: FormatInfo;
  frame: Size;
  wave: string;
  /** Null until the server has told. */
  recipe: Pick<Recipe, 'overlays' | 'title'> | null;
  background: string;
}) {
  const { format, frame, wave, recipe, background } = props;
  const title = recipe?.title ?? null;
  const drawn = { target: frame, safeZone: safePixels(format, frame), circle: false };
  const safeZone = coveredZone(drawn, recipe?.overlays ?? []);
  const places = placeVoice({ target: frame, safeZone, hasTitle: title !== null });
  const ink = inkOn(background);
  const light = ink === '#111827';
  // The renderer's lines stand a little closer than those of overlays.
  const words = title !== null && places.title ? fitWords(title, places.title, 700) : null;
  return (
    <>
      <img
        class={light ? 'voice-wave' : 'voice-wave voice-wave-light'}
        src={wave}
        alt=""
        style={placed(places.wave, frame)}
      />
      {words && places.title ? (
        <span class="voice-title" style={placed(places.title.box, frame)}>
          <span
            class="drawn-words"
            style={{ color: ink, fontSize: sized(words.sizePx, frame), lineHeight: voiceLineHeight }}
          >
            {words.lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
        </span>
      ) : null}
    </>
  );
}
