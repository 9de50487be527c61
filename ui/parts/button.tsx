import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.js';

export interface ButtonProps {
  children?: ComponentChildren;
  /** `main`: the one act of a screen; `strong`: cannot be taken back (dark); `quiet`: no frame. */
  look?: 'main' | 'plain' | 'quiet' | 'strong';
  icon?: IconName;
  /** Shows it works on it and takes no second press. */
  busy?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  /** A link that looks like a button. */
  href?: string;
  /** Needed when there is no word inside; also the tooltip. */
  label?: string;
  /** Key shown beside the word, such as `j`. */
  shortcut?: string;
  small?: boolean;
  wide?: boolean;
  form?: string;
  download?: string | boolean;
  newTab?: boolean;
  expanded?: boolean;
  pressed?: boolean;
  onPress?: (event: JSX.TargetedMouseEvent<HTMLElement>) => void;
}

export function Button(props: ButtonProps) {
  const { look = 'plain', icon, children, label, busy = false, shortcut } = props;
  const classes = ['button', `button-${look}`];
  if (props.small) classes.push('button-small');
  if (props.wide) classes.push('button-wide');
  if (children === undefined || children === null) classes.push('button-icon');
  const inside = (
    <>
      {busy ? <span class="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      {children === undefined || children === null ? null : <span>{children}</span>}
      {shortcut ? (
        <span class="key" aria-hidden="true">
          {shortcut}
        </span>
      ) : null}
    </>
  );
  const shared = {
    class: classes.join(' '),
    'aria-label': label,
    title: label,
    'aria-keyshortcuts': shortcut,
    onClick: props.onPress,
  };
  if (props.href !== undefined && !props.disabled) {
    return (
      <a
        {...shared}
        href={props.href}
        {...(props.download === undefined ? {} : { download: props.download })}
        {...(props.newTab ? { target: '_blank', rel: 'noreferrer' } : {})}
      >
        {inside}
      </a>
    );
  }
  return (
    <button
      {...shared}
      type={props.type ?? 'button'}
      disabled={props.disabled || busy}
      aria-busy={busy}
      aria-expanded={props.expanded}
      aria-pressed={props.pressed}
      form={props.form}
    >
      {inside}
    </button>
  );
}
