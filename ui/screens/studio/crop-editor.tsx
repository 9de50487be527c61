import { useRef } from 'preact/hooks';
import type { Size } from '../../../server/contract/framing.js';
import type { CropWindow } from '../../../server/contract/recipe.js';
import { useFormat, useText } from '../../i18n/language.js';
import { moved, resized, widthRange } from './crop-window.js';
import { framingTexts } from './framing-texts.js';

export interface CropEditorProps {
  src: string;
  source: Size;
  /** The shape the window keeps. */
  frame: Size;
  value: CropWindow;
  onValue: (value: CropWindow) => void;
}

const step = 0.01;
const bigStep = 0.05;
const closer = 0.95;
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The whole picture with the window that is shown of it: dragged, or moved by keys; the wheel and a slider zoom. */
export function CropEditor({ src, source, frame, value, onValue }: CropEditorProps) {
  const t = useText(framingTexts);
  const format = useFormat();
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const { least, most } = widthRange(source, frame);
  const zoom = (width: number) => onValue(resized(value, width, source, frame));
  const at = (share: number) => `${share * 100}%`;

  function drag(event: PointerEvent): void {
    const box = stage.current?.getBoundingClientRect();
    const from = last.current;
    if (!box || !from || box.width === 0 || box.height === 0) return;
    last.current = { x: event.clientX, y: event.clientY };
    onValue(moved(value, (event.clientX - from.x) / box.width, (event.clientY - from.y) / box.height));
  }

  return (
    <div class="crop-editor">
      <div
        ref={stage}
        class="crop-stage"
        style={{ '--ratio': String(source.width / source.height) }}
        onWheel={(event) => {
          event.preventDefault();
          zoom(value.width * (event.deltaY > 0 ? 1 / closer : closer));
        }}
      >
        <img src={src} alt="" draggable={false} decoding="async" />
        <button
          ref={handle}
          type="button"
          class="crop-window"
          style={{ left: at(value.x), top: at(value.y), width: at(value.width), height: at(value.height) }}
          aria-label={t('windowAt', {
            x: format.percent(value.x),
            y: format.percent(value.y),
            share: format.percent(value.width),
          })}
          aria-describedby="crop-hint"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
            handle.current?.focus({ preventScroll: true });
            last.current = { x: event.clientX, y: event.clientY };
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
          }}
          onPointerUp={() => {
            last.current = null;
          }}
          onKeyDown={(event) => {
            if (event.altKey || event.ctrlKey || event.metaKey) return;
            const move = moves[event.key];
            const by = event.shiftKey ? bigStep : step;
            if (move) onValue(moved(value, move[0] * by, move[1] * by));
            else if (event.key === '+' || event.key === '=') zoom(value.width * closer);
            else if (event.key === '-') zoom(value.width / closer);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <p class="hint" id="crop-hint">
        {t('sourceHint')}
      </p>
      <label class="crop-zoom">
        <span>{t('zoom')}</span>
        <input
          type="range"
          min={0}
          max={100}
          step={1}
          disabled={most - least < 0.001}
          // Half as wide is one step closer, wherever one is.
          value={most > least ? (Math.log(most / value.width) / Math.log(most / least)) * 100 : 0}
          onInput={({ currentTarget }) => zoom(most * (least / most) ** (Number(currentTarget.value) / 100))}
        />
      </label>
    </div>
  );
}
