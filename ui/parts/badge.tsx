import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

/** A small framed word; `accent` for what is new or mine. */
export function Badge(props: { children: ComponentChildren; icon?: IconName; accent?: boolean }) {
  return (
    <span class={props.accent ? 'badge badge-accent' : 'badge'}>
      {props.icon ? <Icon name={props.icon} size={16} /> : null}
      {props.children}
    </span>
  );
}
