import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Box, Size } from '../../../server/contract/framing.js';
import {
  type OverlayFrame,
  overlayLineHeight,
  placeOverlays,
  type TextPlace,
} from '../../../server/contract/overlay-layout.js';
import type { Overlay } from '../../../server/contract/recipe.js';
import { verdictShapes } from '../../../server/contract/verdict-shapes.js';
import { useText } from '../../i18n/language.js';
import { type FittedWords, fitWords } from './fit-words.js';
import { framingTexts } from './framing-texts.js';

/** A box of the frame's pixels as shares, so that it lies right at any size. */
export function placed(box: Box, frame: Size): JSX.CSSProperties {
  return {
    left: `${(box.x / frame.width) * 100}%`,
    top: `${(box.y / frame.height) * 100}%`,
    width: `${(box.width / frame.width) * 100}%`,
    height: `${(box.height / frame.height) * 100}%`,
  };
}

/** Pixels of the frame in the size the frame has on screen. */
export function sized(pixels: number, frame: Size): string {
  return `${(pixels / frame.width) * 100}cqw`;
}

function Words({ words, frame }: { words: FittedWords; frame: Size }) {
  return (
    <span
      class={words.fits ? 'drawn-words' : 'drawn-words drawn-overflow'}
      style={{ fontSize: sized(words.sizePx, frame) }}
    >
      {words.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  );
}

type Placed<K extends Overlay['kind']> = Extract<Overlay, { kind: K }>;

function Band(props: { class: string; box: Box; frame: Size; children: ComponentChildren }) {
  return (
    <span class={`drawn ${props.class}`} style={placed(props.box, props.frame)}>
      {props.children}
    </span>
  );
}

function Stamp({
  overlay,
  place,
  frame,
}: {
  overlay: Placed<'stamp'>;
  place: TextPlace & { band: Box };
  frame: Size;
}) {
  const { box } = place;
  const most = Math.min(box.height, box.width / 4);
  const between = most * 0.28;
  const room = { ...place, box: { ...box, width: box.width - most - between } };
  const words = fitWords(overlay.word, room, 700);
  const side = Math.min(most, words.sizePx * 1.55);
  return (
    <Band class="drawn-stamp" box={place.band} frame={frame}>
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        style={{ width: sized(side, frame), marginRight: sized(between, frame) }}
      >
        {verdictShapes[overlay.mark].map(({ d, look }) => (
          <path key={d} d={d} class={look} />
        ))}
      </svg>
      <Words words={words} frame={frame} />
    </Band>
  );
}

/** A strip at the lower edge of its place; the label is as wide as its words, the imprint as the place. */
function Strip({
  text,
  place,
  frame,
  kind,
}: {
  text: string;
  place: TextPlace;
  frame: Size;
  kind: 'label' | 'imprint';
}) {
  const { box, minSizePx } = place;
  const pad = Math.ceil((minSizePx * (kind === 'label' ? 0.55 : 0.5)) / 2) * 2;
  const inside = { ...place, box: { ...box, width: box.width - pad * 2, height: box.height - pad } };
  const words = fitWords(text, inside, kind === 'label' ? 600 : 400);
  const height = Math.min(box.height, words.height + pad);
  const width = kind === 'label' ? Math.min(box.width, words.width + pad * 2) : box.width;
  const strip = { x: box.x, y: box.y + box.height - height, width, height };
  return (
    <Band class={`drawn-${kind}`} box={strip} frame={frame}>
      <Words words={words} frame={frame} />
    </Band>
  );
}

/** Everything a rendition carries, where and as large as the renderer draws it. */
export function OverlayBoxes({ frame, overlays }: { frame: OverlayFrame; overlays: readonly Overlay[] }) {
  const t = useText(framingTexts);
  const { target } = frame;
  const places = useMemo(() => placeOverlays(frame, overlays), [JSON.stringify([frame, overlays])]);
  return (
    <>
      {overlays.map((overlay) => {
        if (overlay.kind === 'stamp' && places.stamp) {
          return <Stamp key="stamp" overlay={overlay} place={places.stamp} frame={target} />;
        }
        if (overlay.kind === 'disclosure' && places.disclosure) {
          const { band, box } = places.disclosure;
          return (
            <Band key="disclosure" class="drawn-disclosure" box={band} frame={target}>
              <span
                class="drawn-middle"
                style={placed({ ...box, x: box.x - band.x, y: box.y - band.y }, band)}
              >
                <Words words={fitWords(overlay.text, places.disclosure, 600)} frame={target} />
              </span>
            </Band>
          );
        }
        if ((overlay.kind === 'label' || overlay.kind === 'imprint') && places[overlay.kind]) {
          const place = places[overlay.kind];
          return place ? (
            <Strip key={overlay.kind} kind={overlay.kind} text={overlay.text} place={place} frame={target} />
          ) : null;
        }
        if (overlay.kind === 'subtitles' && places.subtitles) {
          const { box, maxSizePx } = places.subtitles;
          return (
            <Band key="subtitles" class="drawn-subtitles" box={box} frame={target}>
              <span
                style={{
                  fontSize: sized(maxSizePx, target),
                  lineHeight: overlayLineHeight,
                }}
              >
                {t('subtitlesHere')}
              </span>
            </Band>
          );
        }
        return null;
      })}
    </>
  );
}
