import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.js';

/** A button that opens a small panel below it; Escape and a press outside close it. */
export function Menu(props: { label: string; icon: IconName; word: string; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', press);
    addEventListener('keydown', key);
    return () => {
      removeEventListener('pointerdown', press);
      removeEventListener('keydown', key);
    };
  }, [open]);
  return (
    <div class="menu" ref={box}>
      <button
        ref={button}
        type="button"
        class="button button-quiet"
        aria-expanded={open}
        aria-label={`${props.label}: ${props.word}`}
        onClick={() => setOpen(!open)}
      >
        <Icon name={props.icon} />
        <span class="menu-word">{props.word}</span>
        <Icon name="down" size={16} />
      </button>
      {open ? <div class="menu-panel">{props.children}</div> : null}
    </div>
  );
}
