import { useRef } from 'preact/hooks';
import type { Size } from '../../../server/contract/framing.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { useFormat, useText } from '../../i18n/language.js';
import { texts } from './texts.js';

export interface FocalPickerProps {
  src: string;
  alt: string;
  size: Size;
  value: FocalPoint;
  /** Nobody has looked at it: drawn with a broken ring. */
  suggested: boolean;
  disabled: boolean;
  onValue: (value: FocalPoint) => void;
}

const step = 0.01;
const bigStep = 0.1;
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const within = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** The picture with the point that stays in every crop; press, drag or arrow keys move it. */
export function FocalPicker(props: FocalPickerProps) {
  const t = useText(texts);
  const format = useFormat();
  const { src, alt, size, value, suggested, disabled, onValue } = props;
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);

  function take(event: PointerEvent): void {
    const box = stage.current?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return;
    onValue({
      x: within((event.clientX - box.left) / box.width),
      y: within((event.clientY - box.top) / box.height),
    });
  }

  return (
    <div
      ref={stage}
      class={disabled ? 'focal-stage' : 'focal-stage focal-open'}
      style={{ '--ratio': String(size.width / size.height) }}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        handle.current?.focus({ preventScroll: true });
        take(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) take(event);
      }}
    >
      <img src={src} alt={alt} width={size.width} height={size.height} decoding="async" draggable={false} />
      <button
        ref={handle}
        type="button"
        class={suggested ? 'focal-point focal-suggested' : 'focal-point'}
        style={{ left: `${value.x * 100}%`, top: `${value.y * 100}%` }}
        disabled={disabled}
        aria-label={t('focalAt', { x: format.percent(value.x), y: format.percent(value.y) })}
        aria-describedby="focal-hint"
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          const by = event.shiftKey ? bigStep : step;
          onValue({ x: within(value.x + move[0] * by), y: within(value.y + move[1] * by) });
        }}
      />
    </div>
  );
}
